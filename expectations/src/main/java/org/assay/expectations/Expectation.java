package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One declared rule about an extract, named as in Great Expectations. What a word of the vocabulary
 * says becomes one of five kinds; how each is judged follows from its kind alone.
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
    R ofRow(OfRow expectation);

    R ofRowCount(OfRowCount expectation);

    R ofColumns(OfColumns expectation);

    R ofMetrics(OfMetrics expectation);

    R ofMode(OfMode expectation);
  }

  /**
   * About each row by itself, or by labels that were put on it before.
   *
   * @param applies SQL condition, never null: whether the row is judged at all
   * @param meets SQL condition, never null where it applies: whether the row is as expected
   * @param labels the labels that the conditions name
   */
  record OfRow(
      String type,
      List<String> columns,
      String applies,
      String meets,
      String complaint,
      List<RowLabel> labels)
      implements Expectation {
    public OfRow {
      requireNonNull(type, "type is null");
      columns = List.copyOf(columns);
      labels = List.copyOf(labels);
    }

    /** SQL condition, never null, that every row must satisfy. */
    public String condition() {
      return "NOT (%s) OR (%s)".formatted(applies, meets);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ofRow(this);
    }
  }

  /** The delivery has so many rows. */
  record OfRowCount(String type, Bounds bounds) implements Expectation {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public String complaint() {
      return "The number of rows is not " + bounds.sentence() + ".";
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ofRowCount(this);
    }
  }

  /**
   * About the columns of the file as it came, under the names of the source.
   *
   * @param expected the names; for a number of columns, none
   * @param how what the file's columns must be
   * @param count how many there may be; matters for {@link How#COUNT}
   */
  record OfColumns(String type, List<String> expected, How how, Bounds bounds)
      implements Expectation {
    /** What a file's columns must be. */
    public enum How {
      SAME_SET,
      CONTAIN,
      SAME_ORDER,
      COUNT
    }

    public OfColumns {
      expected = List.copyOf(expected);
      requireNonNull(how, "how is null");
    }

    /** Whether a file's columns are as expected. */
    public boolean allows(List<String> found) {
      Set<String> wanted = lower(expected);
      return switch (how) {
        case SAME_SET -> lower(found).equals(wanted) && found.size() == expected.size();
        case CONTAIN -> lower(found).containsAll(wanted);
        case SAME_ORDER -> List.copyOf(found).equals(expected);
        case COUNT -> bounds.allows(found.size());
      };
    }

    private static Set<String> lower(List<String> names) {
      Set<String> lower = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      lower.addAll(names);
      return lower;
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public String complaint() {
      return switch (how) {
        case SAME_SET -> "The columns are not " + String.join(", ", expected) + ".";
        case CONTAIN -> "The columns do not contain " + String.join(", ", expected) + ".";
        case SAME_ORDER ->
            "The columns are not, in this order, " + String.join(", ", expected) + ".";
        case COUNT -> "The number of columns is not " + bounds.sentence() + ".";
      };
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ofColumns(this);
    }
  }

  /**
   * Metrics of the whole delivery within bounds; all of them must be.
   *
   * @param bounded the metrics with their bounds
   */
  record OfMetrics(String type, List<String> columns, List<Bounded> bounded, String complaint)
      implements Expectation {
    /**
     * A metric and where it must lie.
     *
     * @param says what is wrong if it does not, such as "South is not there"
     */
    public record Bounded(Metric metric, Bounds bounds, String says) {}

    public OfMetrics {
      columns = List.copyOf(columns);
      bounded = List.copyOf(bounded);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ofMetrics(this);
    }
  }

  /**
   * The most common value of a column is one of these.
   *
   * @param metric the column's values with their counts
   * @param tiesOkay whether one of several equally common values is enough
   */
  record OfMode(String type, String column, Metric metric, List<String> valueSet, boolean tiesOkay)
      implements Expectation {
    public OfMode {
      valueSet = List.copyOf(valueSet);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public String complaint() {
      return "The most common value of %s is not one of %s."
          .formatted(column, String.join(", ", valueSet));
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.ofMode(this);
    }
  }
}
