package org.assay.expectations;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Predicate;
import org.assay.common.spark.Columns;

/** The types a column may be declared with. */
public enum ColumnType {
  STRING(text -> true),
  INT(text -> isWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE)),
  BIGINT(text -> isWhole(text, Long.MIN_VALUE, Long.MAX_VALUE)),
  DOUBLE(ColumnType::isNumber),
  BOOLEAN(text -> text.equals("true") || text.equals("false")),
  DATE(ColumnType::isDate);

  private final Predicate<String> accepts;

  ColumnType(Predicate<String> accepts) {
    this.accepts = accepts;
  }

  /** The type as Spark SQL writes it. */
  public String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this text, as it stands in a configuration, is a value of the type. */
  public boolean accepts(String text) {
    return accepts.test(text);
  }

  /** A value of this type as a SQL literal; the text must be accepted. */
  public String literal(String text) {
    String quoted = Columns.literal(text);
    return this == STRING ? quoted : "CAST(%s AS %s)".formatted(quoted, sql());
  }

  private static boolean isWhole(String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      return value >= least && value <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
