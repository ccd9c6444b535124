package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that can be measured of a delivery as a whole.
 *
 * @param kind what is measured
 * @param column the column, or for {@link Kind#ROWS} a name; empty for the number of rows
 * @param detail the quantile, or for {@link Kind#ROWS} a SQL condition that is never null
 * @param where SQL condition: the rows that are measured; empty for all
 */
public record Metric(Kind kind, String column, String detail, Optional<String> where) {

  /** What is measured, named as Deequ does. */
  public enum Kind {
    /** The number of rows. */
    SIZE,
    /** The number of rows that satisfy a condition. */
    ROWS,
    /** The share of rows that have a value. */
    COMPLETENESS,
    MEAN,
    /** Of a sample: n − 1 in the denominator, as in Great Expectations. */
    STANDARD_DEVIATION,
    SUM,
    MINIMUM,
    MAXIMUM,
    /** Exact, between two values by their distance. */
    QUANTILE,
    /** The number of different values. */
    COUNT_DISTINCT,
    /** The number of different values as a share of the rows that have one. */
    DISTINCTNESS,
    /** Each value with its number of rows, the missing one among them. */
    LEVELS
  }

  public Metric {
    requireNonNull(kind, "kind is null");
    requireNonNull(column, "column is null");
    requireNonNull(where, "where is null");
  }

  /** The number of rows. */
  public static Metric size() {
    return new Metric(Kind.SIZE, "", "", Optional.empty());
  }

  /** The number of rows that satisfy a condition. */
  public static Metric rows(String name, String condition) {
    return new Metric(Kind.ROWS, name, condition, Optional.empty());
  }

  /** A metric of a column over all rows. */
  public static Metric of(Kind kind, String column) {
    return new Metric(kind, column, "", Optional.empty());
  }

  /** Each value of a column with its number of rows; measured on {@link #levelColumn}. */
  public static Metric levels(String column, Optional<String> where) {
    return new Metric(Kind.LEVELS, levelColumn(column), "", where);
  }

  /** The column that rows are labelled with where a column's values are kept in history. */
  public static String levelColumn(String column) {
    return "_level_" + column;
  }

  /** The metric's name in history, such as {@code mean(people)}. */
  public String name() {
    String inside = kind == Kind.QUANTILE ? column + ", " + detail : column;
    String all = "%s(%s)".formatted(kind.name().toLowerCase(Locale.ROOT), inside);
    return where.map(condition -> all + " where " + condition).orElse(all);
  }

  /** Whether its state over some rows and over others gives that over both, without rereading. */
  public boolean isMergeable() {
    return switch (kind) {
      case SIZE, ROWS, COMPLETENESS, MEAN, STANDARD_DEVIATION, SUM, MINIMUM, MAXIMUM -> true;
      case QUANTILE, COUNT_DISTINCT, DISTINCTNESS, LEVELS -> false;
    };
  }
}
