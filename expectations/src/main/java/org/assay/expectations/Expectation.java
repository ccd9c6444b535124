package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One declared rule about an extract, named as in Great Expectations. Missing values are judged by
 * {@link NotNull} alone; every other expectation says what it does with them.
 */
public sealed interface Expectation {

  /** The name in Great Expectations, such as {@code expect_column_values_to_not_be_null}. */
  String type();

  /** The columns it is about; empty for a whole table. */
  List<String> columns();

  /** What is wrong with a row or table that does not meet it, in one sentence. */
  String complaint();

  /** One function per kind, chosen by kind. */
  <R> R fold(Cases<R> cases);

  /** What to do with each kind of expectation. */
  interface Cases<R> {
    R notNull(NotNull expectation);

    R inSet(InSet expectation);

    R between(Between expectation);

    R unique(Unique expectation);

    R pairGreater(PairGreater expectation);

    R rowCountBetween(RowCountBetween expectation);
  }

  /** {@code expect_column_values_to_not_be_null}: the value is there. */
  record NotNull(String column) implements Expectation {
    public static final String TYPE = "expect_column_values_to_not_be_null";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String complaint() {
      return column + " is empty.";
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.notNull(this);
    }
  }

  /** {@code expect_column_values_to_be_in_set}: the value is in the set, or missing. */
  record InSet(String column, List<String> valueSet) implements Expectation {
    public static final String TYPE = "expect_column_values_to_be_in_set";

    public InSet {
      valueSet = List.copyOf(valueSet);
      if (valueSet.isEmpty()) {
        throw new IllegalArgumentException("value_set is empty, so no value could be right.");
      }
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String complaint() {
      return "%s is not one of %s.".formatted(column, String.join(", ", valueSet));
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.inSet(this);
    }
  }

  /**
   * {@code expect_column_values_to_be_between}: the value is within the bounds, both included, or
   * missing.
   */
  record Between(String column, Optional<String> minValue, Optional<String> maxValue)
      implements Expectation {
    public static final String TYPE = "expect_column_values_to_be_between";

    public Between {
      if (minValue.isEmpty() && maxValue.isEmpty()) {
        throw new IllegalArgumentException("min_value or max_value is needed.");
      }
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String complaint() {
      return column + " is not " + bounds(minValue, maxValue) + ".";
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.between(this);
    }
  }

  /**
   * {@code expect_column_values_to_be_unique}: no other row of the delivery has the same value;
   * missing values are never the same.
   */
  record Unique(String column) implements Expectation {
    public static final String TYPE = "expect_column_values_to_be_unique";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String complaint() {
      return column + " stands in more than one row.";
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.unique(this);
    }
  }

  /**
   * {@code expect_column_pair_values_a_to_be_greater_than_b}: A is greater than B, or equal if
   * {@code or_equal}. A row where both are missing is right, one where only one is missing is not,
   * as in Great Expectations.
   */
  record PairGreater(String columnA, String columnB, boolean orEqual) implements Expectation {
    public static final String TYPE = "expect_column_pair_values_a_to_be_greater_than_b";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of(columnA, columnB);
    }

    @Override
    public String complaint() {
      return orEqual
          ? "%s is less than %s.".formatted(columnA, columnB)
          : "%s is not greater than %s.".formatted(columnA, columnB);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.pairGreater(this);
    }
  }

  /** {@code expect_table_row_count_to_be_between}: the delivery has so many rows. */
  record RowCountBetween(OptionalLong minValue, OptionalLong maxValue) implements Expectation {
    public static final String TYPE = "expect_table_row_count_to_be_between";

    public RowCountBetween {
      requireNonNull(minValue, "minValue is null");
      if (minValue.isEmpty() && maxValue.isEmpty()) {
        throw new IllegalArgumentException("min_value or max_value is needed.");
      }
    }

    /** Whether a number of rows is right. */
    public boolean allows(long rows) {
      return rows >= minValue.orElse(0) && rows <= maxValue.orElse(Long.MAX_VALUE);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public String complaint() {
      return "The number of rows is not " + bounds(shown(minValue), shown(maxValue)) + ".";
    }

    private static Optional<String> shown(OptionalLong bound) {
      return bound.isPresent() ? Optional.of("%,d".formatted(bound.getAsLong())) : Optional.empty();
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.rowCountBetween(this);
    }
  }

  private static String bounds(Optional<String> min, Optional<String> max) {
    if (max.isEmpty()) {
      return min.orElseThrow() + " or more";
    }
    return min.map(least -> "between " + least + " and ").orElse("")
        + max.get()
        + (min.isEmpty() ? " or less" : "");
  }
}
