package org.assay.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assay.common.fixture.SharedSpark;
import org.assay.expectations.Verification.Count;
import org.assay.expectations.Verification.Labelled;
import org.assay.expectations.deequ.DeequVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class VerificationTest {
  private static final Map<String, ColumnType> TYPES =
      Map.of("code", ColumnType.STRING, "id", ColumnType.BIGINT, "day", ColumnType.DATE);
  private static final String NOT_NULL =
      "expectations = [ { id = rule, expect = expect_column_values_to_not_be_null, column = code, on_fail = quarantine, mostly = 0.9 } ]";

  private final Dataset<Row> hundredRows;

  VerificationTest(SparkSession spark) {
    this.hundredRows =
        spark
            .range(100)
            .withColumn("code", functions.expr("CASE WHEN id >= 7 THEN concat('x', id % 3) END"))
            .withColumn("_level_code", functions.col("code"))
            .withColumn("day", functions.expr("date_add(DATE '2026-01-01', cast(id AS int))"))
            .withColumn("nothing", functions.expr("CAST(NULL AS bigint)"));
  }

  private Verdict judge(Verifier verifier, long unexpected) {
    ExpectationSuite suite = Suites.of(TYPES, NOT_NULL);
    return judge(suite, verifier, Map.of("rule", new Count(100, unexpected)));
  }

  private Verdict judge(ExpectationSuite suite, Verifier verifier, Map<String, Count> counts) {
    Map<String, String> conditions =
        suite.rowRules().isEmpty() ? Map.of() : Map.of("rule", "code IS NOT NULL");
    return new Verification(suite, verifier)
        .judge(
            hundredRows,
            new Labelled(100, 100, counts, List.of(List.of("id", "Code"))),
            conditions,
            List.of())
        .verdicts()
        .values()
        .iterator()
        .next();
  }

  /** Judges one expectation about the whole. */
  private Verdict.Evaluated whole(String expect, String arguments) {
    ExpectationSuite suite =
        Suites.of(
            TYPES,
            "expectations = [ { expect = %s, on_fail = warn, %s } ]".formatted(expect, arguments));
    return (Verdict.Evaluated) judge(suite, new DeequVerifier(), Map.of());
  }

  @Test
  void deequCountsWhatTheLabelsCount() {
    assertThat(judge(new DeequVerifier(), 7)).isEqualTo(new Verdict.Evaluated(true, 100, 7, ""));
  }

  @Test
  void countsThatDisagreeAreUnknown() {
    assertThat(judge(new DeequVerifier(), 8))
        .isEqualTo(new Verdict.Unknown("rule was labelled on 8 rows and measured on 7."));
  }

  @Test
  void whatCannotBeMeasuredIsUnknownAndNotAFailure() {
    Map<Metric, Measurement> measured =
        new DeequVerifier()
            .measure(
                hundredRows,
                List.of(
                    Metric.rows("broken", "no_such_column > 0"), Metric.rows("sound", "id >= 0")))
            .byMetric();

    assertThat(measured.values())
        .hasSize(2)
        .allSatisfy(
            measurement ->
                assertThat(measurement)
                    .asInstanceOf(type(Measurement.Failed.class))
                    .extracting(Measurement.Failed::cause)
                    .asString()
                    .startsWith("Deequ could not evaluate it ("));
  }

  @Test
  void mostlyDecidesTheRuleAsAWhole() {
    assertThat(judge(counting(90), 10)).isEqualTo(new Verdict.Evaluated(true, 100, 10, ""));
    assertThat(judge(counting(89), 11)).isEqualTo(new Verdict.Evaluated(false, 100, 11, ""));
  }

  private static Verifier counting(long satisfied) {
    return (rows, metrics) ->
        new Verifier.Measured(
            Map.of(Metric.rows("rule", "code IS NOT NULL"), new Measurement.Value(satisfied)),
            List.of());
  }

  @Test
  void sharesWarnAndRefuseInOneRule() {
    Rule rule =
        Suites.rule(
            TYPES,
            "expect_column_values_to_not_be_null",
            "column = code, warn_at = 0.05, refuse_at = 0.2");

    assertThat(rule.warns(new Verdict.Evaluated(false, 100, 4, ""))).isFalse();
    assertThat(rule.warns(new Verdict.Evaluated(false, 100, 5, ""))).isTrue();
    assertThat(rule.refuses(new Verdict.Evaluated(false, 100, 19, ""))).isFalse();
    assertThat(rule.refuses(new Verdict.Evaluated(false, 100, 20, ""))).isTrue();
  }

  @Test
  void rulesOfATableAreJudgedByItsRowsAndColumns() {
    assertThat(whole("expect_table_row_count_to_be_between", "min_value = 101"))
        .isEqualTo(new Verdict.Evaluated(false, 100, 0, "100 rows"));
    assertThat(whole("expect_table_row_count_to_equal", "value = 100").passed()).isTrue();
    assertThat(whole("expect_table_columns_to_match_set", "column_set = [code, id]").passed())
        .isTrue();
    assertThat(whole("expect_table_columns_to_match_set", "column_set = [id]").observed())
        .isEqualTo("columns id, Code");
    assertThat(
            whole("expect_table_columns_to_match_set", "column_set = [id], exact_match = false")
                .passed())
        .isTrue();
    assertThat(
            whole("expect_table_columns_to_match_ordered_list", "column_list = [Code, id]")
                .passed())
        .isFalse();
    assertThat(whole("expect_table_column_count_to_equal", "value = 2").passed()).isTrue();
    assertThat(whole("expect_column_to_exist", "column = code").passed()).isTrue();
    assertThat(whole("expect_column_to_exist", "column = Region").passed()).isFalse();
  }

  @Test
  void rulesOfAColumnAreJudgedByItsNumbers() {
    assertThat(
            whole(
                "expect_column_mean_to_be_between",
                "column = id, min_value = 49.5, max_value = 49.5"))
        .isEqualTo(new Verdict.Evaluated(true, 100, 0, "49.5000"));
    assertThat(whole("expect_column_mean_to_be_between", "column = id, max_value = 49"))
        .isEqualTo(new Verdict.Evaluated(false, 100, 0, "the mean of id is 49.5000"));
    assertThat(
            whole(
                    "expect_column_sum_to_be_between",
                    "column = id, min_value = 4950, max_value = 4950")
                .passed())
        .isTrue();
    assertThat(whole("expect_column_min_to_be_between", "column = id, min_value = 0").passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_min_to_be_between",
                    "column = id, min_value = 0, strict_min = true")
                .passed())
        .isFalse();
    assertThat(whole("expect_column_max_to_be_between", "column = id, max_value = 98").passed())
        .isFalse();
    // R: sd(0:99), median(0:99), quantile(0:99, c(.25, .9))
    assertThat(
            whole(
                    "expect_column_stdev_to_be_between",
                    "column = id, min_value = 29.01149, max_value = 29.01150")
                .passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_median_to_be_between",
                    "column = id, min_value = 49.5, max_value = 49.5")
                .passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_quantile_values_to_be_between",
                    "column = id, quantile_ranges { quantiles = [0.25, 0.9], value_ranges = [[24.75, 24.75], [89.1, null]] }")
                .passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_mean_to_be_between",
                    "column = id, row_condition = \"id < 10\", min_value = 4.5, max_value = 4.5")
                .passed())
        .isTrue();
  }

  @Test
  void aConditionMayNameTexts() {
    assertThat(
            whole(
                    "expect_column_median_to_be_between",
                    "column = id, row_condition = \"code = 'x0' -- every third\", min_value = 54, max_value = 54")
                .passed())
        .isTrue();
    assertThat(
            whole("expect_column_max_to_be_between", "column = day, max_value = \"2026-04-09\"")
                .observed())
        .isEqualTo("the max of day is 2026-04-10");
    assertThat(
            whole(
                    "expect_column_most_common_value_to_be_in_set",
                    "column = code, row_condition = \"code = 'x1'\", value_set = [x1]")
                .passed())
        .isTrue();
  }

  @Test
  void datesHaveALeastAndAGreatest() {
    assertThat(
            whole("expect_column_min_to_be_between", "column = day, min_value = \"2026-01-01\"")
                .passed())
        .isTrue();
    assertThat(
            whole("expect_column_max_to_be_between", "column = day, max_value = \"2026-04-09\"")
                .passed())
        .isFalse();
  }

  @Test
  void rulesOfAColumnAreJudgedByTheSetOfItsValues() {
    String set = "column = code, value_set = [x0, x1, x2]";
    assertThat(whole("expect_column_distinct_values_to_equal_set", set).passed()).isTrue();
    assertThat(
            whole(
                "expect_column_distinct_values_to_be_in_set",
                "column = code, value_set = [x0, x1]"))
        .isEqualTo(new Verdict.Evaluated(false, 100, 0, "31 rows have another value"));
    assertThat(
            whole(
                "expect_column_distinct_values_to_contain_set",
                "column = code, value_set = [x0, x9]"))
        .isEqualTo(new Verdict.Evaluated(false, 100, 0, "no row has x9"));
    assertThat(
            whole(
                    "expect_column_unique_value_count_to_be_between",
                    "column = code, min_value = 3, max_value = 3")
                .passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_unique_value_count_to_be_between",
                    "column = code, row_condition = \"id < 8\", max_value = 1")
                .passed())
        .isTrue();
    assertThat(
            whole(
                    "expect_column_proportion_of_unique_values_to_be_between",
                    "column = code, min_value = 0.0322, max_value = 0.0323")
                .passed()) // 3 of 93
        .isTrue();
    assertThat(
            whole(
                    "expect_column_proportion_of_non_null_values_to_be_between",
                    "column = code, min_value = 0.93, max_value = 0.93")
                .passed())
        .isTrue();
    assertThat(
            whole("expect_column_most_common_value_to_be_in_set", "column = code, value_set = [x0]")
                .observed())
        .isEqualTo("the most common is x0 and x1 and x2");
    assertThat(
            whole(
                    "expect_column_most_common_value_to_be_in_set",
                    "column = code, value_set = [x0], ties_okay = true")
                .passed())
        .isTrue();
  }

  @Test
  void aColumnWithoutAnyValueIsNotAsExpectedAndNotUnknown() {
    ExpectationSuite suite =
        Suites.of(
            Map.of("nothing", ColumnType.BIGINT),
            "expectations = [ { expect = expect_column_mean_to_be_between, on_fail = warn, column = nothing, min_value = 1 } ]");

    assertThat(judge(suite, new DeequVerifier(), Map.of()))
        .isEqualTo(new Verdict.Evaluated(false, 100, 0, "there is no value"));
  }

  @Test
  void whatRulesKeepMergesToTheWhole() {
    List<Metric> metrics =
        List.of(
            Metric.size(),
            Metric.rows("half", "id < 50"),
            Metric.of(Metric.Kind.COMPLETENESS, "code"),
            Metric.of(Metric.Kind.MEAN, "id"),
            Metric.of(Metric.Kind.STANDARD_DEVIATION, "id"),
            Metric.of(Metric.Kind.SUM, "id"),
            Metric.of(Metric.Kind.MINIMUM, "day"),
            Metric.of(Metric.Kind.MAXIMUM, "id"));
    Verifier deequ = new DeequVerifier();
    List<KeptMetric> some = deequ.measure(hundredRows.filter("id < 13"), metrics).kept();
    List<KeptMetric> others = deequ.measure(hundredRows.filter("id >= 13"), metrics).kept();
    Verifier.Measured whole = deequ.measure(hundredRows, metrics);

    for (int i = 0; i < metrics.size(); i++) {
      KeptMetric merged = DeequVerifier.merged(List.of(some.get(i), others.get(i)));
      Measurement.Value value = (Measurement.Value) whole.byMetric().get(metrics.get(i));

      assertThat(merged.name()).isEqualTo(metrics.get(i).name());
      assertThat(((Measurement.Value) merged.found()).value())
          .as(merged.name())
          .isCloseTo(value.value(), org.assertj.core.data.Offset.offset(1e-9));
    }
    assertThat(some).hasSameSizeAs(metrics).allMatch(kept -> kept.state().isPresent());
  }
}
