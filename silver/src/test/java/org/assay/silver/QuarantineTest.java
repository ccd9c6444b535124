package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a held row when it comes again, comes right, or comes no more. */
@ExtendWith(SharedSpark.class)
class QuarantineTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  QuarantineTest(SparkSession spark) {
    this.spark = spark;
  }

  private SmallLake lake(String more) {
    return SmallLake.ofRows(spark, folder, more);
  }

  @Test
  void theSameBadRowAgainIsOneRowThatRemembersBoth() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1", "North|x|1|1");
    lake.refine();
    assertThat(lake.story()).containsExactly("x held d-2026-03-31 2 1", "x held d-2026-03-31 3 1");

    lake.deliver("2026-04-30", "North|x|1|1", "North|a|5|50", "South|b|1|10");
    lake.refine();

    assertThat(lake.story())
        .containsExactly("x resolved d-2026-04-30 d-2026-03-31 3 1", "x held d-2026-04-30 1 2");
  }

  @Test
  void aFullDeliveryWithoutTheBadRowResolvesIt() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1", "!broken");
    lake.refine();
    lake.deliver("2026-04-30", "North|a|5|50");

    lake.refine();

    assertThat(lake.story())
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
  void whatAKilledRunHeldLeavesWithItsDelivery() {
    SmallLake lake = lake("");
    lake.deliver("2026-03-31", "North|a|5|50", "North|x|1|1");
    lake.refineUntil("before overwrite silver.counts");
    assertThat(lake.story()).containsExactly("x held d-2026-03-31 2 1");
    lake.revise("2026-03-31", 1, "North|a|5|50", "North|b|6|60");

    lake.refine();

    assertThat(lake.silver()).containsExactly("North|a|5|50", "North|b|6|60");
    assertThat(lake.story()).isEmpty();
  }

  @Test
  void aChangeOfTheDayOfAWholeIsTakenToBeInIt() {
    SmallLake lake = lake("");
    lake.deliver(Load.DELTA, "2026-03-31", "North|a|5|50", "South|x|1|1");
    lake.refine();
    lake.revise("2026-03-31", 0, "North|a|7|70");
    lake.refine();

    assertThat(lake.current()).containsExactly("North|a|7|70");
    assertThat(lake.story()).containsExactly("x resolved d-2026-03-31-r0 d-2026-03-31 2 1");
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
}
