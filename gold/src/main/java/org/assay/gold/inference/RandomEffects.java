package org.assay.gold.inference;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Estimates of several regions pooled under a random-effects model: each region has its own effect,
 * drawn around a common one with variance τ².
 *
 * @param method how τ² was estimated
 * @param regions k
 * @param estimate the common effect μ
 * @param stdError √(1 / Σw*)
 * @param hksjStdError by Hartung, Knapp, Sidik and Jonkman, for t with k − 1 degrees of freedom
 * @param tau2 variance between regions
 * @param q Cochran's Q, χ² with k − 1 degrees of freedom where regions do not differ
 * @param i2 share of the variance that is between regions, in percent
 */
public record RandomEffects(
    Method method,
    int regions,
    double estimate,
    double stdError,
    double hksjStdError,
    double tau2,
    double q,
    double i2) {
  private static final int FEWEST = 3;
  private static final int MAX_ITERATIONS = 10_000;
  private static final double TOLERANCE = 1e-12;

  /** How the variance between regions is estimated. */
  public enum Method {
    /** DerSimonian and Laird (1986): moments, no iteration. */
    DL,
    /** Restricted maximum likelihood. */
    REML
  }

  /** Limits of something. */
  public record Interval(double low, double high) {}

  /**
   * Pools.
   *
   * @param y estimates of at least three regions
   * @param v their squared standard errors
   */
  public static RandomEffects pool(double[] y, double[] v, Method method) {
    if (y.length < FEWEST || y.length != v.length) {
      throw new IllegalArgumentException(
          "%d estimates with %d variances cannot be pooled; at least %d can"
              .formatted(y.length, v.length, FEWEST));
    }
    int k = y.length;
    Sums fixed = Sums.of(y, v, 0);
    double q = fixed.scatter;
    double moments = Math.max(0, (q - (k - 1)) / (fixed.weights - fixed.squares / fixed.weights));
    double tau2 = method == Method.DL ? moments : reml(y, v, moments);
    Sums sums = Sums.of(y, v, tau2);
    double typical = (k - 1) * fixed.weights / (fixed.weights * fixed.weights - fixed.squares);
    return new RandomEffects(
        method,
        k,
        sums.mean,
        Math.sqrt(1 / sums.weights),
        Math.sqrt(sums.scatter / (k - 1) / sums.weights),
        tau2,
        q,
        100 * tau2 / (tau2 + typical));
  }

  private static double reml(double[] y, double[] v, double start) {
    double tau2 = start;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      Sums sums = Sums.of(y, v, tau2);
      double numerator = 0;
      for (int r = 0; r < y.length; r++) {
        double w = 1 / (v[r] + tau2);
        numerator += w * w * ((y[r] - sums.mean) * (y[r] - sums.mean) - v[r]);
      }
      double next = Math.max(0, numerator / sums.squares + 1 / sums.weights);
      boolean isFound = Math.abs(next - tau2) < TOLERANCE * Math.max(1, tau2);
      tau2 = next;
      if (isFound) {
        break;
      }
    }
    return tau2;
  }

  private record Sums(double weights, double squares, double mean, double scatter) {
    static Sums of(double[] y, double[] v, double tau2) {
      double weights = 0;
      double squares = 0;
      double weighted = 0;
      for (int r = 0; r < y.length; r++) {
        double w = 1 / (v[r] + tau2);
        weights += w;
        squares += w * w;
        weighted += w * y[r];
      }
      double mean = weighted / weights;
      double scatter = 0;
      for (int r = 0; r < y.length; r++) {
        scatter += (y[r] - mean) * (y[r] - mean) / (v[r] + tau2);
      }
      return new Sums(weights, squares, mean, scatter);
    }
  }

  /** The p-value of Q. */
  public double qPValue() {
    return ChiSquared.upperTail(q, regions - 1.0);
  }

  /** 95 % limits of the common effect, normal. */
  public Interval confidence() {
    return around(WaldInference.Z_95, stdError);
  }

  /** 95 % limits of the common effect by Hartung, Knapp, Sidik and Jonkman. */
  public Interval hksjConfidence() {
    return around(t(), hksjStdError);
  }

  /** Two-sided p-value of the common effect by Hartung, Knapp, Sidik and Jonkman. */
  public double hksjPValue() {
    return 2 * student().cumulativeProbability(-Math.abs(estimate / hksjStdError));
  }

  /** 95 % limits of the effect of one more region, with t as for {@link #hksjConfidence}. */
  public Interval prediction() {
    return around(t(), Math.sqrt(tau2 + hksjStdError * hksjStdError));
  }

  private TDistribution student() {
    return new TDistribution(null, regions - 1.0);
  }

  private double t() {
    return student().inverseCumulativeProbability(0.975);
  }

  private Interval around(double times, double error) {
    return new Interval(estimate - times * error, estimate + times * error);
  }
}
