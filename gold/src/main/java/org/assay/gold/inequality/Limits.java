package org.assay.gold.inequality;

import static java.util.Objects.requireNonNull;

import org.assay.gold.inference.ChiSquared;
import org.assay.gold.inference.Normal;

/**
 * Confidence limits of counts and proportions.
 *
 * @param method how they were found
 * @param low lower limit
 * @param high upper limit
 */
public record Limits(Method method, double low, double high) {
  /** From so many events on, Byar's approximation is as good as the exact limits. */
  public static final int FEWEST_FOR_BYAR = 10;

  /** How limits were found. */
  public enum Method {
    /** Wilson's score limits of a proportion. */
    WILSON,
    /** Byar's approximation of the limits of a Poisson count. */
    BYAR,
    /** Exact limits of a Poisson count, by χ². */
    EXACT,
    /** Dobson's limits of a weighted sum of Poisson counts. */
    DOBSON,
    /** Normal limits by the delta method. */
    DELTA
  }

  public Limits {
    requireNonNull(method, "method is null");
  }

  /**
   * Of a proportion: (2x + z² ∓ z√(z² + 4x(1 − x/n))) / 2(n + z²) (Wilson 1927).
   *
   * @param events of n, which is positive
   * @param confidence such as 0.95
   */
  public static Limits ofProportion(double events, double n, double confidence) {
    double z = Normal.z(confidence);
    double root = z * Math.sqrt(z * z + 4 * events * (1 - events / n));
    double twice = 2 * (n + z * z);
    return new Limits(
        Method.WILSON,
        Math.max(0, (2 * events + z * z - root) / twice),
        Math.min(1, (2 * events + z * z + root) / twice));
  }

  /** Of a count of independent events: Byar's, and exact ones below 10. */
  public static Limits ofCount(double events, double confidence) {
    return events < FEWEST_FOR_BYAR ? exact(events, confidence) : byar(events, confidence);
  }

  /** χ² quantiles with 2x and 2x + 2 degrees of freedom, halved. */
  static Limits exact(double events, double confidence) {
    double tail = (1 - confidence) / 2;
    return new Limits(
        Method.EXACT,
        events == 0 ? 0 : ChiSquared.quantile(tail, 2 * events) / 2,
        ChiSquared.quantile(1 - tail, 2 * events + 2) / 2);
  }

  /** x(1 − 1/9x ∓ z/3√x)³, with x + 1 for the upper limit (Breslow and Day 1987). */
  static Limits byar(double events, double confidence) {
    double z = Normal.z(confidence);
    double next = events + 1;
    return new Limits(
        Method.BYAR,
        events * Math.pow(1 - 1 / (9 * events) - z / (3 * Math.sqrt(events)), 3),
        next * Math.pow(1 - 1 / (9 * next) + z / (3 * Math.sqrt(next)), 3));
  }

  /** Both limits times something. */
  public Limits times(double factor) {
    return new Limits(method, low * factor, high * factor);
  }
}
