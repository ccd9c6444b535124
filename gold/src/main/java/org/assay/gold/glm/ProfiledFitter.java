package org.assay.gold.glm;

import java.io.Serializable;

/**
 * A fitter whose objective can be maximised with some coefficients held, for profile limits. It has
 * no state, and can be sent to where a fit is to be made.
 */
public interface ProfiledFitter extends GlmFitter, Serializable {

  /** What is maximised: the log-likelihood, or the penalised one. */
  double objective(GlmProblem problem, double[] beta);

  /** The gradient of the objective, length p. */
  double[] score(GlmProblem problem, double[] beta);

  /**
   * The maximum over all coefficients but some.
   *
   * @param start where to begin, length p
   * @param fixed the coefficients that keep their values
   */
  GlmFit fitBut(GlmProblem problem, double[] start, int... fixed);
}
