package org.assay.gold.inference;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;

/**
 * Limits and tests from the profile of a likelihood, or of Firth's penalised one: the values of a
 * coefficient at which twice the objective lies at most χ²₁ below its maximum. Where events are few
 * they are nearer to the truth than Wald's, which are symmetric (Venzon and Moolgavkar 1988).
 */
public final class ProfileLimits {
  private static final double ACCURACY = 1e-9;
  private static final int MAX_EVALUATIONS = 200;

  /** Beyond it, in log-odds, a limit is infinite. */
  private static final double FARTHEST = 30;

  private final ProfiledFitter fitter;
  private final GlmProblem problem;
  private final double[] beta;
  private final double maximum;
  private final double drop;

  /**
   * @param beta the estimates of this fitter
   * @param confidence such as 0.95
   */
  public ProfileLimits(
      ProfiledFitter fitter, GlmProblem problem, double[] beta, double confidence) {
    this.fitter = fitter;
    this.problem = problem;
    this.beta = beta.clone();
    this.maximum = fitter.objective(problem, beta);
    this.drop = ChiSquared.quantile(confidence, 1);
  }

  /** The lower limit of a coefficient; empty if it is infinite. */
  public OptionalDouble low(int term, double stdError) {
    return limit(term, -stdError);
  }

  /** The upper limit of a coefficient; empty if it is infinite. */
  public OptionalDouble high(int term, double stdError) {
    return limit(term, stdError);
  }

  /** Twice the fall of the objective where a coefficient is held at a value: χ²₁ if it is true. */
  public double ratioStatistic(int term, double value) {
    return fall(value, term);
  }

  /** Twice the fall of the objective where some coefficients are 0. */
  public double ratioStatistic(int... zeros) {
    return fall(0, zeros);
  }

  private double fall(double value, int... terms) {
    double[] start = beta.clone();
    for (int term : terms) {
      start[term] = value;
    }
    GlmFit fit = fitter.fitBut(problem, start, terms);
    return fit instanceof GlmFit.Converged converged
        ? Math.max(0, 2 * (maximum - fitter.objective(problem, converged.beta())))
        : Double.NaN;
  }

  private OptionalDouble limit(int term, double step) {
    DoubleUnaryOperator beyond = value -> fall(value, term) - drop;
    double near = beta[term];
    for (double reach = 2 * step; Math.abs(reach) <= FARTHEST; reach *= 1.5) {
      double far = beta[term] + reach;
      double there = beyond.applyAsDouble(far);
      if (there > 0) {
        double root =
            new BrentSolver(ACCURACY)
                .solve(
                    MAX_EVALUATIONS,
                    beyond::applyAsDouble,
                    Math.min(near, far),
                    Math.max(near, far));
        return OptionalDouble.of(root);
      }
      if (Double.isNaN(there)) {
        return OptionalDouble.empty();
      }
      near = far;
    }
    return OptionalDouble.empty();
  }
}
