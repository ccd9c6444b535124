package org.assay.silver;

import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.run.DataRefusedException;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;

/** A delivery's rows of bronze, with every column that is declared. */
final class RawRows {
  private RawRows() {}

  /**
   * The rows; a declared column that bronze has never had is null, where that is allowed. A column
   * may be declared only after the delivery was ingested.
   *
   * @throws DataRefusedException if a delivery does not have a declared column
   */
  static Dataset<Row> of(Dataset<Row> bronze, Shipment shipment, ExtractRules rules) {
    Dataset<Row> rows = bronze;
    for (DeclaredColumn column : rules.columns()) {
      if (!rules.missingAsNull()) {
        shipment.parts().forEach(part -> refuseMissing(part, column, rules));
      }
      boolean isThere = Arrays.stream(bronze.columns()).anyMatch(column.from()::equalsIgnoreCase);
      if (!isThere) {
        rows = rows.withColumn(column.from(), lit(null).cast("string"));
      }
    }
    return rows;
  }

  private static void refuseMissing(Delivery part, DeclaredColumn column, ExtractRules rules) {
    List<String> there = part.receipt().columns().stream().map(SourceColumn::name).toList();
    if (part.rows() > 0 && there.stream().noneMatch(column.from()::equalsIgnoreCase)) {
      throw new DataRefusedException(
          "%s has no column \"%s\". It has: %s. Map it in extracts.%s.columns, or set on_missing_column = null."
              .formatted(
                  part.file().name(), column.from(), String.join(", ", there), rules.name()));
    }
  }
}
