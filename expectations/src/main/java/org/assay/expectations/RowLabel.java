package org.assay.expectations;

import static org.assay.common.spark.Columns.quoted;

import java.util.List;
import org.assay.common.run.Fingerprint;

/**
 * Something about a row that its other rows, or another extract, must say; worked out before the
 * rows are judged, once for all expectations that need it.
 */
public sealed interface RowLabel {

  /** The name of the column that holds it; the same label has the same name. */
  default String column() {
    return "_label_" + Fingerprint.of(this).substring(0, 12);
  }

  /** The column as SQL names it. */
  default String sql() {
    return quoted(column());
  }

  /**
   * Whether no other row of the delivery has the same values; true or false.
   *
   * @param columns the columns that make the value; missing values are equal
   * @param applies SQL condition, never null: the rows that count
   */
  record Unique(List<String> columns, String applies) implements RowLabel {
    public Unique {
      columns = columns.stream().sorted().toList(); // in any order they are one grouping
    }
  }

  /**
   * The last value of a column before this row, in the order of the file; null for the first.
   *
   * @param applies SQL condition, never null: the rows that count
   */
  record Previous(String of, String applies) implements RowLabel {}

  /**
   * Whether the value is among those of another extract's current state; null if it is missing.
   *
   * @param of the column
   * @param extract the other extract
   * @param from its column
   */
  record Known(String of, String extract, String from) implements RowLabel {}
}
