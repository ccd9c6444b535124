package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import org.assay.common.config.Section;

/**
 * When a region is fit for a model, and when it tells something about itself.
 *
 * @param minCohort people in a region, below which it is held
 * @param minLevel people in a level, below which the level is left out or merged
 * @param eventsPerTerm the rarer outcome's people for each coefficient beside the intercept
 * @param outcomeNotKnown share of a region's people whose outcome is not known
 * @param notKnown share of a region's people whose value of a factor of interest is not known
 * @param comparison what a region is compared with
 * @param estimates what an estimate must be
 */
public record Thresholds(
    long minCohort,
    long minLevel,
    Limit eventsPerTerm,
    Limit outcomeNotKnown,
    Limit notKnown,
    Comparison comparison,
    Estimates estimates) {
  private static final Limit NEVER_BELOW = new Limit(0, 0);
  private static final Limit NEVER_ABOVE = new Limit(Double.MAX_VALUE, Double.MAX_VALUE);

  /** The least that makes sense: nothing is held for a figure, and nothing told. */
  public static final Thresholds LEAST =
      new Thresholds(
          1,
          0,
          NEVER_BELOW,
          NEVER_ABOVE,
          NEVER_ABOVE,
          new Comparison(
              Comparison.With.PUBLISHED,
              "1",
              NEVER_ABOVE,
              Double.MAX_VALUE,
              NEVER_ABOVE,
              Double.MAX_VALUE,
              Double.MAX_VALUE,
              Double.MAX_VALUE,
              Double.MAX_VALUE),
          new Estimates(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE, 0, Double.MAX_VALUE));

  public Thresholds {
    if (minCohort < 1 || minLevel < 0) {
      throw new IllegalArgumentException(
          "min_cohort must be at least 1 and min_level at least 0, not %d and %d."
              .formatted(minCohort, minLevel));
    }
    requireNonNull(eventsPerTerm, "eventsPerTerm is null");
    requireNonNull(comparison, "comparison is null");
    requireNonNull(estimates, "estimates is null");
  }

  /**
   * What a region is compared with, and how far it may have moved since.
   *
   * @param with the last publication in which the region was accepted, or nothing
   * @param baseline a name; another one begins anew, without anything to compare with
   * @param sizeChange change of a region's people, as a share of those before
   * @param maxTotalDrop share of all people that may be missing, beyond which nothing is judged
   * @param shareChange total variation distance of a factor's level shares
   * @param stabilityIndex population stability index of a factor's level shares
   * @param levelChange change of one level's share, as a share of it
   * @param rateChange change of the crude rate, as a share of the rate before
   * @param notKnownChange change of the share of people whose value is not known
   */
  public record Comparison(
      With with,
      String baseline,
      Limit sizeChange,
      double maxTotalDrop,
      Limit shareChange,
      double stabilityIndex,
      double levelChange,
      double rateChange,
      double notKnownChange) {

    /** What a region is compared with. */
    public enum With {
      /** The last publication in which the region was accepted. */
      PUBLISHED,
      /** Nothing: a run does not depend on the runs before it. */
      NOTHING
    }

    private static Comparison from(Section section, Comparison otherwise) {
      With with = section.choice("compare_with", With.class, otherwise.with);
      String baseline = section.text("baseline", otherwise.baseline);
      Limit size = Limit.from(section, "size_change", otherwise.sizeChange);
      double drop = section.decimal("max_total_drop", otherwise.maxTotalDrop);
      Limit shares = Limit.from(section, "share_change", otherwise.shareChange);
      double index = section.decimal("stability_index", otherwise.stabilityIndex);
      double level = section.decimal("level_change", otherwise.levelChange);
      double rate = section.decimal("rate_change", otherwise.rateChange);
      double notKnown = section.decimal("not_known_change", otherwise.notKnownChange);
      return new Comparison(with, baseline, size, drop, shares, index, level, rate, notKnown);
    }
  }

  /**
   * What an estimate must be.
   *
   * @param maxEstimate largest coefficient, on the scale of the link
   * @param maxStdError largest standard error
   * @param maxShift how many standard errors a coefficient may have moved since the last
   *     publication
   * @param minResidualDf residual degrees of freedom of the cells, below which the fit is told to
   *     be near to its data
   * @param maxDispersion Pearson's X² over its degrees of freedom, above which it is told
   */
  public record Estimates(
      double maxEstimate,
      double maxStdError,
      double maxShift,
      long minResidualDf,
      double maxDispersion) {

    private static Estimates from(Section section, Estimates otherwise) {
      return new Estimates(
          section.decimal("max_estimate", otherwise.maxEstimate),
          section.decimal("max_std_error", otherwise.maxStdError),
          section.decimal("max_shift", otherwise.maxShift),
          section.optionalNumber("min_residual_df").orElse(otherwise.minResidualDf),
          section.decimal("max_dispersion", otherwise.maxDispersion));
    }
  }

  /** The same with other numbers of people. */
  public Thresholds withPeople(long inCohort, long inLevel) {
    return new Thresholds(
        inCohort, inLevel, eventsPerTerm, outcomeNotKnown, notKnown, comparison, estimates);
  }

  /** Reads a block {@code readiness}; what it does not say is as in the project's own. */
  static Thresholds from(Section section, Thresholds otherwise) {
    long minCohort = section.optionalNumber("min_cohort").orElse(otherwise.minCohort);
    long minLevel = section.optionalNumber("min_level").orElse(otherwise.minLevel);
    Limit events = Limit.from(section, "events_per_term", otherwise.eventsPerTerm);
    Limit outcome = Limit.from(section, "outcome_not_known", otherwise.outcomeNotKnown);
    Limit notKnown = Limit.from(section, "not_known", otherwise.notKnown);
    Comparison comparison = Comparison.from(section, otherwise.comparison);
    Estimates estimates = Estimates.from(section, otherwise.estimates);
    refuseNegative(section);
    return section
        .build(
            () ->
                new Thresholds(
                    minCohort, minLevel, events, outcome, notKnown, comparison, estimates))
        .orElse(otherwise);
  }

  private static void refuseNegative(Section section) {
    for (String key :
        new String[] {
          "max_total_drop",
          "stability_index",
          "level_change",
          "rate_change",
          "not_known_change",
          "max_estimate",
          "max_std_error",
          "max_shift",
          "max_dispersion",
          "min_residual_df"
        }) {
      if (!(section.decimal(key, 0) >= 0)) {
        section.problem(key, "must be 0 or more, not %s.".formatted(section.decimal(key, 0)));
      }
    }
  }
}
