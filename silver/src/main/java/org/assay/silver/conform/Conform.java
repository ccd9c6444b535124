package org.assay.silver.conform;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

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
                    present(raw, c, rules)
                        .isNotNull()
                        .and(value(raw, c, rules).isNull())
                        .as(unconverted(c.name())));
    return raw.select(
        Stream.of(conformed, flags, others.stream()).flatMap(s -> s).toArray(Column[]::new));
  }

  private static Column value(Dataset<Row> raw, DeclaredColumn column, ExtractRules rules) {
    DataType given = raw.schema().apply(column.from()).dataType();
    Column present = present(raw, column, rules);
    Column asItIs =
        when(present.isNotNull(), Conversion.convert(named(column.from()), given, column));
    return recoded(present, column.recode())
        .map(text -> when(text.isNotNull(), Conversion.convert(text, column)).otherwise(asItIs))
        .orElse(asItIs);
  }

  /** The source value as a text, null where it is missing or a null token. */
  private static Column present(Dataset<Row> raw, DeclaredColumn column, ExtractRules rules) {
    Column text =
        Conversion.text(named(column.from()), raw.schema().apply(column.from()).dataType());
    return rules.nullTokens().isEmpty()
        ? text
        : when(text.isInCollection(rules.nullTokens()), lit(null)).otherwise(text);
  }

  /**
   * What a text is replaced by, null where it is not; empty if nothing ever is. One CASE of many
   * branches: Spark searches branches for common parts, and the search doubles with every level of
   * nesting.
   */
  private static Optional<Column> recoded(Column text, Map<String, String> recode) {
    Column recoded = null;
    for (Map.Entry<String, String> entry : new TreeMap<>(recode).entrySet()) {
      Column matches = text.equalTo(entry.getKey());
      Column becomes = lit(entry.getValue());
      recoded = recoded == null ? when(matches, becomes) : recoded.when(matches, becomes);
    }
    return Optional.ofNullable(recoded);
  }
}
