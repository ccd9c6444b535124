package org.assay.gold.glm;

import java.util.Arrays;
import java.util.Optional;

/**
 * Newton's method, which for a canonical link is iteratively reweighted least squares, with
 * step-halving. It converges only where both the coefficients stand still and the score is zero, so
 * a likelihood whose maximum is at infinity is told, not returned as a large number.
 */
public final class Irls implements GlmFitter {
  private static final int MAX_ITERATIONS = 50;
  private static final int MAX_HALVINGS = 30;
  private static final double STEP_TOLERANCE = 1e-10;
  private static final double SCORE_TOLERANCE = 1e-6;

  /** No step is longer, in log-odds: beyond it weights vanish and the next step means nothing. */
  private static final double LONGEST_STEP = 5;

  /** Rounding of a sum over the cells, relative to the log-likelihood. */
  private static final double ROUNDING = 1e-12;

  @Override
  public GlmFit fit(GlmProblem problem) {
    double[] beta = start(problem);
    for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
      Optional<WeightedQr> qr = WeightedQr.at(problem, beta);
      if (qr.isEmpty()) {
        return new GlmFit.NotFitted(dependent(problem), iteration);
      }
      double[] step = halved(problem, beta, qr.get().step(problem.score(beta)));
      beta = plus(beta, step, 1);
      if (largest(step) < STEP_TOLERANCE && scoreIsZero(problem, beta)) {
        return new GlmFit.Converged(beta, iteration);
      }
    }
    return new GlmFit.NotFitted(
        "The coefficients were still moving after %d iterations; no finite estimate exists."
            .formatted(MAX_ITERATIONS),
        MAX_ITERATIONS);
  }

  private static double[] start(GlmProblem problem) {
    double[] beta = new double[problem.design().columns()];
    beta[0] = problem.family().link((problem.totalEvents() + 0.5) / (problem.totalSize() + 1));
    return beta;
  }

  private static double[] halved(GlmProblem problem, double[] beta, double[] step) {
    double before = problem.logLik(beta);
    double slack = ROUNDING * Math.abs(before);
    double scale = Math.min(1, LONGEST_STEP / largest(step));
    for (int halving = 0; halving < MAX_HALVINGS; halving++) {
      if (problem.logLik(plus(beta, step, scale)) >= before - slack) {
        break;
      }
      scale /= 2;
    }
    double chosen = scale;
    return Arrays.stream(step).map(s -> s * chosen).toArray();
  }

  private static boolean scoreIsZero(GlmProblem problem, double[] beta) {
    return largest(problem.score(beta)) < SCORE_TOLERANCE * Math.max(1, problem.totalEvents());
  }

  private static String dependent(GlmProblem problem) {
    return "The %d coefficients cannot be told apart from %d patterns of people."
        .formatted(problem.design().columns(), problem.design().rows());
  }

  private static double[] plus(double[] beta, double[] step, double scale) {
    double[] sum = beta.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * step[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
