package org.assay.gold.fit;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
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
import org.assay.gold.glm.Firth;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmFitter;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
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
  private final ProfiledFitter kernel;
  private final ProfiledFitter firth = new Firth();

  /**
   * @param mllib the fitter of models with {@code engine = mllib}
   */
  public RegionFitter(GlmFitter mllib) {
    this(mllib, new Irls());
  }

  /**
   * @param mllib the fitter of models with {@code engine = mllib}
   * @param kernel the fitter of all others, with which every fit by mllib is compared
   */
  public RegionFitter(GlmFitter mllib, ProfiledFitter kernel) {
    this.mllib = mllib;
    this.kernel = kernel;
  }

  /**
   * A model of a region as it is to be fitted.
   *
   * @param region what silver decided
   * @param model the model
   * @param all the region's cells over the model's factors
   * @param specified what is fitted; empty where silver holds the region
   */
  public record Task(
      ReadyRegion region, Model model, CellTable all, Optional<Specified> specified) {}

  /**
   * A model as it is fitted.
   *
   * @param cells the cells in it
   * @param problem the problem
   * @param formula its terms
   */
  public record Specified(CellTable cells, GlmProblem problem, List<DesignTerm> formula) {
    public Specified {
      formula = List.copyOf(formula);
    }
  }

  /**
   * A model as silver specified it.
   *
   * @param cells the region's cells over all factors of its population
   */
  public static Task task(ReadyRegion region, Model model, CellTable cells) {
    CellTable all = model.cells(cells);
    if (region.readiness().status() == Status.HELD) {
      return new Task(region, model, all, Optional.empty());
    }
    CellTable adjusted =
        Adjustment.applyAll(all, region.readiness().adjustments())
            .collapseTo(region.readiness().factors().stream().map(ModelFactor::name).toList());
    List<DesignTerm> formula = region.formula(model);
    GlmProblem problem = ModelProblem.of(model, adjusted, formula);
    return new Task(region, model, all, Optional.of(new Specified(adjusted, problem, formula)));
  }

  /** What of the kernel's maximises a model's objective. */
  public ProfiledFitter profiled(Model model) {
    return model.method() == Method.FIRTH ? firth : kernel;
  }

  /**
   * Fits a model.
   *
   * @param own what the kernel made of the task's problem
   * @param thresholds what an estimate must be
   * @param before what was accepted last
   */
  public RegionFit fit(
      Task task, Optional<GlmFit> own, Thresholds.Estimates thresholds, Optional<Accepted> before) {
    if (task.specified().isEmpty()) {
      return new RegionFit(
          task.region(),
          task.model(),
          task.all(),
          task.all(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
    Specified specified = task.specified().get();
    ProfiledFitter profiled = profiled(task.model());
    GlmFit kernels = own.orElseGet(() -> profiled.fit(specified.problem()));
    boolean isMllib = task.model().engine() == Engine.MLLIB;
    GlmFit fit = isMllib ? mllib.fit(specified.problem()) : kernels;
    Conclusion conclusion = conclude(specified, profiled, fit, kernels, isMllib);
    List<Reason> found = new ArrayList<>(conclusion.held().map(List::of).orElse(List.of()));
    conclusion
        .estimates()
        .ifPresent(
            estimates ->
                found.addAll(
                    PostFitGuards.of(
                        estimates, task.region().design(task.model()), before, thresholds)));
    boolean isHeld = found.stream().anyMatch(r -> r.code().effect() == Effect.HOLDS);
    return new RegionFit(
        task.region(),
        task.model(),
        task.all(),
        specified.cells(),
        Optional.of(conclusion.attempt()),
        isHeld ? Optional.empty() : conclusion.estimates(),
        found);
  }

  /** How the fitting ended: with estimates, or with why there are none. */
  private record Conclusion(
      Attempt attempt, Optional<Estimates> estimates, Optional<Reason> held) {}

  private static Conclusion conclude(
      Specified specified, ProfiledFitter profiled, GlmFit fit, GlmFit own, boolean isCompared) {
    GlmProblem problem = specified.problem();
    Cell total = specified.cells().total();
    if (fit instanceof GlmFit.NotFitted failed) {
      Attempt attempt = new Attempt(false, failed.iterations(), OptionalDouble.empty());
      return held(attempt, total, ReasonCode.FIT_FAILED, failed.cause());
    }
    GlmFit.Converged converged = (GlmFit.Converged) fit;
    OptionalDouble difference = isCompared ? difference(converged, own) : OptionalDouble.empty();
    Attempt attempt = new Attempt(true, converged.iterations(), difference);
    Optional<String> dispute = isCompared ? dispute(difference, own) : Optional.empty();
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
                            profiled,
                            inference,
                            GoodnessOfFit.at(problem, inference.beta()),
                            Limiting.of(problem, profiled, inference, specified.cells()))),
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

  /** The largest difference of two engines' coefficients; empty where the second has none. */
  private static OptionalDouble difference(GlmFit.Converged fit, GlmFit own) {
    if (!(own instanceof GlmFit.Converged mine)) {
      return OptionalDouble.empty();
    }
    return IntStream.range(0, fit.beta().length)
        .mapToDouble(i -> Math.abs(mine.beta()[i] - fit.beta()[i]))
        .max();
  }

  private static Optional<String> dispute(OptionalDouble difference, GlmFit own) {
    if (own instanceof GlmFit.NotFitted failed) {
      return Optional.of("A second engine found no estimate: " + failed.cause());
    }
    return difference.orElseThrow() <= AGREEMENT
        ? Optional.empty()
        : Optional.of(
            format(
                "Two engines found coefficients %.2g apart; at most %.0g is rounding.",
                difference.orElseThrow(), AGREEMENT));
  }
}
