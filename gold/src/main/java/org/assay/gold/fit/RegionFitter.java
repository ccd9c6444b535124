package org.assay.gold.fit;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Model.Engine;
import org.assay.common.cohort.Model.Method;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.baseline.Accepted;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.fit.RegionFit.Attempt;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.Firth;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmFitter;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.glm.Link;
import org.assay.gold.glm.ProfiledFitter;
import org.assay.gold.inference.GoodnessOfFit;
import org.assay.gold.inference.WaldInference;

/**
 * Fits one region at a time. Every fit by MLlib is checked against the kernel's own; where they
 * disagree neither is published. Whatever goes wrong holds this region alone.
 */
public final class RegionFitter {
  /** The largest difference of two engines' coefficients that can be rounding. */
  private static final double AGREEMENT = 1e-6;

  private final GlmFitter mllib;
  private final ProfiledFitter kernel = new Irls();
  private final ProfiledFitter firth = new Firth();

  /**
   * @param mllib the fitter of models with {@code engine = mllib}
   */
  public RegionFitter(GlmFitter mllib) {
    this.mllib = mllib;
  }

  /**
   * Fits a model as silver specified it.
   *
   * @param cells the region's cells over all factors of its population
   * @param thresholds what an estimate must be
   * @param before what was accepted last
   */
  public RegionFit fit(
      ReadyRegion region,
      Model model,
      CellTable cells,
      Thresholds.Estimates thresholds,
      Optional<Accepted> before) {
    CellTable all = model.cells(cells);
    if (region.readiness().status() == Status.HELD) {
      return new RegionFit(region, model, all, all, Optional.empty(), Optional.empty(), List.of());
    }
    CellTable adjusted =
        Adjustment.applyAll(all, region.readiness().adjustments())
            .collapseTo(region.readiness().factors().stream().map(ModelFactor::name).toList());
    List<DesignTerm> formula = region.formula(model);
    GlmProblem problem =
        new GlmProblem(
            Family.valueOf(model.family().name()),
            Link.valueOf(model.link().name()),
            DesignMatrix.ofTerms(adjusted, formula));
    ProfiledFitter profiled = model.method() == Method.FIRTH ? firth : kernel;
    GlmFit own = profiled.fit(problem);
    GlmFit fit = model.engine() == Engine.MLLIB ? mllib.fit(problem) : own;
    Conclusion conclusion =
        conclude(new Specified(adjusted, problem, formula, profiled), adjusted.total(), fit, own);
    List<Reason> found = new ArrayList<>(conclusion.held().map(List::of).orElse(List.of()));
    conclusion
        .estimates()
        .ifPresent(
            estimates ->
                found.addAll(PostFitGuards.of(estimates, region.design(), before, thresholds)));
    boolean isHeld = found.stream().anyMatch(r -> r.code().effect() == Effect.HOLDS);
    return new RegionFit(
        region,
        model,
        all,
        adjusted,
        Optional.of(conclusion.attempt()),
        isHeld ? Optional.empty() : conclusion.estimates(),
        found);
  }

  /** A model as it is fitted. */
  private record Specified(
      CellTable cells, GlmProblem problem, List<DesignTerm> formula, ProfiledFitter profiled) {}

  /** How the fitting ended: with estimates, or with why there are none. */
  private record Conclusion(
      Attempt attempt, Optional<Estimates> estimates, Optional<Reason> held) {}

  private static Conclusion conclude(Specified specified, Cell total, GlmFit fit, GlmFit own) {
    GlmProblem problem = specified.problem();
    if (fit instanceof GlmFit.NotFitted failed) {
      return held(
          new Attempt(false, failed.iterations()), total, ReasonCode.FIT_FAILED, failed.cause());
    }
    GlmFit.Converged converged = (GlmFit.Converged) fit;
    Attempt attempt = new Attempt(true, converged.iterations());
    Optional<String> dispute = dispute(converged, own);
    if (dispute.isPresent()) {
      return held(attempt, total, ReasonCode.ENGINES_DISAGREE, dispute.get());
    }
    return WaldInference.at(problem, converged.beta())
        .map(
            inference ->
                new Conclusion(
                    attempt,
                    Optional.of(
                        new Estimates(
                            problem,
                            specified.formula(),
                            specified.profiled(),
                            inference,
                            GoodnessOfFit.at(problem, inference.beta()),
                            Limiting.of(
                                problem, specified.profiled(), inference, specified.cells()))),
                    Optional.empty()))
        .orElseGet(
            () ->
                held(
                    attempt,
                    total,
                    ReasonCode.FIT_FAILED,
                    "The coefficients have no finite standard errors."));
  }

  private static Conclusion held(Attempt attempt, Cell total, ReasonCode code, String sentence) {
    return new Conclusion(
        attempt, Optional.empty(), Optional.of(Reason.ofRegion(code, total, sentence)));
  }

  private static Optional<String> dispute(GlmFit.Converged fit, GlmFit own) {
    if (own instanceof GlmFit.NotFitted failed) {
      return Optional.of("A second engine found no estimate: " + failed.cause());
    }
    double[] mine = ((GlmFit.Converged) own).beta();
    double largest = 0;
    for (int i = 0; i < mine.length; i++) {
      largest = Math.max(largest, Math.abs(mine[i] - fit.beta()[i]));
    }
    return largest <= AGREEMENT
        ? Optional.empty()
        : Optional.of(
            format(
                "Two engines found coefficients %.2g apart; at most %.0g is rounding.",
                largest, AGREEMENT));
  }
}
