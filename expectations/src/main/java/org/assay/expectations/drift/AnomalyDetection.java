package org.assay.expectations.drift;

import java.util.List;

/** Tells a number that does not follow from those before it. */
public interface AnomalyDetection {
  /**
   * Whether a value is an anomaly.
   *
   * @param history the values before it, earliest first; at least {@link DriftStrategy#needs}
   */
  boolean isAnomaly(DriftStrategy strategy, List<Double> history, double value);
}
