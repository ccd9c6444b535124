package org.assay.common.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assay.common.config.Section;
import org.assay.common.run.Fingerprint;

/**
 * All populations and cohorts of a project.
 *
 * @param populations in alphabetical order
 * @param cohorts in alphabetical order
 */
public record Cohorts(List<Population> populations, List<Cohort> cohorts) {
  public Cohorts {
    populations = List.copyOf(populations);
    cohorts = List.copyOf(cohorts);
  }

  /** The cohorts on one population. */
  public List<Cohort> on(Population population) {
    return cohorts.stream().filter(cohort -> cohort.population().equals(population)).toList();
  }

  /** What the readiness of a population's regions is made of. */
  public String readiness(Population population, long cellsVersion, String code) {
    return readiness(on(population), cellsVersion, code);
  }

  /**
   * What the readiness of regions is made of.
   *
   * @param onPopulation all cohorts of one population
   * @param cellsVersion the version of its cells
   */
  public static String readiness(List<Cohort> onPopulation, long cellsVersion, String code) {
    return Fingerprint.of(onPopulation, cellsVersion, code);
  }

  /** Reads the blocks {@code populations}, {@code cohorts} and {@code readiness}. */
  public static Cohorts from(Section root) {
    Section defaults = root.section("readiness");
    Thresholds thresholds = Thresholds.from(defaults, Thresholds.LEAST);
    Map<String, Population> populations = new TreeMap<>();
    Map<String, Section> declared = root.sections("populations");
    declared.forEach(
        (name, section) -> Population.from(section).ifPresent(p -> populations.put(name, p)));
    List<Cohort> cohorts = new ArrayList<>();
    root.sections("cohorts")
        .values()
        .forEach(
            section ->
                Cohort.from(section, declared.keySet(), populations, thresholds)
                    .ifPresent(cohorts::add));
    return new Cohorts(List.copyOf(populations.values()), cohorts);
  }
}
