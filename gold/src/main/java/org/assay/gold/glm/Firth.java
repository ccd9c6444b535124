package org.assay.gold.glm;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Firth's penalised likelihood ℓ* = ℓ + ½ log|I|, whose maximum is finite where that of the
 * likelihood is not (Firth 1993; Heinze and Schemper 2002). The modified score of a canonical link
 * is X'(y − mμ + h·κ₃/2κ₂) with h a cell's leverage, which for binomial is h(½ − μ).
 */
public final class Firth implements ProfiledFitter {
  private static final long serialVersionUID = 1L;

  private static final int MAX_ITERATIONS = 500;

  /**
   * @throws IllegalArgumentException unless the link is canonical
   */
  @Override
  public GlmFit fit(GlmProblem problem) {
    return newton(problem).from(Newton.start(problem));
  }

  @Override
  public double objective(GlmProblem problem, double[] beta) {
    return new Penalised(problem).value(beta);
  }

  @Override
  public double[] score(GlmProblem problem, double[] beta) {
    return new Penalised(problem).score(beta);
  }

  @Override
  public GlmFit fitBut(GlmProblem problem, double[] start, int... fixed) {
    return newton(problem).but(fixed).from(start);
  }

  private static Newton newton(GlmProblem problem) {
    if (!problem.isCanonical()) {
      throw new IllegalArgumentException(
          "Firth's score is known here for canonical links, not for %s with %s"
              .formatted(problem.family(), problem.link()));
    }
    return Newton.over(problem, new Penalised(problem), MAX_ITERATIONS);
  }

  private static int[] all(GlmProblem problem) {
    return IntStream.range(0, problem.design().columns()).toArray();
  }

  private record Penalised(GlmProblem problem) implements Objective {
    @Override
    public double value(double[] beta) {
      return WeightedQr.forStep(problem, beta, all(problem))
          .map(qr -> problem.logLik(beta) + qr.logDeterminant() / 2)
          .orElse(Double.NaN);
    }

    @Override
    public double[] score(double[] beta) {
      double[] score = problem.score(beta);
      Optional<WeightedQr> qr = WeightedQr.forStep(problem, beta, all(problem));
      if (qr.isEmpty()) {
        return score; // the caller finds the same, and says so
      }
      for (int row = 0; row < problem.design().rows(); row++) {
        double skewness = problem.family().skewness(problem.mean(row, beta));
        problem.design().addTo(score, row, qr.get().leverage(problem, row, beta) * skewness / 2);
      }
      return score;
    }
  }
}
