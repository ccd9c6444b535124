package org.assay.expectations.readiness;

/**
 * Why something was decided about a region; stable names that queries may rely on, each with what
 * it means.
 */
public enum ReasonCode {
  REGION_UNKNOWN(Effect.HOLDS, "The region is missing, blank or spelled like a null."),
  REGION_UNLISTED(Effect.HOLDS, "The region is not in the list of regions."),
  REGION_MISSING(
      Effect.HOLDS, "A region of the list, or of the last publication, of which nobody came."),
  COUNTS_IMPOSSIBLE(Effect.HOLDS, "More events than people, or fewer than none, in some rows."),
  OUTCOME_NOT_KNOWN(Effect.HOLDS, "Too many people whose outcome is not known."),
  OUTCOME_OFTEN_NOT_KNOWN(Effect.NOTES, "Many people whose outcome is not known."),
  PEOPLE_REPEATED(Effect.HOLDS, "People who are counted more than once."),
  COHORT_TOO_SMALL(Effect.HOLDS, "Fewer people than min_cohort."),
  SIZE_CHANGED(Effect.HOLDS, "The number of people is far from the last published."),
  SIZE_MOVED(Effect.NOTES, "The number of people has moved since the last publication."),
  OUTCOME_CONSTANT(Effect.HOLDS, "Nobody had the outcome, or everybody."),
  FACTOR_NOT_KNOWN(
      Effect.HOLDS, "Too many people whose value of the factor of interest is not known."),
  FACTOR_OFTEN_NOT_KNOWN(
      Effect.NOTES, "Many people whose value of the factor of interest is not known."),
  NOT_KNOWN_MOVED(
      Effect.NOTES,
      "The share of people whose value is not known has moved since the last publication."),
  SHARES_CHANGED(Effect.HOLDS, "The shares of a factor's levels are far from the last published."),
  SHARES_MOVED(
      Effect.NOTES, "The shares of a factor's levels have moved since the last publication."),
  LEVEL_MOVED(
      Effect.NOTES,
      "The share of one level has moved since the last publication, and the others hardly."),
  LEVEL_APPEARED(Effect.NOTES, "A level that the last publication did not have."),
  LEVEL_VANISHED(Effect.NOTES, "A level of the last publication of which nobody came."),
  RATE_MOVED(Effect.NOTES, "The crude rate has moved since the last publication."),
  FACTOR_SINGLE_LEVEL(Effect.ADJUSTS, "Everybody is in one level, so the factor was left out."),
  FACTOR_UNUSABLE(
      Effect.ADJUSTS, "Nobody is in a level that is listed and known, so the factor was left out."),
  ALIASED(Effect.ADJUSTS, "The factor says what others say, so it was left out."),
  DISCONNECTED(Effect.HOLDS, "Some levels cannot be told apart from levels of other factors."),
  NOT_ESTIMABLE(
      Effect.HOLDS,
      "The factor that the cohort is about cannot be in the model, or no factor is left."),
  REFERENCE_MISSING(Effect.HOLDS, "Nobody is in the reference level."),
  REFERENCE_FALLBACK(Effect.ADJUSTS, "Another level stands in for a reference without people."),
  LEVEL_EMPTY(Effect.ADJUSTS, "Nobody is in the level, so it is not in the design."),
  LEVEL_TOO_SMALL(Effect.ADJUSTS, "Fewer people than min_level."),
  LEVEL_NO_EVENTS(Effect.ADJUSTS, "Nobody in the level had the outcome."),
  LEVEL_ALL_EVENTS(Effect.ADJUSTS, "Everybody in the level had the outcome."),
  LEVEL_UNLISTED(Effect.ADJUSTS, "The level is not among those that the factor lists."),
  LEVEL_NOT_KNOWN(Effect.ADJUSTS, "The value is missing for these people."),
  SEPARATED(Effect.HOLDS, "Levels together decide the outcome, so no finite estimates exist."),
  SEPARATED_PENALISED(
      Effect.NOTES,
      "Levels together decide the outcome, and a penalised likelihood has estimates even so."),
  INTERACTION_LEFT_OUT(
      Effect.ADJUSTS,
      "Some combination of the levels of two factors has too few people to tell them apart."),
  EVENTS_TOO_FEW(Effect.HOLDS, "Too few people with the rarer outcome for so many coefficients."),
  LOW_EPV(Effect.NOTES, "Few people with the rarer outcome for so many coefficients."),
  SATURATED(Effect.NOTES, "As many coefficients as cells."),
  FEW_RESIDUAL_DF(Effect.NOTES, "Few cells more than coefficients."),
  FIT_FAILED(Effect.HOLDS, "The model could not be fitted."),
  ENGINES_DISAGREE(Effect.HOLDS, "Two engines found different coefficients."),
  ESTIMATE_UNBOUNDED(
      Effect.HOLDS, "A coefficient or a standard error is too large to be an estimate."),
  SCORE_NOT_ZERO(
      Effect.HOLDS,
      "Fitted and observed events of a level differ, which no maximum-likelihood estimate allows."),
  ESTIMATE_SHIFT(Effect.HOLDS, "A coefficient is far from the last published."),
  OVERDISPERSED(Effect.NOTES, "The cells scatter more than the model allows for.");

  /** What follows from a reason. */
  public enum Effect {
    /** The region is not modelled. */
    HOLDS,
    /** The region is modelled without something, or with something merged. */
    ADJUSTS,
    /** Nothing changes; it is told. */
    NOTES
  }

  private final Effect effect;
  private final String meaning;

  ReasonCode(Effect effect, String meaning) {
    this.effect = effect;
    this.meaning = meaning;
  }

  /** What it means, in a sentence without any number: for those who may not see small counts. */
  public String meaning() {
    return meaning;
  }

  /** What follows from it. */
  public Effect effect() {
    return effect;
  }

  /** Whether it tells that a region is not what it was at the last publication. */
  public boolean isChange() {
    return switch (this) {
      case SIZE_CHANGED,
          SIZE_MOVED,
          NOT_KNOWN_MOVED,
          SHARES_CHANGED,
          SHARES_MOVED,
          LEVEL_MOVED,
          LEVEL_APPEARED,
          LEVEL_VANISHED,
          RATE_MOVED,
          ESTIMATE_SHIFT ->
          true;
      default -> false;
    };
  }
}
