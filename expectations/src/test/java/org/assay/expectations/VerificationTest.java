package org.assay.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assay.common.fixture.SharedSpark;
import org.assay.expectations.Rule.OnFail;
import org.assay.expectations.Verifier.Measurement;
import org.assay.expectations.deequ.DeequVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class VerificationTest {
  private static final Rule NOT_NULL =
      new Rule("rule", new Expectation.NotNull("code"), OnFail.QUARANTINE, 0.9);
  private static final ExpectationSuite SUITE =
      new ExpectationSuite(List.of(NOT_NULL), Map.of("code", ColumnType.STRING));

  private final Dataset<Row> hundredRows;

  VerificationTest(SparkSession spark) {
    this.hundredRows =
        spark.range(100).withColumn("code", functions.expr("CASE WHEN id >= 7 THEN 'x' END"));
  }

  private Verdict judge(Verifier verifier, long unexpected) {
    return new Verification(SUITE, verifier)
        .judge(hundredRows, 100, SUITE.rowConditions(), Map.of("rule", unexpected))
        .get(NOT_NULL);
  }

  @Test
  void deequCountsWhatTheLabelsCount() {
    assertThat(judge(new DeequVerifier(), 7)).isEqualTo(new Verdict.Evaluated(true, 100, 7));
  }

  @Test
  void countsThatDisagreeAreUnknown() {
    assertThat(judge(new DeequVerifier(), 8))
        .isEqualTo(new Verdict.Unknown("rule was labelled on 8 rows and measured on 7."));
  }

  @Test
  void whatCannotBeMeasuredIsUnknownAndNotAFailure() {
    Map<String, Measurement> measured =
        new DeequVerifier()
            .measure(hundredRows, Map.of("broken", "no_such_column > 0", "sound", "id >= 0"));

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
    Verifier tenMissing = (rows, conditions) -> Map.of("rule", new Measurement.Satisfied(90));
    Verifier elevenMissing = (rows, conditions) -> Map.of("rule", new Measurement.Satisfied(89));

    assertThat(judge(tenMissing, 10)).isEqualTo(new Verdict.Evaluated(true, 100, 10));
    assertThat(judge(elevenMissing, 11)).isEqualTo(new Verdict.Evaluated(false, 100, 11));
  }

  @Test
  void theNumberOfRowsIsJudgedForTheWholeDelivery() {
    Rule count =
        new Rule(
            "count",
            new Expectation.RowCountBetween(OptionalLong.of(101), OptionalLong.empty()),
            OnFail.REFUSE,
            1);
    ExpectationSuite suite = new ExpectationSuite(List.of(count), Map.of());

    Map<Rule, Verdict> verdicts =
        new Verification(suite, new DeequVerifier()).judge(hundredRows, 100, Map.of(), Map.of());

    assertThat(verdicts.get(count)).isEqualTo(new Verdict.Evaluated(false, 100, 100));
    assertThat(count.expectation().complaint()).isEqualTo("The number of rows is not 101 or more.");
  }
}
