package org.assay.gold.inequality;

import java.util.List;

/**
 * The slope index of inequality: the difference between the two ends of a population ordered by
 * deprivation, by weighted regression of a value on the middle of each quantile's share of the
 * people (Low and Low 2004). Errors are in closed form, as the index is linear in the values.
 *
 * @param intercept the value at the first end
 * @param slope the value at the other end, less that
 * @param covariance of intercept and slope, 2 × 2
 */
public record SlopeIndex(double intercept, double slope, double[][] covariance) {
  private static final int FEWEST_QUANTILES = 3;

  /**
   * A quantile.
   *
   * @param population its people, positive
   * @param value such as a rate
   * @param stdError of the value
   */
  public record Quantile(double population, double value, double stdError) {}

  /**
   * Fits the line.
   *
   * @param quantiles in order, from one end of deprivation to the other
   */
  public static SlopeIndex of(List<Quantile> quantiles) {
    if (quantiles.size() < FEWEST_QUANTILES) {
      throw new IllegalArgumentException(
          "%d quantiles have no slope; at least %d do"
              .formatted(quantiles.size(), FEWEST_QUANTILES));
    }
    double total = quantiles.stream().mapToDouble(Quantile::population).sum();
    int k = quantiles.size();
    double[] share = new double[k];
    double[] middle = new double[k];
    double below = 0;
    double mean = 0;
    for (int i = 0; i < k; i++) {
      share[i] = quantiles.get(i).population() / total;
      middle[i] = below + share[i] / 2;
      below += share[i];
      mean += share[i] * middle[i];
    }
    double squares = 0;
    for (int i = 0; i < k; i++) {
      squares += share[i] * (middle[i] - mean) * (middle[i] - mean);
    }
    double intercept = 0;
    double slope = 0;
    double[][] covariance = new double[2][2];
    for (int i = 0; i < k; i++) {
      double ofSlope = share[i] * (middle[i] - mean) / squares;
      double ofIntercept = share[i] - ofSlope * mean;
      double variance = Math.pow(quantiles.get(i).stdError(), 2);
      slope += ofSlope * quantiles.get(i).value();
      intercept += ofIntercept * quantiles.get(i).value();
      covariance[0][0] += ofIntercept * ofIntercept * variance;
      covariance[0][1] += ofIntercept * ofSlope * variance;
      covariance[1][1] += ofSlope * ofSlope * variance;
    }
    covariance[1][0] = covariance[0][1];
    return new SlopeIndex(intercept, slope, covariance);
  }

  /** Standard error of the slope. */
  public double slopeStdError() {
    return Math.sqrt(covariance[1][1]);
  }

  /** The relative index: the value at the other end over that at the first. */
  public double relative() {
    return (intercept + slope) / intercept;
  }

  /** Standard error of the relative index, by the delta method. */
  public double relativeStdError() {
    double byIntercept = -slope / (intercept * intercept);
    double bySlope = 1 / intercept;
    return Math.sqrt(
        byIntercept * byIntercept * covariance[0][0]
            + 2 * byIntercept * bySlope * covariance[0][1]
            + bySlope * bySlope * covariance[1][1]);
  }
}
