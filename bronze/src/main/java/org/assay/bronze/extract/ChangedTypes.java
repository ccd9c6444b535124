package org.assay.bronze.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
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
      Column before = col(BronzeContract.RESCUED);
      Column more = json(rescued);
      Column both =
          concat(
              expr("substring(%s, 1, length(%1$s) - 1)".formatted(BronzeContract.RESCUED)),
              lit(","),
              regexp_replace(more, "^\\{", ""));
      return when(
              isAny.and(col(BronzeContract.MALFORMED).isNull()),
              when(before.isNull(), more).otherwise(both))
          .otherwise(before)
          .as(field.name());
    }
    if (field.name().equals(BronzeContract.MALFORMED) && !malformed.isEmpty()) {
      Column words = concat_ws("; ", malformed.toArray(Column[]::new));
      Column before = col(BronzeContract.MALFORMED);
      return when(before.isNull().and(words.notEqual("")), words)
          .otherwise(before)
          .as(field.name());
    }
    if (!isChanged(field)) {
      return value;
    }
    DataType type = columns.of(field.name()).dataType();
    return when(unfit(field, type), lit(null))
        .otherwise(isCastable(field.dataType(), type) ? value.cast(type) : lit(null))
        .cast(type)
        .as(field.name());
  }

  /** Columns as a JSON object, without those that are null. */
  static Column json(List<Column> columns) {
    return to_json(
        struct(columns.toArray(Column[]::new)),
        Map.of("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"));
  }

  /** Whether a type has parts, which a cast would match by their place and not by their name. */
  private static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  /** Whether a value can be cast from one type to another, and back. */
  private static boolean isCastable(DataType from, DataType to) {
    return !isNested(from)
        && !isNested(to)
        && isOfAKind(from, to)
        && Cast.canCast(from, to)
        && Cast.canCast(to, from);
  }

  /** A number is no time and no truth value, though Spark makes the one of the other and back. */
  private static boolean isOfAKind(DataType from, DataType to) {
    return isText(from) || isText(to) || kind(from).equals(kind(to));
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  private static String kind(DataType type) {
    boolean isTime =
        type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType;
    return isTime ? "time" : type instanceof NumericType ? "number" : type.typeName();
  }

  /** Whether a value is there and another type would change it. */
  private static Column unfit(StructField field, DataType type) {
    Column value = named(field.name());
    return isCastable(field.dataType(), type)
        ? value.isNotNull().and(not(value.eqNullSafe(value.cast(type).cast(field.dataType()))))
        : value.isNotNull();
  }
}
