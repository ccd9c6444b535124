package org.assay.silver.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is looked at when something is delivered, of members that already have versions. */
@ExtendWith(SharedSpark.class)
class AffectedMembersTest {
  private static final LocalDate JANUARY = LocalDate.parse("2026-01-31");
  private static final LocalDate FEBRUARY = LocalDate.parse("2026-02-28");
  private static final LocalDate MARCH = LocalDate.parse("2026-03-31");
  private static final String CLOSING =
      "type = 2, key = [id], tracked = [a], attributes = [b], deletes = close, max_closed = 1";
  private static final String KEEPING =
      "type = 2, key = [id], tracked = [a], attributes = [b], deletes = ignore";

  private final SparkSession spark;
  private final Path folder;

  AffectedMembersTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  @Test
  void ofAWholeDeliveryWhoeverIsNotAsTheyStood() {
    DimensionLake lake = standing(CLOSING);
    lake.deliver("d2", FEBRUARY, Load.FULL, true, next(), List.of("held"));
    assertThat(affected(lake, "d2"))
        .containsExactly("absent", "attribute", "held", "new", "null", "tracked");
  }

  @Test
  void whoIsAbsentOnlyWhereAbsenceCloses() {
    DimensionLake lake = standing(KEEPING);
    lake.deliver("d2", FEBRUARY, Load.FULL, true, next(), List.of("held"));
    assertThat(affected(lake, "d2")).containsExactly("attribute", "held", "new", "null", "tracked");
  }

  @Test
  void whoWasHeldAndIsThereAsTheyStood() {
    DimensionLake lake = standing(CLOSING);
    lake.deliver("d2", FEBRUARY, Load.FULL, true, next(), List.of("held"));
    lake.refine(false);
    lake.deliver("d3", MARCH, Load.FULL, true, with(next(), "held|x|1"), List.of());
    assertThat(affected(lake, "d3")).containsExactly("held");
  }

  @Test
  void ofADeltaWhoeverItIsAbout() {
    DimensionLake lake = standing(CLOSING);
    lake.deliver(
        "d2", FEBRUARY, Load.DELTA, false, List.of("same|x|1", "new|x|1"), List.of("held"));
    assertThat(affected(lake, "d2")).containsExactly("held", "new", "same");
  }

  @Test
  void everyoneOfSeveralDeliveriesThatCloseAndOfTooManyChanges() {
    DimensionLake lake = standing(CLOSING);
    lake.deliver("d2", FEBRUARY, Load.FULL, true, next(), List.of());
    assertThat(among(lake, 6, "d2")).hasSize(5); // of six: who is new does not stand
    assertThat(among(lake, 5, "d2")).hasSize(7);
    lake.deliver("d3", MARCH, Load.FULL, true, next(), List.of());
    assertThat(among(lake, 6, "d2", "d3")).hasSize(7);
  }

  private DimensionLake standing(String declared) {
    DimensionLake lake = new DimensionLake(spark, folder, declared);
    lake.deliver(
        "d1",
        JANUARY,
        Load.FULL,
        true,
        List.of(
            "absent|x|1",
            "attribute|x|1",
            "held|x|1",
            "null|x|",
            "same|x|1",
            "same_null||1",
            "tracked|x|1"),
        List.of());
    lake.refine(false);
    return lake;
  }

  private static List<String> next() {
    return List.of(
        "attribute|x|2", "new|x|1", "null|x|1", "same|x|1", "same_null||1", "tracked|y|1");
  }

  private static List<String> with(List<String> rows, String row) {
    return Stream.concat(rows.stream(), Stream.of(row)).toList();
  }

  /** Members that stand or are delivered, and may be told something new. */
  private static List<String> affected(DimensionLake lake, String delivery) {
    lake.write();
    Dataset<Row> table = lake.tables().read(lake.dimension().table());
    Dataset<Row> silver = lake.tables().read(TableName.silver("people"));
    try (DerivedVersions derived =
        DerivedVersions.since(
            table,
            lake.dimension(),
            lake.deliveries(delivery),
            silver,
            lake.heldMembers(delivery),
            true)) {
      return ids(derived.affected().of(table.select("id").union(silver.select("id"))));
    }
  }

  /**
   * Members that stand and may be told something new, or all if there are more than {@code most}.
   */
  private static List<String> among(DimensionLake lake, long most, String... deliveries) {
    lake.write();
    Dataset<Row> table = lake.tables().read(lake.dimension().table());
    Events events = new Events(lake.dimension(), lake.deliveries(deliveries));
    try (AffectedMembers affected =
        AffectedMembers.of(
            lake.dimension(),
            lake.deliveries(deliveries),
            events.values(lake.tables().read(TableName.silver("people"))),
            events.standing(table),
            most)) {
      return ids(affected.of(table));
    }
  }

  private static List<String> ids(Dataset<Row> rows) {
    return rows.select("id").distinct().orderBy("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
