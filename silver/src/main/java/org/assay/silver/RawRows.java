package org.assay.silver;

import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
   * The rows, under the names that the configuration uses; a declared column that a delivery does
   * not have is null, where that is allowed. A column may be declared only after the delivery was
   * ingested.
   *
   * @throws DataRefusedException if a delivery does not have a declared column
   */
  static Dataset<Row> of(Dataset<Row> bronze, Shipment shipment, ExtractRules rules) {
    Dataset<Row> rows = bronze;
    for (DeclaredColumn column : rules.columns()) {
      shipment.parts().forEach(part -> refuseMissing(part, column, rules));
      Optional<String> there =
          Arrays.stream(rows.columns()).filter(column.from()::equalsIgnoreCase).findFirst();
      rows =
          there.isEmpty()
              ? rows.withColumn(column.from(), lit(null).cast("string"))
              : rows.withColumnRenamed(there.get(), column.from());
    }
    return rows;
  }

  private static void refuseMissing(Delivery part, DeclaredColumn column, ExtractRules rules) {
    Optional<SourceColumn> there =
        part.receipt().columns().stream()
            .filter(c -> c.name().equalsIgnoreCase(column.from()))
            .findFirst();
    if (there.filter(SourceColumn::isRescued).isPresent()) {
      throw new DataRefusedException(
          "%s had \"%s\" when nothing declared it, so bronze has it only in _rescued. Deliver the file again under another name, or set its extract_date anew."
              .formatted(part.file().name(), column.from()));
    }
    if (there.isEmpty() && part.rows() > 0 && !rules.missingAsNull()) {
      List<String> shown =
          part.receipt().columns().stream()
              .map(SourceColumn::name)
              .filter(name -> !rules.hasIdentifiers() || rules.declares(name))
              .toList();
      throw new DataRefusedException(
          "%s has no column \"%s\". It has: %s. Map it in extracts.%s.columns, or set on_missing_column = null."
              .formatted(
                  part.file().name(), column.from(), String.join(", ", shown), rules.name()));
    }
  }
}
