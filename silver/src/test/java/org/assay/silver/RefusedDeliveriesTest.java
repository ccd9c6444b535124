package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of which too much is held, and what becomes of them later. */
@ExtendWith(SharedSpark.class)
class RefusedDeliveriesTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  RefusedDeliveriesTest(SparkSession spark) {
    this.spark = spark;
  }

  private SmallLake lake(String more) {
    return SmallLake.ofRows(spark, folder, more);
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
  void whatARunDidNotLiveToTellIsJudgedAgain() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.refine();
    lake.forget("metrics"); // as if the run had been killed before it told

    lake.refine();

    assertThat(lake.rows("ops.metrics", "metric", "concat_ws(' ', metric, value)"))
        .contains("size() 2.0");
    assertThat(lake.silver()).containsExactly("North|a|5|50");
    assertThat(lake.story()).containsExactly("x held d-2026-03-31 2 1");
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
    assertThat(lake.story()).hasSize(2);
  }

  @Test
  void aDeliveryThatWasRefusedAndNowIsNotResolvesWhatCameBefore() {
    SmallLake lake = lake("max_quarantined = 0.4");
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|y|1|1");
    lake.deliver("2026-04-30", "North|a|5|50", "North|x|1|1");
    lake.refine();
    assertThat(lake.refusals()).hasSize(1);
    assertThat(lake.story()).containsExactly("y held d-2026-03-31 3 1");

    lake.configure(RefineExtractTest.ROWS.replace("mostly = 0.5", "mostly = 0.1"));
    lake.refine();

    assertThat(lake.refusals()).isEmpty();
    assertThat(lake.story())
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
}
