package org.assay.gold.glm;

/**
 * Maximum likelihood by iteratively reweighted least squares, which is Fisher scoring (McCullagh
 * and Nelder 1989, section 2.5).
 */
public final class Irls implements ProfiledFitter {
  private static final long serialVersionUID = 1L;

  private static final int MAX_ITERATIONS = 50;

  @Override
  public GlmFit fit(GlmProblem problem) {
    return newton(problem).from(Newton.start(problem));
  }

  @Override
  public double objective(GlmProblem problem, double[] beta) {
    return problem.logLik(beta);
  }

  @Override
  public double[] score(GlmProblem problem, double[] beta) {
    return problem.score(beta);
  }

  @Override
  public GlmFit fitBut(GlmProblem problem, double[] start, int... fixed) {
    return newton(problem).but(fixed).from(start);
  }

  private static Newton newton(GlmProblem problem) {
    return Newton.over(problem, new Likelihood(problem), MAX_ITERATIONS);
  }

  private record Likelihood(GlmProblem problem) implements Objective {
    @Override
    public double value(double[] beta) {
      return problem.logLik(beta);
    }

    @Override
    public double[] score(double[] beta) {
      return problem.score(beta);
    }
  }
}
