package org.assay.expectations;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures how many rows satisfy conditions. */
public interface Verifier {

  /**
   * Counts in one pass.
   *
   * @param rows the rows; read once, so persist them if they are costly
   * @param conditions SQL conditions by name; none of them may be null for any row
   * @return a measurement for each name, unknown where the condition could not be evaluated
   */
  Map<String, Measurement> measure(Dataset<Row> rows, Map<String, String> conditions);

  /** A count, or why there is none. */
  sealed interface Measurement {
    /** So many rows satisfy the condition. */
    record Satisfied(long rows) implements Measurement {}

    /** It could not be counted. */
    record Failed(String cause) implements Measurement {}
  }
}
