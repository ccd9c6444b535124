package org.assay.gold.inference;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** The χ² distribution, accurate in its upper tail. */
public final class ChiSquared {
  private static final double ACCURACY = 1e-13;

  private ChiSquared() {}

  /** P(χ² &gt; x): never 0 before it is below the smallest double. */
  public static double upperTail(double x, double df) {
    return x <= 0 ? 1 : RegularizedGamma.Q.value(df / 2, x / 2);
  }

  /** The p-quantile. */
  public static double quantile(double p, double df) {
    return new ChiSquaredDistribution(null, df, ACCURACY).inverseCumulativeProbability(p);
  }
}
