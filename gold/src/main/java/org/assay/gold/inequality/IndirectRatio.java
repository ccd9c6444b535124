package org.assay.gold.inequality;

import java.util.List;

/**
 * An indirectly standardised ratio: the events observed over those that the rates of a reference
 * population would give.
 *
 * @param observed events
 * @param expected events at the reference's rates
 */
public record IndirectRatio(double observed, double expected) {

  /**
   * A stratum.
   *
   * @param events in the region
   * @param exposure of the region
   * @param referenceEvents in the reference population
   * @param referenceExposure of the reference population, positive
   */
  public record Stratum(
      double events, double exposure, double referenceEvents, double referenceExposure) {}

  /** Sums the strata. */
  public static IndirectRatio of(List<Stratum> strata) {
    double observed = 0;
    double expected = 0;
    for (Stratum s : strata) {
      observed += s.events();
      expected += s.exposure() * s.referenceEvents() / s.referenceExposure();
    }
    return new IndirectRatio(observed, expected);
  }

  /** O / E. */
  public double value() {
    return observed / expected;
  }

  /** Limits of the observed count over the expected one. */
  public Limits limits(double confidence) {
    return Limits.ofCount(observed, confidence).times(1 / expected);
  }
}
