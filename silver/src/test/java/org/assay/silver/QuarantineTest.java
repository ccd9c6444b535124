package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a held row when it comes again, comes right, or comes no more. */
@ExtendWith(SharedSpark.class)
class QuarantineTest {
  private static final String STORY =
      "concat_ws(' ', get_json_object(row, '$.grp'), status, resolved_by, delivery_id, row_number, size(occurrences))";

  private final SparkSession spark;
  @TempDir private Path folder;

  QuarantineTest(SparkSession spark) {
    this.spark = spark;
  }

  private SmallLake lake(String more) {
    return new SmallLake(
        spark,
        folder,
        RefineExtractTest.ROWS
            .replace("load = full", "load = full\n" + more)
            .replace("mostly = 0.5", "mostly = 0.1"));
  }

  private static List<String> story(SmallLake lake) {
    return lake.rows("quarantine.rows", "row, delivery_id, row_number", STORY);
  }

  @Test
  void theSameBadRowAgainIsOneRowThatRemembersBoth() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1", "North|x|1|1");
    lake.refine();
    assertThat(story(lake)).containsExactly("x held d-2026-03-31 2 1", "x held d-2026-03-31 3 1");

    lake.deliver("2026-04-30", "North|x|1|1", "North|a|5|50", "South|b|1|10");
    lake.refine();

