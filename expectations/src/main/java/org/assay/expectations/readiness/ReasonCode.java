package org.assay.expectations.readiness;

/** Why something was decided about a region; stable names that queries may rely on. */
public enum ReasonCode {
  /** The region is missing, blank or spelled like a null. */
  REGION_UNKNOWN,
  /** More events than people, or fewer than none, in some rows. */
  COUNTS_IMPOSSIBLE,
  /** Fewer people than {@code min_cohort}. */
  COHORT_TOO_SMALL,
  /** Nobody had the outcome, or everybody. */
  OUTCOME_CONSTANT,
  /** Everybody is in one level, so the factor was left out. */
  FACTOR_SINGLE_LEVEL,
  /** The factor that the cohort is about cannot be in the model, or no factor is left. */
  NOT_ESTIMABLE,
  /** Nobody is in the reference level. */
  REFERENCE_MISSING,
  /** Nobody is in the level, so it is not in the design. */
  LEVEL_EMPTY,
  /** Fewer people than {@code min_level}. */
  LEVEL_TOO_SMALL,
  /** Nobody in the level had the outcome. */
  LEVEL_NO_EVENTS,
  /** Everybody in the level had the outcome. */
  LEVEL_ALL_EVENTS,
  /** The level is not among those that the factor lists. */
  LEVEL_UNLISTED,
  /** The value is missing for these people. */
  LEVEL_NOT_KNOWN,
  /** The model could not be fitted. */
  FIT_FAILED,
  /** Two engines found different coefficients. */
  ENGINES_DISAGREE
}
