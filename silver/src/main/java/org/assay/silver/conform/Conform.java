package org.assay.silver.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Brings a delivery's rows into the declared columns. */
public final class Conform {
  private Conform() {}

  /** The column that tells whether a value was there but did not convert. */
  public static String unconverted(String column) {
    return "_unconverted_" + column;
  }

  /**
   * The rows with their declared columns, one flag per column for values that did not convert, and
   * these other columns of the input.
   */
  public static Dataset<Row> rows(Dataset<Row> raw, ExtractRules rules, List<Column> others) {
    Stream<Column> conformed = rules.columns().stream().map(c -> value(raw, c, rules).as(c.name()));
    Stream<Column> flags =
        rules.columns().stream()
            .map(
                c ->
                    source(raw, c, rules)
                        .isNotNull()
                        .and(value(raw, c, rules).isNull())
                        .as(unconverted(c.name())));
    return raw.select(
        Stream.of(conformed, flags, others.stream()).flatMap(s -> s).toArray(Column[]::new));
  }

  private static Column value(Dataset<Row> raw, DeclaredColumn column, ExtractRules rules) {
    DataType given = raw.schema().apply(column.from()).dataType();
    boolean asDeclared =
        given.sql().equalsIgnoreCase(column.type().sql()) && column.recode().isEmpty();
    boolean isText = given.equals(DataTypes.StringType);
    Column source = source(raw, column, rules);
    return asDeclared && !isText
        ? when(source.isNotNull(), Conversion.finite(named(column.from()), column.type()))
        : Conversion.convert(source, column);
  }

  /** The source value as a text, null tokens removed and recoded. */
  private static Column source(Dataset<Row> raw, DeclaredColumn column, ExtractRules rules) {
    Column text = named(column.from()).cast(DataTypes.StringType);
    Column present =
        rules.nullTokens().isEmpty()
            ? text
            : when(text.isInCollection(rules.nullTokens()), lit(null)).otherwise(text);
    return recoded(present, column.recode());
  }

  private static Column recoded(Column text, Map<String, String> recode) {
    Column[] replaced =
        new TreeMap<>(recode)
            .entrySet().stream()
                .map(entry -> when(text.equalTo(entry.getKey()), lit(entry.getValue())))
                .toArray(Column[]::new);
    Column[] choices = Arrays.copyOf(replaced, replaced.length + 1);
    choices[replaced.length] = text;
    return coalesce(choices);
  }
}