    assertThat(story(lake))
        .containsExactly("x resolved d-2026-04-30 d-2026-03-31 3 1", "x held d-2026-04-30 1 2");
  }

  @Test
  void aFullDeliveryWithoutTheBadRowResolvesIt() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1", "!broken");
    lake.refine();
    lake.deliver("2026-04-30", "North|a|5|50");

    lake.refine();

    assertThat(story(lake))
        .containsExactly(
            "resolved d-2026-04-30 d-2026-03-31 3 1", "x resolved d-2026-04-30 d-2026-03-31 2 1");
  }

  @Test
  void aDeltaResolvesTheKeysThatItBringsRight() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|", "South|b|5|", "|b|5|5", "West|a|1|1");
    lake.deliver(Load.DELTA, "2026-04-30", "North|a|5|50", "East|a|1|1");
    lake.deliver("2026-03-01", "North|a|5|50"); // right before, which heals nothing
    lake.refine();

    assertThat(
            lake.rows(
                "quarantine.rows", "row_number", "concat_ws(' ', row_number, status, resolved_by)"))
        .containsExactly("1 resolved d-2026-04-30", "2 held", "3 held");
  }

  @Test
  void oneRunOrManyEndInTheSameQuarantine() throws IOException {
    SmallLake many = lake("");
    Path other = Files.createDirectory(folder.resolve("one"));
    SmallLake one =
        new SmallLake(spark, other, RefineExtractTest.ROWS.replace("mostly = 0.5", "mostly = 0.1"));
    for (SmallLake lake : List.of(many, one)) {
      lake.deliver("2026-03-31", "North|a|5|", "South|b|5|", "!broken", "West|a|1|1");
      if (lake == many) {
        lake.refine();
      }
      lake.deliver("2026-04-30", "North|a|5|50", "South|b|5|", "!broken");
      if (lake == many) {
        lake.refine();
      }
      lake.deliver(Load.DELTA, "2026-05-31", "South|b|5|50", "South|x|1|1");
      lake.refine();
    }

    assertThat(many.rows("quarantine.rows", "quarantine_id", "to_json(struct(*))"))
        .isEqualTo(one.rows("quarantine.rows", "quarantine_id", "to_json(struct(*))"))
        .hasSize(4);
  }

  @Test
  void tooManyHeldRowsRefuseTheDeliveryAndLeaveTheLast() {
    SmallLake lake = lake("max_quarantined = 0.4");
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|x|1|1");
    lake.refine();
    lake.deliver("2026-04-30", "North|a|5|50", "North|x|1|1");

    lake.refine();

    assertThat(lake.refusals())
        .containsExactly(
            "counts.csv was refused: 1 of its 2 rows would be held (50.0 %), and max_quarantined allows"
                + " 40.0 % (1 row: grp is not one of a, b, all). Ask for the file again, or change"
                + " extracts.counts.max_quarantined.");
    assertThat(lake.silver()).containsExactly("North|a|5|50", "North|b|6|60");
    long before = lake.tables().state(TableName.ops("expectation_results")).orElseThrow().version();
    lake.refine(); // judged again with the same end, which is not told twice
    assertThat(lake.refusals()).hasSize(1);
    assertThat(lake.tables().state(TableName.ops("expectation_results")).orElseThrow().version())
        .isEqualTo(before);
  }

  @Test
  void everyVerdictIsKeptWithWhatWasFound() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            RefineExtractTest.ROWS.replace(
                "expectations = [",
                """
                expectations = [
                  { expect = expect_column_mean_to_be_between, column = people, max_value = 10, on_fail = warn }
                """));
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
            + boards;
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
  }

  @Test
  void aConditionThatCannotBeReadIsAProblemOfTheConfiguration() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            RefineExtractTest.ROWS.replace(
                "expectations = [",
                "expectations = [ { expect = expect_rows_to_satisfy, condition = \"iller < people\", on_fail = warn }"));

    assertThat(lake.problems())
        .containsExactly(
            "line 14: expect_rows_to_satisfy: column iller does not exist; counts has: region, grp, ill,"
                + " people.");
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

    assertThat(lake.remarks()).contains("counts.csv has drifted: 1 new level of region: null (1).");
  }

  @Test
  void whatARunDidNotLiveToTellIsJudgedAgain() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.refine();
    lake.forget("metrics"); // as if the run had been killed before it told

    lake.refine();

    assertThat(lake.rows("ops.metrics", "metric", "concat_ws(' ', metric, value)"))
        .contains("size() 2.0");
    assertThat(lake.silver()).containsExactly("North|a|5|50");
    assertThat(story(lake)).containsExactly("x held d-2026-03-31 2 1");
    Object before = lake.versions();
    lake.refine();
    assertThat(lake.versions()).isEqualTo(before);
  }

  @Test
  void additionsOfWhichNothingIsAcceptedAreJudgedOnce() {
    SmallLake lake = lake("");
    lake.deliver(Load.DELTA, "2026-03-31", "North|x|1|1");
    lake.refine();
    lake.deliver(Load.DELTA, "2026-04-30", "North|y|1|1");
    lake.deliver(Load.DELTA, "2026-05-31");
    lake.refine();
    Object before = lake.versions();

    lake.refine();

    assertThat(lake.versions()).isEqualTo(before);
    assertThat(lake.held()).hasSize(1).containsOnlyKeys(1L); // both are the first of their file
    assertThat(story(lake)).hasSize(2);
  }

  @Test
  void aDeliveryThatWasRefusedAndNowIsNotResolvesWhatCameBefore() {
    SmallLake lake = lake("max_quarantined = 0.4");
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|y|1|1");
    lake.deliver("2026-04-30", "North|a|5|50", "North|x|1|1");
    lake.refine();
    assertThat(lake.refusals()).hasSize(1);
    assertThat(story(lake)).containsExactly("y held d-2026-03-31 3 1");

    lake.configure(RefineExtractTest.ROWS.replace("mostly = 0.5", "mostly = 0.1"));
    lake.refine();

    assertThat(lake.refusals()).isEmpty();
    assertThat(story(lake))
        .containsExactly("x held d-2026-04-30 2 1", "y resolved d-2026-04-30 d-2026-03-31 3 1");
  }

  @Test
  void aListThatHasBecomeEmptyRefusesInsteadOfHoldingEveryRow() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            RefineExtractTest.ROWS
                    .replace(
                        "expectations = [",
                        """
                        expectations = [
                          { expect = expect_column_values_to_be_in_set, column = region, value_set_from { extract = boards, column = code }, on_fail = quarantine }
                        """)
                    .stripTrailing()
                    .replaceFirst("}$", "")
                + "  extracts.boards { load = full, columns = [ { name = code, from = area } ] }\n}\n");
    lake.deliver("boards", Load.FULL, "2026-03-31", "North|||");
    lake.deliver("2026-03-31", "North|a|5|50");
    lake.refine();
    lake.deliver("boards", Load.FULL, "2026-04-30");
    lake.deliver("2026-04-30", "North|a|7|70");

    lake.refine();

    assertThat(lake.refusals())
        .isNotEmpty()
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .contains("region must be one of boards.code, and boards has no value there"));
    assertThat(lake.tables().state(TableName.quarantine("rows"))).isEmpty();
  }

  @Test
  void whatAKilledRunHeldLeavesWithItsDelivery() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.refineUntil("before overwrite silver.counts");
    assertThat(story(lake)).containsExactly("x held d-2026-03-31 2 1");
    lake.revise("2026-03-31", 1, "North|a|5|50", "North|b|6|60");

    lake.refine();

    assertThat(lake.silver()).containsExactly("North|a|5|50", "North|b|6|60");
    assertThat(story(lake)).isEmpty();
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
  void aChangeOfTheDayOfAWholeIsTakenToBeInIt() {
    SmallLake lake = lake("");
    lake.deliver(Load.DELTA, "2026-03-31", "North|a|5|50", "South|x|1|1");
    lake.refine();
    lake.revise("2026-03-31", 0, "North|a|7|70");
    lake.refine();

    assertThat(lake.current()).containsExactly("North|a|7|70");
    assertThat(story(lake)).containsExactly("x resolved d-2026-03-31-r0 d-2026-03-31 2 1");
  }

  @Test
  void aRowWasFirstSeenWhenItsEarliestFileCame() {
    SmallLake lake = lake("");
    lake.deliver("2026-04-30", "North|a|5|50", "North|x|1|1");
    lake.refine();
    lake.deliver("2026-03-31", "North|x|1|1", "North|a|5|50");
    lake.refine();

    assertThat(
            lake.rows(
                "quarantine.rows",
                "row",
                "concat_ws(' ', first_seen <= last_seen, first_seen = array_min(occurrences.seen_at),"
                    + " delivery_id, array_join(array_sort(occurrences.delivery_id), ','))"))
        .containsExactly("true true d-2026-04-30 d-2026-03-31,d-2026-04-30");
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
