package org.assay.silver.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.assay.expectations.ColumnType;

/**
 * Strict conversion of a text: null where the text is not wholly a value of the type, never a part
 * or a neighbour of it. Blanks around numbers, dates and booleans do not matter.
 */
final class Conversion {
  private static final String WHOLE = "^[+-]?[0-9]+$";
  private static final String NUMBER = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$";
  private static final String ISO_DATE = "yyyy-MM-dd";

  private Conversion() {}

  static Column convert(Column text, DeclaredColumn column) {
    Column trimmed = trim(text);
    ColumnType type = column.type();
    return switch (type) {
      case STRING -> text;
      case INT, BIGINT -> when(trimmed.rlike(WHOLE), trimmed.cast(type.sql()));
      case DOUBLE -> finite(when(trimmed.rlike(NUMBER), trimmed.cast(type.sql())), type);
      case BOOLEAN ->
          when(lower(trimmed).equalTo("true"), lit(true))
              .when(lower(trimmed).equalTo("false"), lit(false));
      case DATE -> to_date(trimmed, column.format().orElse(ISO_DATE));
    };
  }

  /** A double that is a number; other types as they are. */
  static Column finite(Column value, ColumnType type) {
    return type == ColumnType.DOUBLE ? when(abs(value).leq(Double.MAX_VALUE), value) : value;
  }
}
