package org.assay.common.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assay.common.config.Section;
import org.assay.common.run.Fingerprint;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;

/**
 * All populations and cohorts of a project.
 *
 * @param periods for which populations are counted, in the order of the configuration
 * @param populations in alphabetical order
 * @param cohorts in alphabetical order
 */
public record Cohorts(List<Period> periods, List<Population> populations, List<Cohort> cohorts) {
  public Cohorts {
    periods = List.copyOf(periods);
    populations = List.copyOf(populations);
    cohorts = List.copyOf(cohorts);
  }

  /** The cohorts on one population. */
  public List<Cohort> on(Population population) {
    return cohorts.stream().filter(cohort -> cohort.population().equals(population)).toList();
  }

  /**
   * Digest of what the readiness of a population's regions is made of: the cohorts, the cells, the
   * list of regions. Not what they were compared with: a run with nothing new changes nothing.
   *
   * @param cells the cells as they stand
   */
  public String readinessFingerprint(
      Population population, TableState cells, Tables tables, String code) {
    return Fingerprint.of(periods, on(population), cells.rowsAre(), list(population, tables), code);
  }

  private static String list(Population population, Tables tables) {
    return population
        .region()
        .list()
        .flatMap(RegionListing::extractName)
        .flatMap(extract -> tables.state(TableName.silver(extract)))
        .map(TableState::rowsAre)
        .orElse("none");
  }

  /** Reads the blocks {@code populations}, {@code cohorts} and {@code readiness}. */
  public static Cohorts from(Section root) {
    Section defaults = root.section("readiness");
    Thresholds thresholds = Thresholds.from(defaults, Thresholds.LEAST);
    Map<String, Population> populations = new TreeMap<>();
    Map<String, Section> declared = root.sections("populations");
    Set<String> extracts = root.sections("extracts").keySet();
    declared.forEach(
        (name, section) ->
            Population.from(section, extracts).ifPresent(p -> populations.put(name, p)));
    List<Cohort> cohorts = new ArrayList<>();
    root.sections("cohorts")
        .values()
        .forEach(
            section ->
                Cohort.from(section, declared.keySet(), populations, thresholds)
                    .ifPresent(cohorts::add));
    return new Cohorts(Period.from(root), List.copyOf(populations.values()), cohorts);
  }
}
