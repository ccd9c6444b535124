package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is found of a delivery, kept and compared, whatever becomes of its rows. */
@ExtendWith(SharedSpark.class)
class VerdictsTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  VerdictsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** With more before its expectations, which end in the bracket that begins them. */
  private SmallLake lakeOf(String expectations) {
    return new SmallLake(
        spark, folder, RefineExtractTest.ROWS.replace("expectations = [", expectations));
  }

  private SmallLake lake(String more) {
    return SmallLake.ofRows(spark, folder, more);
  }

  @Test
  void everyVerdictIsKeptWithWhatWasFound() {
    SmallLake lake =
        lakeOf(
            """
                expectations = [
                  { expect = expect_column_mean_to_be_between, column = people, max_value = 10, on_fail = warn }
                """);
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1", "North|x|2|2", "South|y|1|");
    lake.refine();

    assertThat(
            lake.rows(
                "ops.expectation_results",
                "expectation_id",
                "concat_ws(' ', expectation_id, verdict, observed_value, rows, unexpected, array_join(unexpected_values, ','))"))
        .containsExactly(
            "expect_column_mean_to_be_between.people fail the mean of people is 17.6667 4 0 ",
            "expect_column_pair_values_a_to_be_greater_than_b.people.ill pass 4 1 null | 1",
            "expect_column_values_to_be_in_set.grp fail 4 3 x,y",
            "expect_column_values_to_not_be_null.people fail 4 1 null");
    assertThat(lake.remarks())
        .contains("the mean of people is 17.6667. The mean of people is not 10 or less.");
  }

  @Test
  void aSetCanBeAnotherExtractsColumn() {
    String boards =
        """
          extracts.boards { load = full, columns = [ { name = code, from = area } ] }
        }
        """;
    String conf =
        RefineExtractTest.ROWS
                .replace(
                    "expectations = [",
                    """
                    expectations = [
                      { expect = expect_column_values_to_be_in_set, column = region, value_set_from { extract = boards, column = code }, on_fail = quarantine }
                    """)
                .stripTrailing()
                .replaceFirst("}$", "")
            + boards.stripTrailing().replaceFirst("}$", "")
            + """
              populations.people {
                sql     = "SELECT region, grp, ill, people FROM counts"
                count   = people
                region  { code = region }
                factors = [ { name = grp, levels = [a, b], reference = a } ]
              }
              cohorts.ill {
                population = people
                outcome    { events = ill }
                models     { crude { terms = grp, primary = true } }
              }
            }
            """;
    SmallLake lake = new SmallLake(spark, folder, conf);
    lake.deliver("2026-03-31", "North|a|5|50", "Nowhere|a|1|10");
    lake.refine();
    assertThat(lake.refusals())
        .containsExactly(
            "region must be one of boards.code, and no delivery of boards has been accepted yet. Deliver"
                + " boards, and run again.");

    lake.deliver("boards", Load.FULL, "2026-03-31", "North|||", "South|||");
    lake.refine();
    assertThat(lake.refusals()).isEmpty();
    assertThat(lake.silver()).containsExactly("North|a|5|50");

    lake.deliver(
        "boards", Load.FULL, "2026-04-30", "North|||", "Nowhere|||"); // the list has changed
    lake.refine();
    assertThat(lake.silver()).containsExactly("North|a|5|50", "Nowhere|a|1|10");
    assertThat(lake.remarks()).noneMatch(remark -> remark.contains("last result"));

    lake.deliver("boards", Load.FULL, "2026-05-31", "!"); // of which nothing can be accepted
    lake.deliver("2026-05-31", "North|a|5|50", "East|a|1|10");
    lake.refine();
    assertThat(lake.remarks())
        .contains("It keeps its last result: the latest counts cannot be used.");
  }

  @Test
  void aSetOfAnotherKindIsAProblemOfTheConfiguration() {
    String conf =
        RefineExtractTest.ROWS
                .replace(
                    "expectations = [",
                    "expectations = [ { expect = expect_column_values_to_be_in_set, column = ill, value_set_from { extract = boards, column = code }, on_fail = quarantine }")
                .stripTrailing()
                .replaceFirst("}$", "")
            + "extracts.boards { load = full, columns = [ { name = code, from = area } ] } }";

    assertThatThrownBy(() -> new SmallLake(spark, folder, conf))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(
            "assay.extracts.counts.expectations: ill is bigint and boards.code is string; values are looked up only in");
  }

  /** A record that does not fit its columns has no region, not the region called null. */
  @Test
  void aMalformedRecordIsNotMeasured() {
    SmallLake lake =
        lakeOf(
            """
                drift = [ { metric = new_levels, column = region, on_drift = refuse } ]
                expectations = [
                  { expect = expect_column_proportion_of_non_null_values_to_be_between, column = region, min_value = 1, on_fail = refuse }
                """);
    lake.deliver("2026-03-31", "North|a|5|50", "South|b|6|60");
    lake.refine();
    lake.deliver("2026-04-30", "North|a|5|50", "South|b|6|60", "!broken");

    lake.refine();

    assertThat(lake.refusals()).isEmpty();
    assertThat(lake.held()).hasSize(1);
    assertThat(
            lake.rows(
                "ops.metrics",
                "delivery_id, metric",
                "concat_ws(' ', delivery_id, array_join(map_keys(levels), ','))"))
        .noneMatch(levels -> levels.contains("null"));
  }

  @Test
  void aConditionThatCannotBeReadIsAProblemOfTheConfiguration() {
    SmallLake lake =
        lakeOf(
            "expectations = [ { expect = expect_rows_to_satisfy, condition = \"iller < people\", on_fail = warn }");

    assertThat(lake.problems())
        .containsExactly(
            "line 14: expect_rows_to_satisfy: column iller does not exist; counts has: region, grp, ill,"
                + " people.");
  }

  @Test
  void whichRowsAMeasureIsOfIsCheckedBeforeAnythingRuns() {
    SmallLake lake =
        lakeOf(
            "expectations = [ { expect = expect_column_mean_to_be_between, column = people, row_condition = \"regoin = 'North'\", min_value = 1, on_fail = warn }");

    assertThat(lake.problems())
        .containsExactly(
            "line 14: expect_column_mean_to_be_between.people: column regoin does not exist;"
                + " counts has: region, grp, ill, people.");
  }

  @Test
  void metricsOfAllDeltasMergeWithoutReadingThemAgain() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            RefineExtractTest.ROWS
                .replace("load = full", "load = delta")
                .replace(
                    "expectations = [",
                    "expectations = [ { expect = expect_column_mean_to_be_between, column = people, min_value = 1, on_fail = warn }"));
    lake.deliver(Load.DELTA, "2026-03-31", "North|a|5|10", "North|b|6|20");
    lake.refine();
    lake.deliver(Load.DELTA, "2026-04-30", "South|a|5|60");
    lake.refine();

    assertThat(
            lake.rows(
                "ops.metrics", "delivery_id, metric", "concat_ws(' ', delivery_id, metric, value)"))
        .contains(
            "mean(people) 30.0", // of all three rows
            "size() 3.0",
            "d-2026-03-31 mean(people) 15.0",
            "d-2026-04-30 size() 1.0");
  }

  @Test
  void aNewRegionIsToldOnItsFirstDay() {
    SmallLake lake =
        lake(
            "drift = [ { metric = new_levels, column = region }, { metric = row_count, max_rate_increase = 9 } ]");
    lake.deliver("2026-03-31", "North|a|5|50", "South|b|6|60");
    lake.refine();
    assertThat(lake.remarks())
        .contains(
            "Drift: 2 of 2 checks have too few earlier deliveries to compare with; counts.csv begins or"
                + " continues their history.");

    lake.deliver("2026-04-30", "North|a|5|50", "South|b|6|60", "|a|1|1");
    lake.refine();

    assertThat(lake.remarks())
        .contains("counts.csv has drifted: 1 new level of region: null (1 row).");
  }

  @Test
  void aTypeThatChangesWhileNothingIsAcceptedLeavesTheNewColumnsWithoutRows() {
    SmallLake lake = lake("max_quarantined = 0.4");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.configure(
        RefineExtractTest.ROWS.replace("load = full", "load = full\nmax_quarantined = 0.6"));
    lake.refine();
    assertThat(lake.silver()).hasSize(1);

    lake.configure(
        RefineExtractTest.ROWS
            .replace("load = full", "load = full\nmax_quarantined = 0.4")
            .replace("type = bigint", "type = double"));
    lake.refine();

    assertThat(lake.silver()).isEmpty();
    assertThat(lake.tables().read(TableName.silver("counts")).schema().apply("ill").dataType())
        .isEqualTo(DataTypes.DoubleType);
  }

  @Test
  void valuesIncreaseWithinEachFileOfADelivery() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            RefineExtractTest.ROWS
                .replace("mostly = 0.5", "mostly = 0.1")
                .replace(
                    "expectations = [",
                    "expectations = [ { expect = expect_column_values_to_be_increasing, column = people, on_fail = quarantine }"));
    lake.deliverPart("2026-03-31", "1", "North|a|1|10", "North|b|1|20", "East|a|1|15");
    lake.deliverPart("2026-03-31", "2", "South|a|1|5", "South|b|1|30");

    lake.refine();

    assertThat(lake.silver())
        .containsExactlyInAnyOrder("North|a|1|10", "North|b|1|20", "South|a|1|5", "South|b|1|30");
    assertThat(lake.held())
        .containsOnly(Map.entry(3L, List.of("expect_column_values_to_be_increasing.people")));
  }
}
