package org.assay.expectations;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What became of a {@link Metric}. */
public sealed interface Measurement {
  /** A number. */
  record Value(double value) implements Measurement {}

  /**
   * Values with their numbers of rows; the missing value is {@link #MISSING}.
   *
   * @param rows by value; of too many values, the commonest
   * @param count how many values there are
   */
  record Levels(Map<String, Long> rows, long count) implements Measurement {
    /** How a missing value is written; the text of the same letters stands in quotes. */
    public static final String MISSING = "null";

    public Levels {
      rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    }

    /** Whether {@link #rows} has every value. */
    public boolean isWhole() {
      return rows.size() == count;
    }
  }

  /** There was no value to measure it on. */
  record NoValues() implements Measurement {}

  /** It could not be measured. */
  record Failed(String cause) implements Measurement {}
}
