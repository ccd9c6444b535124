package org.assay.expectations.history;

import static java.util.Objects.requireNonNull;

import org.assay.expectations.Verifier;
import org.assay.expectations.drift.AnomalyDetection;

/**
 * What deliveries are measured and compared with.
 *
 * @param verifier what measures a delivery
 * @param anomalies what tells a metric that does not follow from its history
 * @param merge what makes one metric of those of several deliveries
 */
public record Instruments(
    Verifier verifier, AnomalyDetection anomalies, MetricHistory.Merge merge) {
  public Instruments {
    requireNonNull(verifier, "verifier is null");
    requireNonNull(anomalies, "anomalies is null");
    requireNonNull(merge, "merge is null");
  }
}
