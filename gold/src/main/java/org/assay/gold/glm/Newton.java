package org.assay.gold.glm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fisher scoring with step-halving, over all coefficients or all but some. It converges only where
 * both the coefficients stand still and the score is zero, so a likelihood whose maximum is at
 * infinity is told, not returned as a large number.
 */
final class Newton {
  private static final int MAX_HALVINGS = 30;
  private static final double STEP_TOLERANCE = 1e-10;
  private static final double SCORE_TOLERANCE = 1e-6;

  /** No step is longer, in log-odds: beyond it weights vanish and the next step means nothing. */
  private static final double LONGEST_STEP = 5;

  /** Rounding of a sum over the cells, relative to the objective. */
  private static final double ROUNDING = 1e-12;

  private final GlmProblem problem;
  private final Objective objective;
  private final int maxIterations;
  private final int[] free;

  private Newton(GlmProblem problem, Objective objective, int maxIterations, int[] free) {
    this.problem = problem;
    this.objective = objective;
    this.maxIterations = maxIterations;
    this.free = free;
  }

  /** Over all coefficients. */
  static Newton over(GlmProblem problem, Objective objective, int maxIterations) {
    int[] all = IntStream.range(0, problem.design().columns()).toArray();
    return new Newton(problem, objective, maxIterations, all);
  }

  /** Over all coefficients but some, which stay as they are at the start. */
  Newton but(int... fixed) {
    return new Newton(
        problem,
        objective,
        maxIterations,
        IntStream.of(free)
            .filter(column -> IntStream.of(fixed).noneMatch(f -> f == column))
            .toArray());
  }

  /** The coefficients of the crude risk or rate: (g((K + ½) / (N + 1)), 0, …, 0). */
  static double[] start(GlmProblem problem) {
    double[] beta = new double[problem.design().columns()];
    beta[0] = problem.link().of((problem.totalEvents() + 0.5) / (problem.totalSize() + 1));
    return beta;
  }

  GlmFit from(double[] start) {
    double[] beta = start.clone();
    for (int iteration = 1; iteration <= maxIterations; iteration++) {
      Optional<WeightedQr> qr = WeightedQr.forStep(problem, beta, free);
      if (qr.isEmpty()) {
        return new GlmFit.NotFitted(dependent(), iteration);
      }
      double[] step = halved(beta, qr.get().step(ofFree(objective.score(beta))));
      beta = plus(beta, step, 1);
      if (largest(step) < STEP_TOLERANCE && scoreIsZero(beta)) {
        return new GlmFit.Converged(beta, iteration);
      }
    }
    return new GlmFit.NotFitted(
        "The coefficients were still moving after %d iterations; no finite estimate exists."
            .formatted(maxIterations),
        maxIterations);
  }

  private double[] ofFree(double[] values) {
    return IntStream.of(free).mapToDouble(column -> values[column]).toArray();
  }

  private double[] halved(double[] beta, double[] step) {
    double before = objective.value(beta);
    double slack = ROUNDING * Math.abs(before);
    double scale = Math.min(1, LONGEST_STEP / largest(step));
    for (int halving = 0; halving < MAX_HALVINGS; halving++) {
      if (objective.value(plus(beta, step, scale)) >= before - slack) {
        break;
      }
      scale /= 2;
    }
    double chosen = scale;
    return Arrays.stream(step).map(s -> s * chosen).toArray();
  }

  private boolean scoreIsZero(double[] beta) {
    return largest(ofFree(objective.score(beta)))
        < SCORE_TOLERANCE * Math.max(1, problem.totalEvents());
  }

  private String dependent() {
    return "The %d coefficients cannot be told apart from %d patterns of people."
        .formatted(problem.design().columns(), problem.design().rows());
  }

  private double[] plus(double[] beta, double[] step, double scale) {
    double[] sum = beta.clone();
    for (int i = 0; i < free.length; i++) {
      sum[free[i]] += scale * step[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
