package org.assay.expectations;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assay.expectations.RowLabel.Known;
import org.assay.expectations.RowLabel.Previous;
import org.assay.expectations.RowLabel.Unique;

/**
 * Puts labels on the rows of one delivery. Rules on the same columns and rows share one label; one
 * that no row can fail costs a look at its columns alone.
 */
public final class RowLabels {
  private final Surroundings surroundings;

  public RowLabels(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What is known around the rows.
   *
   * @param file what tells the files of the delivery apart
   * @param order what orders the rows of a file
   * @param judged SQL condition, never null: the rows that have values to speak of
   * @param references the values of another extract, in one column
   * @param comparable a column as the other extract writes it: identifiers as pseudonyms
   */
  public record Surroundings(
      Column file,
      Column order,
      String judged,
      Function<Known, Dataset<Row>> references,
      Function<String, Column> comparable) {}

  /** The rows with one more column for each label. */
  public Dataset<Row> label(Dataset<Row> rows, List<RowLabel> labels) {
    Dataset<Row> labelled = rows;
    for (RowLabel label : labels) {
      if (label instanceof Unique unique) {
        labelled = labelled.withColumn(label.column(), unique(rows, unique));
      } else if (label instanceof Previous previous) {
        labelled = labelled.withColumn(label.column(), previous(previous));
      } else if (label instanceof Known known) {
        labelled = known(labelled, known);
      }
    }
    return labelled;
  }

  private Column unique(Dataset<Row> rows, Unique unique) {
    String applies = among(unique.applies());
    boolean hasRepeats =
        !rows.filter(applies)
            .groupBy(named(unique.columns()))
            .agg(count(lit(1)).as("_rows"))
            .filter(col("_rows").gt(1))
            .isEmpty();
    if (!hasRepeats) {
      return lit(true);
    }
    Column counted = when(expr(applies), 1L).otherwise(0L);
    return sum(counted).over(Window.partitionBy(named(unique.columns()))).leq(1);
  }

  private Column previous(Previous previous) {
    WindowSpec before =
        Window.partitionBy(surroundings.file())
            .orderBy(surroundings.order())
            .rowsBetween(Window.unboundedPreceding(), -1);
    return last(when(expr(among(previous.applies())), named(previous.of())), true).over(before);
  }

  private Dataset<Row> known(Dataset<Row> rows, Known known) {
    String value = known.column() + "_value";
    Dataset<Row> values = surroundings.references().apply(known).distinct();
    Column own = surroundings.comparable().apply(known.of()).cast("string");
    Dataset<Row> named =
        values
            .select(values.col(values.columns()[0]).cast("string").as(value))
            .filter(col(value).isNotNull())
            .withColumn(known.column() + "_there", lit(true));
    Column there = col(known.column() + "_there").isNotNull();
    return rows.join(named, own.equalTo(col(value)), "left_outer")
        .withColumn(known.column(), when(not(named(known.of()).isNull()), there))
        .drop(value, known.column() + "_there");
  }

  private String among(String applies) {
    return "(%s) AND (%s)".formatted(surroundings.judged(), applies);
  }
}
