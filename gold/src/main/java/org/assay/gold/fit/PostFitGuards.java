package org.assay.gold.fit;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.baseline.Accepted;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.fit.RegionFit.Estimates;

/** What an estimate must be before anyone sees it. Pure functions of a fit. */
final class PostFitGuards {
  /** What a sum of residuals may be, relative to the events, and still be rounding. */
  private static final double SCORE_TOLERANCE = 1e-6;

  /** How unlikely a scatter must be before it is told. */
  private static final double UNLIKELY = 0.001;

  private PostFitGuards() {}

  /**
   * Why a fit is held or what is told of it, in the order of the guards.
   *
   * @param design digest of the design: estimates of another mean something else
   * @param before what was accepted last
   */
  static List<Reason> of(
      Estimates estimates,
      String design,
      Optional<Accepted> before,
      Thresholds.Estimates thresholds) {
    Cell total = total(estimates);
    List<Reason> reasons = new ArrayList<>();
    unbounded(estimates, thresholds)
        .ifPresent(s -> reasons.add(Reason.ofRegion(ReasonCode.ESTIMATE_UNBOUNDED, total, s)));
    scoreIsNotZero(estimates)
        .ifPresent(s -> reasons.add(Reason.ofRegion(ReasonCode.SCORE_NOT_ZERO, total, s)));
    before
        .filter(accepted -> accepted.design().equals(design))
        .flatMap(accepted -> shift(estimates, accepted, thresholds))
        .ifPresent(s -> reasons.add(Reason.ofRegion(ReasonCode.ESTIMATE_SHIFT, total, s)));
    overdispersed(estimates, thresholds)
        .ifPresent(s -> reasons.add(Reason.ofRegion(ReasonCode.OVERDISPERSED, total, s)));
    return reasons;
  }

  private static Cell total(Estimates estimates) {
    Cell total = Cell.NOBODY;
    for (int row = 0; row < estimates.problem().design().rows(); row++) {
      total = total.plus(estimates.problem().design().cell(row));
    }
    return total;
  }

  private static Optional<String> unbounded(Estimates estimates, Thresholds.Estimates allowed) {
    List<Term> terms = estimates.problem().design().terms();
    for (int j = 0; j < terms.size(); j++) {
      double estimate = estimates.inference().beta()[j];
      double error = estimates.inference().stdError(j);
      boolean isRate = terms.get(j).equals(Term.INTERCEPT); // a rare outcome, and no comparison
      boolean isBounded =
          (isRate ? Double.isFinite(estimate) : Math.abs(estimate) <= allowed.maxEstimate())
              && error <= allowed.maxStdError();
      if (!isBounded) { // also where one of them is no number
        return Optional.of(
            format(
                "%s is estimated as %.3g with standard error %.3g; an estimate lies within %.3g and"
                    + " its error within %.3g.",
                terms.get(j).label(),
                estimate,
                error,
                allowed.maxEstimate(),
                allowed.maxStdError()));
      }
    }
    return Optional.empty();
  }

  /**
   * For each level the fitted events are the observed ones, which is what makes an estimate the
   * maximum-likelihood one: the cheapest proof that whatever fitted it did.
   */
  private static Optional<String> scoreIsNotZero(Estimates estimates) {
    double[] score = estimates.fitter().score(estimates.problem(), estimates.inference().beta());
    double allowed = SCORE_TOLERANCE * Math.max(1, estimates.problem().totalEvents());
    for (int j = 0; j < score.length; j++) {
      if (!(Math.abs(score[j]) <= allowed)) {
        return Optional.of(
            format(
                "Fitted and observed events of %s differ by %.2g; at most %.2g is rounding.",
                estimates.problem().design().terms().get(j).label(), Math.abs(score[j]), allowed));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> shift(
      Estimates estimates, Accepted before, Thresholds.Estimates allowed) {
    DesignMatrix design = estimates.problem().design();
    double largest = 0;
    String sentence = "";
    for (int j = 0; j < design.columns(); j++) {
      Accepted.Estimate was = before.estimates().get(design.terms().get(j));
      if (was == null) {
        continue;
      }
      double is = estimates.inference().beta()[j];
      double error = Math.hypot(estimates.inference().stdError(j), was.stdError());
      double moved = Math.abs(is - was.value()) / error;
      if (moved > allowed.maxShift() && moved > largest) {
        largest = moved;
        sentence =
            format(
                "%s is estimated as %.3f and was %.3f at the last publication: %.1f standard errors,"
                    + " and at most %.3g may be chance.",
                design.terms().get(j).label(), is, was.value(), moved, allowed.maxShift());
      }
    }
    return largest > 0 ? Optional.of(sentence) : Optional.empty();
  }

  /** Told only where chance would not do: with few degrees of freedom X² scatters itself. */
  private static Optional<String> overdispersed(Estimates estimates, Thresholds.Estimates allowed) {
    double dispersion = estimates.goodness().dispersion().orElse(0);
    return dispersion > allowed.maxDispersion() && chance(estimates) < UNLIKELY
        ? Optional.of(
            format(
                "The groups of people scatter %.1f times as much as the model allows for; its standard"
                    + " errors may be too small. An interaction may be missing.",
                dispersion))
        : Optional.empty();
  }

  /** The upper tail of χ² beyond X². */
  private static double chance(Estimates estimates) {
    return RegularizedGamma.Q.value(
        estimates.goodness().dfResidualCells() / 2.0, estimates.goodness().pearsonCells() / 2);
  }
}
