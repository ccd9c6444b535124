package org.assay.bronze.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.assay.common.contract.BronzeContract;

/**
 * Brings rows to the types that bronze has. A value that the type cannot hold exactly is rescued;
 * where its column is declared, the row is malformed.
 */
final class ChangedTypes {
  private final Extract extract;
  private final BronzeColumns columns;

  ChangedTypes(Extract extract, BronzeColumns columns) {
    this.extract = extract;
    this.columns = columns;
  }

  /** Whether any column of these rows has another type in bronze. */
  boolean isAnyIn(Dataset<Row> rows) {
    return Stream.of(rows.schema().fields()).anyMatch(this::isChanged);
  }

  private boolean isChanged(StructField field) {
    return columns.of(field.name()) != null
        && !columns.of(field.name()).dataType().sameType(field.dataType());
  }

  /**
   * The rows in bronze's types.
   *
   * @param rows Assay's own columns and source columns
   */
  Dataset<Row> brought(Dataset<Row> rows) {
    List<Column> selected = new ArrayList<>();
    List<Column> rescued = new ArrayList<>();
    List<Column> malformed = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (!isChanged(field)) {
        continue;
      }
      Column unfit = unfit(field, columns.of(field.name()).dataType());
      rescued.add(when(unfit, named(field.name())).as(field.name()));
      if (extract.declares(field.name())) {
        malformed.add(
            when(
                unfit,
                lit(
                    "%s is %s, and was %s"
                        .formatted(
                            field.name(),
                            field.dataType().catalogString(),
                            columns.of(field.name()).dataType().catalogString()))));
      }
    }
    for (StructField field : rows.schema().fields()) {
      selected.add(brought(field, rescued, malformed));
    }
    return rows.select(selected.toArray(Column[]::new));
  }

  private Column brought(StructField field, List<Column> rescued, List<Column> malformed) {
    Column value = named(field.name());
    if (field.name().equals(BronzeContract.RESCUED)) {
      Column isAny = anyOf(rescued.stream().map(Column::isNotNull).toList());
      return when(isAny, to_json(struct(rescued.toArray(Column[]::new))))
          .otherwise(col(BronzeContract.RESCUED))
          .as(field.name());
    }
    if (field.name().equals(BronzeContract.MALFORMED) && !malformed.isEmpty()) {
      Column words = concat_ws("; ", malformed.toArray(Column[]::new));
      return when(words.notEqual(""), words).as(field.name());
    }
    if (!isChanged(field)) {
      return value;
    }
    DataType type = columns.of(field.name()).dataType();
    return when(unfit(field, type), lit(null))
        .otherwise(Cast.canCast(field.dataType(), type) ? value.cast(type) : lit(null))
        .cast(type)
        .as(field.name());
  }

  /** Whether a value is there and another type would change it. */
  private static Column unfit(StructField field, DataType type) {
    Column value = named(field.name());
    boolean castable = Cast.canCast(field.dataType(), type) && Cast.canCast(type, field.dataType());
    return castable
        ? value
            .isNotNull()
            .and(value.eqNullSafe(value.cast(type).cast(field.dataType())).equalTo(lit(false)))
        : value.isNotNull();
  }
}
