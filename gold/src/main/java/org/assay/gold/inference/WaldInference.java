package org.assay.gold.inference;

import java.util.Optional;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.WeightedQr;

/**
 * Standard errors, Wald tests and limits of maximum-likelihood coefficients, from the expected
 * information at these coefficients: V = (X'WX)⁻¹.
 *
 * @param beta coefficients, length p
 * @param covariance V, p × p
 */
public record WaldInference(double[] beta, double[][] covariance) {
  /** The 97.5 % point of the standard normal distribution. */
  public static final double Z_95 = 1.959963984540054;

  /** Computes V at these coefficients; empty if the columns are linearly dependent there. */
  public static Optional<WaldInference> at(GlmProblem problem, double[] beta) {
    return WeightedQr.at(problem, beta).map(qr -> new WaldInference(beta, qr.covariance()));
  }

  /** Standard error of a coefficient. */
  public double stdError(int term) {
    return Math.sqrt(covariance[term][term]);
  }

  /** Wald statistic z. */
  public double statistic(int term) {
    return beta[term] / stdError(term);
  }

  /** Two-sided normal p-value 2(1 − Φ(|z|)) = erfc(|z|/√2), accurate in the tail. */
  public double pValue(int term) {
    return Normal.twoSided(statistic(term));
  }

  /** Lower 95 % limit. */
  public double confLow(int term) {
    return beta[term] - Z_95 * stdError(term);
  }

  /** Upper 95 % limit. */
  public double confHigh(int term) {
    return beta[term] + Z_95 * stdError(term);
  }
}
