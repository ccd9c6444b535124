package org.assay.silver.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.ProofFailedException;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cases of a dimension's history that have names. */
@ExtendWith(SharedSpark.class)
class RefineDimensionTest {
  private static final String TYPE_2 =
      "type = 2, key = [id], tracked = [a], attributes = [b], deletes = close";

  private final SparkSession spark;
  @TempDir private Path folder;

  RefineDimensionTest(SparkSession spark) {
    this.spark = spark;
  }

  private static LocalDate day(String date) {
    return LocalDate.parse("2026-" + date);
  }

  private static List<String> people(int from, int to) {
    return IntStream.range(from, to).mapToObj("p%02d|x|1"::formatted).toList();
  }

  @Test
  void aDeliveryThatWouldCloseTooManyIsHeldUntilAWholeOneComes() {
    DimensionLake lake = new DimensionLake(spark, folder, TYPE_2);
    lake.deliver("d1", day("01-01"), Load.FULL, true, people(0, 20), List.of());
    assertThat(lake.refine(false)).isTrue();
    lake.deliver("d2", day("02-01"), Load.FULL, true, people(0, 12), List.of());

    assertThat(lake.refine(false)).isFalse();
    assertThat(lake.refusals())
        .containsExactly(
            "people-2026-02-01-d2.csv would close 8 of 20 members of dimension person (40.0 %), and"
                + " max_closed allows 10.0 %. It is held, and what depends on person keeps its last"
                + " result. Ask for the whole of it; if so many really left, raise"
                + " dimensions.person.max_closed.");
    assertThat(lake.versions()).hasSize(20).allMatch(row -> row.endsWith("2026-01-01|.|."));
    assertThat(lake.run(false)).isFalse();

    lake.deliver("add", day("02-15"), Load.DELTA, false, List.of("p01|y|1"), List.of());
    assertThat(lake.refine(false)).isFalse(); // who changed since does not make it whole
    assertThat(lake.versions()).contains("p01|y|1|2026-02-15|.|.");
    assertThat(lake.run(false)).isFalse();

    lake.deliver("d3", day("03-01"), Load.FULL, true, people(1, 21), List.of());
    assertThat(lake.refine(false)).isTrue();
    List<String> merged = lake.versions();
    assertThat(merged)
        .hasSize(23)
        .contains("p00|x|1|2026-01-01|2026-03-01|.", "p20|x|1|2026-03-01|.|.");
    assertThat(lake.run(true)).isTrue();
    assertThat(lake.versions()).isEqualTo(merged);
    assertThat(lake.remarks()).anyMatch(r -> r.startsWith("people-2026-02-01-d2.csv would close"));
  }

  /** As one delivery after the other would have it, and with it as many who are current. */
  @Test
  void aDeliveryIsHeldAlsoWhereALaterOneOverwritesWhatItWouldClose() {
    DimensionLake lake =
        new DimensionLake(
            spark, folder, "type = 1, key = [id], attributes = [a, b], deletes = close");
    lake.deliver("d1", day("01-01"), Load.FULL, true, people(0, 20), List.of());
    lake.refine(false);
    lake.deliver("d2", day("02-01"), Load.FULL, true, people(0, 12), List.of());
    lake.deliver("d3", day("03-01"), Load.FULL, true, people(0, 20), List.of());

    assertThat(lake.refine(false)).isTrue();
    assertThat(lake.remarks()).anyMatch(r -> r.startsWith("people-2026-02-01-d2.csv would close"));
    List<String> merged = lake.versions();
    assertThat(merged).hasSize(20).allMatch(row -> row.endsWith("|2026-01-01|.|."));
    lake.deliver("d4", day("04-01"), Load.FULL, true, people(0, 17), List.of());
    assertThat(lake.refine(false)).isFalse();
    assertThat(lake.refusals()).anyMatch(r -> r.contains("would close 3 of 20 members"));
    lake.run(true);
    assertThat(lake.versions()).isEqualTo(merged);
  }

  @Test
  void versionsThatDoNotFitTogetherAreNotWritten() {
    DimensionLake lake = new DimensionLake(spark, folder, TYPE_2);
    lake.deliver("d1", day("01-01"), Load.FULL, true, people(0, 20), List.of());
    lake.refine(false);
    TableName table = lake.dimension().table();
    lake.tables()
        .append(
            table,
            lake.tables()
                .read(table)
                .filter("id = 'p03'")
                .selectExpr(
                    "id",
                    "a",
                    "b",
                    "date_sub(valid_from, 1) AS valid_from",
                    "date_add(valid_from, 9) AS valid_to",
                    "false AS is_current",
                    "held_since"),
            lake.tables().state(table).orElseThrow().note().orElseThrow());
    long tampered = lake.version();
    lake.deliver("d2", day("02-01"), Load.DELTA, false, List.of("p03|y|1"), List.of());

    assertThatThrownBy(() -> lake.refine(false))
        .isInstanceOf(ProofFailedException.class)
        .hasMessageContaining("of 1 members, 1 versions overlap")
        .hasMessageEndingWith("Nothing was written. Rebuild it with run --rebuild silver.");
    assertThat(lake.version()).isEqualTo(tampered);
    assertThat(lake.run(true)).isTrue();
    assertThat(lake.versions())
        .hasSize(21)
        .contains("p03|x|1|2026-01-01|2026-02-01|.", "p03|y|1|2026-02-01|.|.");
  }

