package org.assay.gold.fit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cohort.Model;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;
import org.assay.gold.inference.GoodnessOfFit;
import org.assay.gold.inference.RobustErrors;
import org.assay.gold.inference.TermLimits;
import org.assay.gold.inference.WaldInference;

/**
 * What became of a region and model.
 *
 * @param region what silver decided
 * @param model the model
 * @param all the region's cells over the model's factors
 * @param cells the cells in the model; those of the whole region where it is held
 * @param attempt how the fitting ended; empty where no engine ran
 * @param estimates the estimates; empty where the region is held
 * @param found why it was held after silver found it ready, and what else the fit tells
 */
public record RegionFit(
    ReadyRegion region,
    Model model,
    CellTable all,
    CellTable cells,
    Optional<Attempt> attempt,
    Optional<Estimates> estimates,
    List<Reason> found) {

  /**
   * How an engine ended.
   *
   * @param converged whether it did
   * @param iterations after how many
   * @param difference how far its coefficients are from the kernel's at most; empty where they are
   *     the kernel's, or there are none
   */
  public record Attempt(boolean converged, int iterations, OptionalDouble difference) {}

  /**
   * What was estimated.
   *
   * @param problem the model as it was fitted
   * @param formula its terms
   * @param fitter whose objective the coefficients maximise
   * @param inference coefficients and their covariance
   * @param goodness how well it fits
   * @param limits tests and limits, term by term
   */
  public record Estimates(
      GlmProblem problem,
      List<DesignTerm> formula,
      ProfiledFitter fitter,
      WaldInference inference,
      GoodnessOfFit goodness,
      List<TermLimits> limits) {
    public Estimates {
      formula = List.copyOf(formula);
      limits = List.copyOf(limits);
    }

    /** The standard errors of the terms over people, who may have several events each. */
    public double[] robustStdErrors() {
      double[][] covariance = RobustErrors.covariance(problem, inference);
      return IntStream.range(0, covariance.length)
          .mapToDouble(j -> Math.sqrt(covariance[j][j]))
          .toArray();
    }
  }

  public RegionFit {
    requireNonNull(region, "region is null");
    requireNonNull(model, "model is null");
    found = List.copyOf(found);
  }

  /** Fitted, adjusted or held, after everything. */
  public Status status() {
    return estimates.isPresent() ? region.readiness().status() : Status.HELD;
  }

  /** All reasons, silver's first. */
  public List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>(region.readiness().reasons());
    reasons.addAll(found);
    return reasons;
  }

  /** Why it was held after silver found it ready; empty if it was not. */
  public Optional<Reason> held() {
    return found.stream().filter(r -> r.code().effect() == ReasonCode.Effect.HOLDS).findFirst();
  }

  /** People and events in the model; in the region where it is held. */
  public Cell total() {
    return estimates.isPresent() ? cells.total() : Cell.of(region.n(), region.events());
  }
}
