package org.assay.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map_keys;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.run.DataRefusedException;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;

/** A delivery's rows of bronze, with every column that is declared. */
final class RawRows {
  private static final MapType RESCUED =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  private RawRows() {}

  /**
   * The rows, under the names that the configuration uses; a declared column that a delivery does
   * not have is null, where that is allowed. A column may be declared only after the delivery was
   * ingested.
   *
   * @throws DataRefusedException if a delivery does not have a declared column
   */
  static Dataset<Row> of(Dataset<Row> bronze, Shipment shipment, ExtractRules rules) {
    Dataset<Row> rows = withMalformed(bronze, shipment, rules);
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

  /**
   * The rows, malformed too where a value of a declared column was not of the type that bronze had
   * by then: bronze says so itself only of columns that were declared when it came.
   */
  private static Dataset<Row> withMalformed(
      Dataset<Row> bronze, Shipment shipment, ExtractRules rules) {
    List<Column> words = new ArrayList<>();
    for (DeclaredColumn column : rules.columns()) {
      Arrays.stream(bronze.schema().fields())
          .filter(field -> field.name().equalsIgnoreCase(column.from()))
          .filter(field -> cameAsAnother(shipment, field))
          .forEach(
              field ->
                  words.add(
                      when(
                          isRescued(field),
                          lit(
                              "%s is not %s, which it was"
                                  .formatted(column.from(), field.dataType().catalogString())))));
    }
    return words.isEmpty()
        ? bronze
        : bronze.withColumn(
            BronzeContract.MALFORMED,
            coalesce(
                col(BronzeContract.MALFORMED),
                nullif(concat_ws("; ", words.toArray(Column[]::new)), lit(""))));
  }

  private static boolean cameAsAnother(Shipment shipment, StructField field) {
    return shipment.parts().stream()
        .flatMap(part -> part.receipt().columns().stream())
        .filter(c -> c.name().equalsIgnoreCase(field.name()) && !c.isRescued())
        .anyMatch(c -> !c.type().equalsIgnoreCase(field.dataType().sql()));
  }

  private static Column isRescued(StructField field) {
    Column names = map_keys(from_json(col(BronzeContract.RESCUED), RESCUED, Map.of()));
    return exists(names, name -> lower(name).equalTo(field.name().toLowerCase(Locale.ROOT)));
  }

  private static void refuseMissing(Delivery part, DeclaredColumn column, ExtractRules rules) {
    Optional<SourceColumn> there =
        part.receipt().columns().stream()
            .filter(c -> c.name().equalsIgnoreCase(column.from()))
            .findFirst();
    if (there.filter(SourceColumn::isRescued).isPresent()) {
      throw new DataRefusedException(
          "%s had \"%s\" when nothing declared it, so bronze has it only in _rescued. Deliver the file again with a manifest of a higher revision, or set its extract_date anew."
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
