package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.assay.expectations.Expectation;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Rule;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;

/** The commonest values that rules did not expect, for whoever looks for the cause. */
final class UnexpectedValues {
  private static final int MOST = 20;

  private UnexpectedValues() {}

  /**
   * Finds them in one pass for all rules.
   *
   * @param rules the rules that were not met by some rows
   * @return by rule id, the commonest first; of a rule about an identifier nothing
   */
  static Map<String, List<String>> of(
      Dataset<Row> labelled, Map<Rule, Expectation.OfRow> rules, ExtractRules extract) {
    List<Column> found = new ArrayList<>();
    rules.forEach(
        (rule, ofRow) -> {
          if (mayBeShown(ofRow, extract)) {
            found.add(
                when(
                    ExpectationSuite.violates(extract.condition(ofRow)),
                    struct(lit(rule.id()).as("rule"), shown(ofRow, extract).as("value"))));
          }
        });
    Map<String, List<String>> values = new TreeMap<>();
    if (!found.isEmpty()) {
      labelled
          .select(explode(array_compact(array(found.toArray(Column[]::new)))).as("of"))
          .groupBy("of.rule", "of.value")
          .count()
          .withColumn(
              "_place",
              row_number()
                  .over(
                      Window.partitionBy("rule").orderBy(col("count").desc(), col("value").asc())))
          .filter(col("_place").leq(MOST))
          .orderBy("rule", "_place")
          .collectAsList()
          .forEach(
              row ->
                  values
                      .computeIfAbsent(row.getString(0), id -> new ArrayList<>())
                      .add(row.getString(1)));
    }
    return values;
  }

  private static boolean mayBeShown(Expectation.OfRow ofRow, ExtractRules extract) {
    List<String> identifying =
        extract.columns().stream()
            .filter(DeclaredColumn::isIdentifier)
            .map(DeclaredColumn::name)
            .toList();
    return !ofRow.columns().isEmpty() && ofRow.columns().stream().noneMatch(identifying::contains);
  }

  /** What stands in the wrong place may be an identifier, so only its shape is shown there. */
  private static Column shown(Expectation.OfRow ofRow, ExtractRules extract) {
    Column[] parts =
        ofRow.columns().stream()
            .map(column -> coalesce(named(column).cast("string"), lit("null")))
            .map(text -> extract.hasIdentifiers() ? HeldRow.shape(text) : text)
            .toArray(Column[]::new);
    return concat_ws(" | ", parts);
  }
}
