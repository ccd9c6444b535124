package org.assay.jobs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import org.assay.bronze.BronzeSettings;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Section;
import org.assay.common.config.Settings;
import org.assay.common.run.Fingerprint;
import org.assay.gold.GoldSettings;
import org.assay.silver.SilverSettings;

/**
 * A project: one configuration, read and checked.
 *
 * @param name its name
 * @param file the configuration's file name, for messages
 * @param lake the folder or URI of its lake
 * @param master the master of an embedded Spark session
 * @param bronze what is ingested
 * @param silver what is refined
 * @param gold what is fitted
 */
public record Project(
    String name,
    String file,
    String lake,
    String master,
    BronzeSettings bronze,
    SilverSettings silver,
    GoldSettings gold) {
  public Project {
    requireNonNull(name, "name is null");
    requireNonNull(lake, "lake is null");
  }

  /**
   * Reads a project.
   *
   * @param file its configuration
   * @param overrides values by key below {@code assay}
   * @param environment the environment variables
   * @throws InvalidSettingsException with every problem
   */
  public static Project load(
      Path file, Map<String, String> overrides, Map<String, String> environment) {
    String fileName = String.valueOf(file.getFileName());
    return Settings.load(file, overrides, environment, root -> from(root, fileName));
  }

  private static Project from(Section root, String file) {
    String name = root.text("name");
    String lake = root.section("lake").location("uri");
    String master = root.section("spark").text("master");
    Cohorts cohorts = Cohorts.from(root);
    BronzeSettings bronze = BronzeSettings.from(root);
    SilverSettings silver = SilverSettings.from(root, cohorts);
    if (!root.has("extracts")) {
      root.problem("extracts", "is missing; declare at least one extract.");
    }
    GoldSettings gold = new GoldSettings(cohorts, Fingerprint.of(bronze, silver));
    return new Project(name, file, lake, master, bronze, silver, gold);
  }
}
