package org.assay.silver;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.assay.common.config.Places;
import org.assay.common.config.Problem;
import org.assay.common.contract.SilverContract;
import org.assay.expectations.Expectation;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.RowLabel;
import org.assay.expectations.Rule;
import org.assay.silver.cohort.SqlFault;
import org.assay.silver.conform.ExtractRules;

/** Checks the conditions of an extract's expectations on an empty frame of its columns. */
final class ExpectationCheck {
  private final SparkSession spark;
  private final ExtractRules extract;
  private final Places places;

  ExpectationCheck(SparkSession spark, ExtractRules extract, Places places) {
    this.spark = spark;
    this.extract = extract;
    this.places = places;
  }

  /** What is wrong, as problems of the configuration. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Map<Rule, List<String>> conditions = conditions();
    if (conditions.isEmpty()) {
      return problems;
    }
    Dataset<Row> empty = empty();
    conditions.forEach(
        (rule, all) ->
            all.forEach(
                condition -> {
                  try {
                    DataType type = empty.select(expr(condition)).schema().apply(0).dataType();
                    if (!type.sql().equals("BOOLEAN")) {
                      problems.add(problem(rule, "its condition is not true or false."));
                    }
                  } catch (Exception e) { // Spark throws checked ones that it does not declare
                    problems.add(problem(rule, sentence(e)));
                  }
                }));
    return problems;
  }

  /** What rows must satisfy, and which rows a measure is of. */
  private Map<Rule, List<String>> conditions() {
    Map<Rule, List<String>> conditions = new LinkedHashMap<>();
    for (Rule rule : extract.suite().rules()) {
      List<String> of =
          rule.expectation() instanceof Expectation.OfRow ofRow
              ? List.of(ofRow.condition())
              : ExpectationSuite.metrics(rule.expectation())
                  .flatMap(metric -> metric.where().stream())
                  .distinct()
                  .toList();
      if (!of.isEmpty()) {
        conditions.put(rule, of);
      }
    }
    return conditions;
  }

  private Dataset<Row> empty() {
    StructType schema = SilverContract.EXTRACT.schema();
    for (org.apache.spark.sql.types.StructField field : extract.schema().fields()) {
      schema = schema.add(field);
    }
    Dataset<Row> empty = spark.createDataFrame(List.of(), schema);
    for (RowLabel label : extract.suite().labels()) {
      empty = empty.withColumn(label.column(), stand(label));
    }
    return empty;
  }

  /** What stands for a label that has not been worked out. */
  private static Column stand(RowLabel label) {
    return label instanceof RowLabel.Previous previous ? named(previous.of()) : lit(true);
  }

  private String sentence(Exception e) {
    if (e instanceof AnalysisException analysis) {
      return SqlFault.of(
              analysis,
              List.of(extract.name() + " has: " + String.join(", ", extract.columnNames())),
              List.of())
          .sentence();
    }
    throw e instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(e);
  }

  private Problem problem(Rule rule, String sentence) {
    String key = "extracts." + extract.name();
    return places.problem(
        "%s.expectations[%d]".formatted(key, extract.suite().rules().indexOf(rule)),
        "%s: %s".formatted(rule.id(), sentence));
  }
}
