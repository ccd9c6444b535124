package org.assay.silver.conform;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.assay.expectations.ColumnType;

/**
 * Strict conversion: null where a value is not wholly a value of the type, never a part or a
 * neighbour of it. Blanks around numbers, dates, booleans and identifiers do not matter.
 */
final class Conversion {
  private static final String WHOLE = "^[+-]?[0-9]+$";
  private static final String NUMBER = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$";

  /** A hyphen that separates nothing. */
  private static final Pattern MINUS = Pattern.compile("(^|[^0-9A-Za-z])-");

  private static final String ISO_DATE = "yyyy-MM-dd";
  private static final String BLANKS_AND_HYPHENS = "[\\s\\u00A0-]+";

  private Conversion() {}

  /** A text as its column declares it. */
  static Column convert(Column text, DeclaredColumn column) {
    Column trimmed = trim(text);
    ColumnType type = column.type();
    return switch (type) {
      case STRING -> column.pseudonymise().map(how -> normalised(trimmed, how)).orElse(text);
      case INT, BIGINT -> when(trimmed.rlike(WHOLE), trimmed.cast(type.sql()));
      case DOUBLE -> finite(when(trimmed.rlike(NUMBER), trimmed.cast(type.sql())));
      case BOOLEAN ->
          when(lower(trimmed).equalTo("true"), lit(true))
              .when(lower(trimmed).equalTo("false"), lit(false));
      case DATE -> date(trimmed, column.format().orElse(ISO_DATE));
    };
  }

  /** Without a sign, which would let a year have more than four digits, or be before Christ. */
  private static Column date(Column text, String format) {
    boolean separatesBySigns = MINUS.matcher(format).find();
    Column hasSign = text.contains("+");
    return when(
        not(separatesBySigns ? hasSign : hasSign.or(text.rlike(MINUS.pattern()))),
        to_date(text, format));
  }

  /** A value of a typed format as its column declares it: by its type, or else by its text. */
  static Column convert(Column value, DataType given, DeclaredColumn column) {
    ColumnType type = column.type();
    if (given.equals(DataTypes.StringType) || column.isIdentifier()) {
      return convert(value.cast(DataTypes.StringType), column);
    }
    if (given.sql().equalsIgnoreCase(type.sql())) {
      return type == ColumnType.DOUBLE ? finite(value) : value;
    }
    if (isFractional(given) && (type == ColumnType.INT || type == ColumnType.BIGINT)) {
      Column whole = value.cast(type.sql());
      Column inRange = abs(value).lt(lit(0x1p63)); // a cast of what is larger ends at the limit
      return when(whole.cast(given).equalTo(value).and(inRange), whole);
    }
    if (isTime(given) && type == ColumnType.DATE) {
      return when(date_trunc("DAY", value).equalTo(value), to_date(value));
    }
    return convert(value.cast(DataTypes.StringType), column);
  }

  /** A value as it is compared with null tokens and recoded: of 3.0 the text is 3. */
  static Column text(Column value, DataType given) {
    Column text = value.cast(DataTypes.StringType);
    if (!isFractional(given)) {
      return text;
    }
    Column whole = value.cast(DataTypes.LongType);
    Column isWhole = whole.cast(given).equalTo(value).and(abs(value).lt(lit(0x1p53)));
    return when(isWhole, whole.cast(DataTypes.StringType)).otherwise(text);
  }

  private static boolean isFractional(DataType type) {
    return type.equals(DataTypes.DoubleType)
        || type.equals(DataTypes.FloatType)
        || type instanceof DecimalType;
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType);
  }

  /** The one spelling of an identifier; null where it has characters that it must not have. */
  private static Column normalised(Column trimmed, Pseudonymise how) {
    Column joined = regexp_replace(trimmed, BLANKS_AND_HYPHENS, "");
    return switch (how.normalise()) {
      case NONE -> when(trimmed.notEqual(""), trimmed);
      case DIGITS -> when(joined.rlike("^[0-9]+$"), joined);
      case ALPHANUMERIC -> when(joined.rlike("^[0-9A-Za-z]+$"), upper(joined));
    };
  }

  private static Column finite(Column value) {
    return when(abs(value).leq(Double.MAX_VALUE), value);
  }
}
