package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.assay.common.spark.Columns.anyOf;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assay.common.contract.BronzeContract;
import org.assay.silver.conform.Conform;
import org.assay.silver.conform.ExtractRules;

/** Labels what a declared key says about the rows of one delivery. */
final class KeyLabels {
  /** Whether an earlier row of the delivery is exactly the same. */
  static final String REPEATS = "_repeats";

  private static final String CONFLICTS = "_conflicts";

  private KeyLabels() {}

  /**
   * Without a key nothing is a conflict and nothing is de-duplicated. Nearly every delivery has no
   * repeated key, and grouping the keys alone is far cheaper than sorting whole rows by them.
   */
  static Dataset<Row> label(Dataset<Row> rows, ExtractRules rules) {
    if (rules.key().isEmpty() || !hasRepeatedKey(rows, rules)) {
      return rows.withColumn(CONFLICTS, lit(false)).withColumn(REPEATS, lit(false));
    }
    List<Column> parts = new ArrayList<>(List.of(named(rules.key())));
    parts.add(col(BronzeContract.MALFORMED).isNull());
    WindowSpec sameKey = Window.partitionBy(parts.toArray(Column[]::new));
    Column content =
        struct(
            Stream.concat(
                    rules.columnNames().stream(),
                    rules.columnNames().stream().map(Conform::unconverted))
                .map(name -> named(name))
                .toArray(Column[]::new));
    Column keyed = not(keyIsMissing(rules));
    Column conflicts = not(min(content).over(sameKey).eqNullSafe(max(content).over(sameKey)));
    Column repeats =
        row_number()
            .over(sameKey.orderBy(col(BronzeContract.DELIVERY_ID), col(BronzeContract.ROW_NUMBER)))
            .gt(1)
            .and(not(col(CONFLICTS)));
    return rows.withColumn(CONFLICTS, keyed.and(conflicts)).withColumn(REPEATS, keyed.and(repeats));
  }

  private static boolean hasRepeatedKey(Dataset<Row> rows, ExtractRules rules) {
    return !rows.filter(not(keyIsMissing(rules)))
        .groupBy(named(rules.key()))
        .agg(count(lit(1)).as("_rows"))
        .filter(col("_rows").gt(1))
        .isEmpty();
  }

  /** The reasons that a key gives; a malformed row has no key to speak of. */
  static List<Labels.Why> reasons(ExtractRules rules, Column malformed) {
    if (rules.key().isEmpty()) {
      return List.of();
    }
    String key = String.join(", ", rules.key());
    return List.of(
        new Labels.Why(
            keyIsMissing(rules).and(not(malformed)),
            Labels.reason(
                "KEY_MISSING", "The key (%s) is incomplete.".formatted(key), rules.key())),
        new Labels.Why(
            col(CONFLICTS),
            Labels.reason(
                "KEY_CONFLICT",
                "Rows with the same key (%s) differ.".formatted(key),
                rules.key())));
  }

  /** Whether a row has no whole key; of a malformed row it cannot be known. */
  private static Column keyIsMissing(ExtractRules rules) {
    return anyOf(rules.key().stream().map(part -> named(part).isNull()).toList())
        .or(col(BronzeContract.MALFORMED).isNotNull());
  }
}
