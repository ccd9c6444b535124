package org.assay.expectations;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.fixture.SharedSpark;
import org.assay.expectations.Rule.OnFail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each expectation says of each value, missing ones above all. */
@ExtendWith(SharedSpark.class)
class RowConditionsTest {
  private static final Map<String, ColumnType> TYPES =
      Map.of(
          "code",
          ColumnType.STRING,
          "a",
          ColumnType.BIGINT,
          "b",
          ColumnType.BIGINT,
          "day",
          ColumnType.DATE);

  private final SparkSession spark;

  RowConditionsTest(SparkSession spark) {
    this.spark = spark;
  }

  private List<Boolean> met(Expectation expectation, String column, Object... values) {
    String type = TYPES.get(column).sql();
    Dataset<Row> rows =
        spark.createDataFrame(
            java.util.Arrays.stream(values).map(RowFactory::create).toList(),
            StructType.fromDDL(column + " " + type));
    return judge(rows, expectation);
  }

  private List<Boolean> judge(Dataset<Row> rows, Expectation expectation) {
    Rule rule = new Rule("rule", expectation, OnFail.WARN, 1);
    ExpectationSuite suite = new ExpectationSuite(List.of(rule), TYPES);
    return suite
        .prepared(rows)
        .select(expr(suite.rowConditions().get(rule)))
        .as(Encoders.BOOLEAN())
        .collectAsList();
  }

  @Test
  void notNullIsAboutMissingValuesAlone() {
    assertThat(met(new Expectation.NotNull("code"), "code", "x", "", null))
        .containsExactly(true, true, false);
  }

  @Test
  void aMissingValueIsInAnySet() {
    assertThat(
            met(
                new Expectation.InSet("code", List.of("a", "it's \\ quoted")),
                "code",
                "a",
                "b",
                "it's \\ quoted",
                null))
        .containsExactly(true, false, true, true);
  }

  @Test
  void aSetOfNumbersComparesNumbers() {
    assertThat(met(new Expectation.InSet("a", List.of("1", "02")), "a", 1L, 2L, 3L, null))
        .containsExactly(true, true, false, true);
  }

  @Test
  void boundsAreIncluded() {
    Expectation between = new Expectation.Between("a", Optional.of("1"), Optional.of("10"));

    assertThat(met(between, "a", 0L, 1L, 10L, 11L, null))
        .containsExactly(false, true, true, false, true);
  }

  @Test
  void oneBoundIsEnough() {
    assertThat(
            met(
                new Expectation.Between("a", Optional.of("1"), Optional.empty()),
                "a",
                0L,
                99L,
                null))
        .containsExactly(false, true, true);
  }

  @Test
  void datesAreComparedAsDates() {
    Expectation between =
        new Expectation.Between("day", Optional.of("2026-03-31"), Optional.empty());

    assertThat(
            met(
                between,
                "day",
                java.time.LocalDate.of(2026, 3, 30),
                java.time.LocalDate.of(2026, 3, 31)))
        .containsExactly(false, true);
  }

  @Test
  void aMissingValueIsNeverARepeat() {
    assertThat(met(new Expectation.Unique("code"), "code", "x", null, null, "y", "x"))
        .containsExactlyInAnyOrder(false, true, true, true, false);
  }

  @Test
  void aPairWithOneMissingValueIsNotRight() {
    Dataset<Row> rows =
        spark
            .createDataFrame(
                List.of(
                    RowFactory.create(2L, 1L),
                    RowFactory.create(1L, 1L),
                    RowFactory.create(0L, 1L),
                    RowFactory.create(null, 1L),
                    RowFactory.create(1L, null),
                    RowFactory.create(null, null)),
                StructType.fromDDL("a BIGINT, b BIGINT"))
            .coalesce(1);

    assertThat(judge(rows, new Expectation.PairGreater("a", "b", false)))
        .containsExactly(true, false, false, false, false, true);
    assertThat(judge(rows, new Expectation.PairGreater("a", "b", true)))
        .containsExactly(true, true, false, false, false, true);
  }
}
