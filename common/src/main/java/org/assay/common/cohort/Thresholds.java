package org.assay.common.cohort;

import org.assay.common.config.Section;

/**
 * How many people a model needs.
 *
 * @param minCohort people in a region, below which it is held
 * @param minLevel people in a level, below which the level is left out
 */
public record Thresholds(long minCohort, long minLevel) {
  /** The least that makes sense. */
  static final Thresholds LEAST = new Thresholds(1, 0);

  public Thresholds {
    if (minCohort < 1 || minLevel < 0) {
      throw new IllegalArgumentException(
          "min_cohort must be at least 1 and min_level at least 0, not %d and %d."
              .formatted(minCohort, minLevel));
    }
  }

  /** Reads a block {@code readiness}; what it does not say is as in the project's own. */
  static Thresholds from(Section section, Thresholds otherwise) {
    long minCohort = section.optionalNumber("min_cohort").orElse(otherwise.minCohort);
    long minLevel = section.optionalNumber("min_level").orElse(otherwise.minLevel);
    return section.build(() -> new Thresholds(minCohort, minLevel)).orElse(otherwise);
  }
}
