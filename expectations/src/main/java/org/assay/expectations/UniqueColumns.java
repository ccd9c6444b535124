package org.assay.expectations;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.spark.Columns.named;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Labels the rows whose value of a column stands in no other row. */
final class UniqueColumns {
  private UniqueColumns() {}

  /** The name of the boolean column that tells whether a column's value is unique. */
  static String label(String column) {
    return "_is_unique_" + column;
  }

  /** The rows with one label for each of these columns; a missing value counts as unique. */
  static Dataset<Row> labelled(Dataset<Row> rows, List<String> columns) {
    Dataset<Row> labelled = rows;
    for (String column : columns) {
      labelled =
          labelled.withColumn(
              label(column),
              named(column)
                  .isNull()
                  .or(count(lit(1)).over(Window.partitionBy(named(column))).equalTo(1)));
    }
    return labelled;
  }
}
