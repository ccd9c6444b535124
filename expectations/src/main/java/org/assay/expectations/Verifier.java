package org.assay.expectations;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures a delivery. */
public interface Verifier {

  /**
   * Measures in one pass, where the metrics let it.
   *
   * @param rows the rows; read more than once, so persist them if they are costly
   * @param metrics what is measured
   * @return a measurement for each metric
   */
  Measured measure(Dataset<Row> rows, Collection<Metric> metrics);

  /**
   * What was measured.
   *
   * @param byMetric one for each metric that was asked for
   * @param kept what history keeps of them
   */
  record Measured(Map<Metric, Measurement> byMetric, List<KeptMetric> kept) {
    /** Of nothing. */
    public static final Measured NOTHING = new Measured(Map.of(), List.of());

    public Measured {
      byMetric = Map.copyOf(byMetric);
      kept = List.copyOf(kept);
    }
  }
}
