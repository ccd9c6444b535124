package org.assay.expectations.profile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a column looks like.
 *
 * @param column its name
 * @param completeness the share of rows that have a value
 * @param isUnique whether no value stands in two rows
 * @param range the least and the greatest value of numbers; empty of anything else
 * @param values each value, where there are few and they may be shown; empty otherwise
 * @param isWhole whether no value was left out that may not be shown
 */
public record ColumnProfile(
    String column,
    double completeness,
    boolean isUnique,
    Optional<Range> range,
    Map<String, Long> values,
    boolean isWhole) {

  /** From where to where the numbers of a column go. */
  public record Range(double least, double greatest) {}

  public ColumnProfile {
    requireNonNull(column, "column is null");
    requireNonNull(range, "range is null");
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
