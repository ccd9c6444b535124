package org.assay.silver.cohort;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.assay.common.config.Places;
import org.assay.common.config.Problem;
import org.assay.common.privacy.DataClass;
import org.assay.silver.conform.ExtractRules;

/**
 * Whether the columns that a configuration names are returned by a query, and are what they are
 * used as.
 *
 * @param rows what the query returns
 * @param places where the configuration's keys stand
 * @param problems is told of each column that is not there, or not what it should be
 */
record ReturnedColumns(Dataset<Row> rows, Places places, Consumer<Problem> problems) {

  /** A column that only has to be there. */
  void there(String key, String column) {
    field(key, column);
  }

  /** A column whose values gold will show. */
  void shown(String key, String column) {
    field(key, column).ifPresent(field -> checkShown(key, field));
  }

  private void checkShown(String key, StructField field) {
    Metadata metadata = field.metadata();
    boolean identifies =
        metadata.contains(ExtractRules.DATA_CLASS)
            && metadata.getString(ExtractRules.DATA_CLASS).equals(DataClass.IDENTIFIER.name());
    if (identifies) {
      problem(
          key,
          "%s is an identifier, and gold shows groups of people, never one."
              .formatted(field.name()));
    }
    if (!isSimple(field.dataType())) {
      problem(
          key,
          "%s is %s; it must be a text, a number, a date or a truth value."
              .formatted(field.name(), field.dataType().sql().toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isSimple(DataType type) {
    return !type.equals(DataTypes.BinaryType)
        && !type.typeName().matches("(array|map|struct|void).*");
  }

  /** A column that counts people or events. */
  void whole(String key, String column) {
    field(key, column)
        .map(StructField::dataType)
        .filter(type -> !isWhole(type))
        .ifPresent(
            type ->
                problem(
                    key,
                    "%s is %s; people and events are counted in whole numbers, such as type = bigint."
                        .formatted(column, type.sql().toLowerCase(Locale.ROOT))));
  }

  private static boolean isWhole(DataType type) {
    return type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType)
        || (type instanceof DecimalType decimal && decimal.scale() == 0);
  }

  /** A column that measures time at risk. */
  void number(String key, String column) {
    field(key, column)
        .map(StructField::dataType)
        .filter(type -> !(type instanceof NumericType))
        .ifPresent(
            type ->
                problem(
                    key,
                    "%s is %s; time at risk is a number."
                        .formatted(column, type.sql().toLowerCase(Locale.ROOT))));
  }

  private Optional<StructField> field(String key, String column) {
    Optional<StructField> found =
        Arrays.stream(rows.schema().fields())
            .filter(field -> field.name().equalsIgnoreCase(column))
            .findFirst();
    if (found.isEmpty()) {
      problem(key, "column %s does not exist; %s.".formatted(column, sentence(rows)));
    }
    return found;
  }

  /** What a query returns, in words. */
  static String sentence(Dataset<Row> rows) {
    return "the query returns: " + String.join(", ", rows.columns());
  }

  private void problem(String key, String sentence) {
    problems.accept(places.problem(key, sentence));
  }
}