  @Test
  void absenceSaysNothingWhereAKeyCannotBeReadOrNobodySaidThatItDoes() {
    DimensionLake lake = new DimensionLake(spark, folder, TYPE_2);
    lake.deliver("d1", day("01-01"), Load.FULL, true, people(0, 20), List.of());
    lake.deliver("d2", day("02-01"), Load.FULL, true, people(0, 19), Arrays.asList((String) null));
    lake.deliver("d3", day("03-01"), Load.FULL, false, people(0, 19), List.of());
    lake.refine(false);

    assertThat(lake.versions()).hasSize(20).allMatch(row -> row.endsWith("|.|."));
    assertThat(lake.remarks())
        .containsExactly(
            "people-2026-02-01-d2.csv closes nothing: of 1 row the key cannot be read.",
            "people-2026-03-01-d3.csv closes nothing: no manifest says that it is exhaustive.");
  }

  @Test
  void rowsMaySayThemselvesFromWhenTheyHold() {
    DimensionLake lake =
        new DimensionLake(
            spark,
            folder,
            "id, since",
            "type = 2, key = [id], tracked = [a], attributes = [b], effective = since");
    lake.deliver(
        "d1",
        day("03-01"),
        Load.DELTA,
        false,
        List.of("p|x|1|2026-01-10", "p|y|1|2026-02-10", "p|y|2|2026-02-20"),
        List.of());
    lake.refine(false);
    assertThat(lake.versions())
        .containsExactly("p|x|1|2026-01-10|2026-02-10|.", "p|y|2|2026-02-10|.|.");

    lake.deliver("d2", day("04-01"), Load.DELTA, false, List.of("p|z|9|2026-02-15"), List.of());
    lake.refine(false);
    assertThat(lake.versions())
        .containsExactly(
            "p|x|1|2026-01-10|2026-02-10|.",
            "p|y|1|2026-02-10|2026-02-15|.",
            "p|z|9|2026-02-15|2026-02-20|.",
            "p|y|2|2026-02-20|.|.");
  }

  @Test
  void whatAFullDeliveryNoLongerSaysOfALaterDateIsTakenBack() {
    DimensionLake lake =
        new DimensionLake(
            spark,
            folder,
            "id, since",
            "type = 2, key = [id], tracked = [a], attributes = [b], effective = since,"
                + " deletes = close, max_closed = 1");
    lake.deliver(
        "d1",
        day("01-01"),
        Load.FULL,
        true,
        List.of("p|x|1|2025-01-10", "p|y|1|2025-02-10", "q|x|1|2026-03-01", "r|x|1|2025-01-10"),
        List.of());
    lake.deliver("d2", day("02-01"), Load.FULL, true, List.of("p|x|1|2025-01-10"), List.of());
    lake.refine(false);
    assertThat(lake.versions())
        .containsExactly("p|x|1|2025-01-10|.|.", "r|x|1|2025-01-10|2026-02-01|.");

    lake.deliver(
        "d3",
        day("03-01"),
        Load.FULL,
        true,
        List.of("p|x|1|2025-01-10", "r|x|1|2025-01-10"),
        List.of());
    lake.refine(false);
    assertThat(lake.versions())
        .as("who holds since before he was absent")
        .containsExactly("p|x|1|2025-01-10|.|.", "r|x|1|2025-01-10|.|.");
  }

  @Test
  void aNewColumnVersionsOnlyWhoDiffers() {
    DimensionLake lake =
        new DimensionLake(spark, folder, "type = 2, key = [id], tracked = [a], attributes = []");
    lake.deliver("d1", day("01-01"), Load.FULL, true, List.of("p|x|", "q|x|", "r|x|"), List.of());
    lake.refine(false);
    lake.configure("id", "type = 2, key = [id], tracked = [a, b], attributes = []");
    lake.deliver(
        "d2", day("02-01"), Load.FULL, true, List.of("p|x|new", "q|x|", "r|x|"), List.of());
    lake.refine(false);

    assertThat(lake.versions())
        .containsExactly(
            "p|x|.|2026-01-01|2026-02-01|.",
            "p|x|new|2026-02-01|.|.",
            "q|x|.|2026-01-01|.|.",
            "r|x|.|2026-01-01|.|.");

    lake.configure("id", "type = 2, key = [id], tracked = [a], attributes = [b]");
    lake.refine(false);
    assertThat(lake.versions())
        .containsExactly("p|x|new|2026-01-01|.|.", "q|x|.|2026-01-01|.|.", "r|x|.|2026-01-01|.|.");
  }

  @Test
  void whatIsSaidTwiceOfOneDayIsDecidedAndTold() {
    DimensionLake lake = new DimensionLake(spark, folder, TYPE_2);
    lake.deliver("d2", day("01-01"), Load.DELTA, false, List.of("p|y|1", "q|x|1"), List.of());
    lake.deliver("d1", day("01-01"), Load.DELTA, false, List.of("p|x|1", "q|x|1"), List.of());
    lake.refine(false);

    assertThat(lake.versions()).containsExactly("p|y|1|2026-01-01|.|.", "q|x|1|2026-01-01|.|.");
    assertThat(lake.remarks())
        .containsExactly(
            "Deliveries said different things of one member and day once; the last of them counts.");
  }

  @Test
  void aDimensionThatCannotBeMadeIsRefusedBeforeAnythingRuns() {
    assertThatThrownBy(
            () ->
                new DimensionLake(
                    spark, folder, "type = 3, key = [nhs], tracked = [c], effective = a"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("3 is not 1 or 2")
        .hasMessageContaining("\"nhs\" is not in the key of people (id)")
        .hasMessageContaining("\"c\" is not a column of people; it has id, a, b, since.")
        .hasMessageContaining("a must have type = date");
  }
}
