package org.assay.gold.inequality;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.assay.gold.inference.ChiSquared;
import org.assay.gold.inference.Normal;

/**
 * How far regions are from a common target, and how much of that is scatter that all of them have
 * (Spiegelhalter 2005): z = (y − t) / s on a scale on which the variance is stable, winsorised, and
 * an additive variance between regions.
 *
 * @param z of each region
 * @param phi mean of the squared winsorised z: 1 where there is nothing but chance
 * @param tau2 variance between regions, on the same scale
 * @param adjusted z of each region with that variance
 */
public record Funnel(double[] z, double phi, double tau2, double[] adjusted) {
  private static final double WINSORISED_PERCENT = 10;
  private static final double ACCURACY = 1e-10;
  private static final int MAX_EVALUATIONS = 200;

  /** In standard errors, beyond which no limit is. */
  private static final double FARTHEST = 20;

  /**
   * Compares.
   *
   * @param y values on the stable scale
   * @param s their standard errors
   * @param target what they are compared with
   */
  public static Funnel of(double[] y, double[] s, double target) {
    int regions = y.length;
    double[] z = IntStream.range(0, regions).mapToDouble(i -> (y[i] - target) / s[i]).toArray();
    double[] winsorised = winsorised(z);
    double phi = Arrays.stream(winsorised).map(w -> w * w).sum() / regions;
    double weights = Arrays.stream(s).map(e -> 1 / (e * e)).sum();
    double squares = Arrays.stream(s).map(e -> 1 / (e * e * e * e)).sum();
    double tau2 =
        regions * phi < regions - 1
            ? 0
            : (regions * phi - (regions - 1)) / (weights - squares / weights);
    double[] adjusted =
        IntStream.range(0, regions)
            .mapToDouble(i -> (y[i] - target) / Math.sqrt(s[i] * s[i] + tau2))
            .toArray();
    return new Funnel(z, phi, tau2, adjusted);
  }

  /** Proportions, as asin √p with s = 1 / 2√n. */
  public static Funnel ofProportions(double[] events, double[] n, double target) {
    return of(
        IntStream.range(0, n.length)
            .mapToDouble(i -> Math.asin(Math.sqrt(events[i] / n[i])))
            .toArray(),
        Arrays.stream(n).map(size -> 1 / (2 * Math.sqrt(size))).toArray(),
        Math.asin(Math.sqrt(target)));
  }

  /** Ratios of observed to expected events, as √(O / E) with s = 1 / 2√E. */
  public static Funnel ofRatios(double[] observed, double[] expected, double target) {
    return of(
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.sqrt(observed[i] / expected[i]))
            .toArray(),
        Arrays.stream(expected).map(e -> 1 / (2 * Math.sqrt(e))).toArray(),
        Math.sqrt(target));
  }

  private static double[] winsorised(double[] z) {
    Percentile percentile =
        new Percentile().withEstimationType(EstimationType.R_7); // as R's quantile does
    percentile.setData(z);
    double low = percentile.evaluate(WINSORISED_PERCENT);
    double high = percentile.evaluate(100 - WINSORISED_PERCENT);
    return Arrays.stream(z).map(value -> Math.min(high, Math.max(low, value))).toArray();
  }

  /**
   * The limits of a proportion at a size: the proportions whose Wilson bound is the target.
   *
   * @param n the size
   * @param confidence 0.95 or 0.998
   */
  public static Limits proportionLimits(double target, double n, double confidence) {
    double z = Normal.z(confidence);
    double spread = z * Math.sqrt(target * (1 - target) / n);
    return new Limits(
        Limits.Method.WILSON, Math.max(0, target - spread), Math.min(1, target + spread));
  }

  /**
   * The limits of a ratio of observed to expected events: those of which the exact Poisson limit is
   * 1, so that a region is outside where its own limits exclude 1.
   *
   * @param expected events, positive
   */
  public static Limits ratioLimits(double expected, double confidence) {
    double tail = (1 - confidence) / 2;
    DoubleUnaryOperator atMost = x -> ChiSquared.upperTail(2 * expected, 2 * x + 2) - tail;
    DoubleUnaryOperator atLeast = x -> 1 - ChiSquared.upperTail(2 * expected, 2 * x) - tail;
    double most = expected + FARTHEST * (1 + Math.sqrt(expected));
    double low = atMost.applyAsDouble(0) >= 0 ? 0 : root(atMost, 0, expected);
    return new Limits(
        Limits.Method.EXACT, low / expected, root(atLeast, expected, most) / expected);
  }

  private static double root(DoubleUnaryOperator function, double from, double to) {
    return new BrentSolver(ACCURACY).solve(MAX_EVALUATIONS, function::applyAsDouble, from, to);
  }
}
