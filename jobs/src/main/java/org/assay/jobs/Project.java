package org.assay.jobs;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assay.bronze.BronzeSettings;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Population;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Places;
import org.assay.common.config.Section;
import org.assay.common.config.Settings;
import org.assay.common.privacy.KeySource;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Sentences;
import org.assay.gold.GoldSettings;
import org.assay.silver.SilverSettings;

/**
 * A project: one configuration, read and checked.
 *
 * @param name its name
 * @param places where the configuration's keys stand, for messages
 * @param lake the folder or URI of its lake
 * @param master the master of an embedded Spark session
 * @param key where the key of pseudonyms comes from
 * @param bronze what is ingested
 * @param silver what is refined
 * @param gold what is fitted
 */
public record Project(
    String name,
    Places places,
    String lake,
    String master,
    KeySource key,
    BronzeSettings bronze,
    SilverSettings silver,
    GoldSettings gold) {
  public Project {
    requireNonNull(name, "name is null");
    requireNonNull(lake, "lake is null");
  }

  /** What is sound and may still not be what was meant, in sentences. */
  public List<String> warnings() {
    return Stream.of(bronze.warnings(), silver.warnings(), ofTheSamePeople())
        .flatMap(List::stream)
        .toList();
  }

  /** What is withheld is decided on the counts of one population. */
  private List<String> ofTheSamePeople() {
    List<Population> populations =
        silver.cohorts().populations().stream()
            .filter(population -> !silver.cohorts().on(population).isEmpty())
            .toList();
    List<String> sharing =
        populations.stream()
            .filter(
                one ->
                    populations.stream()
                        .anyMatch(other -> !other.equals(one) && silver.readTheSame(one, other)))
            .map(Population::name)
            .toList();
    return sharing.isEmpty() || !gold.withholds()
        ? List.of()
        : List.of(
            "Populations %s read the same extracts. What is withheld of one may be the difference of counts that are shown of two; publish one of them, or make them cohorts on one population."
                .formatted(Sentences.list(sharing)));
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
    return Settings.load(file, overrides, environment, Project::from);
  }

  private static Project from(Section root) {
    String name = root.text("name");
    String lake = root.section("lake").location("uri");
    String master = root.section("spark").text("master");
    KeySource key = KeySource.from(root.section("privacy").section("key"));
    Cohorts cohorts = Cohorts.from(root);
    BronzeSettings bronze = BronzeSettings.from(root);
    SilverSettings silver = SilverSettings.from(root, cohorts);
    if (!root.has("extracts")) {
      root.problem("extracts", "is missing; declare at least one extract.");
    }
    GoldSettings gold =
        GoldSettings.from(
            root, cohorts, Fingerprint.of(silver.rules()), Fingerprint.of(bronze, silver));
    return new Project(name, root.places(), lake, master, key, bronze, silver, gold);
  }
}
