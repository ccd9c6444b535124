package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Populations of small deliveries, from silver to the flow, the cells and the regions. */
@ExtendWith(SharedSpark.class)
class RefinePopulationTest {
  private static final String COUNTED =
      RefineExtractTest.ROWS
          + """
      assay {
        populations.residents {
          sql = "SELECT * FROM counts"
          count = people
          exclude = [ { name = total, when = "grp = 'all'" } ]
          region { code = region }
          factors = [ { name = grp, reference = a, interest = true } ]
        }
        cohorts.illness {
          population = residents
          outcome { events = ill }
          models { crude { terms = grp, primary = true } }
        }
      }
      """;

  private final SparkSession spark;
  private SmallLake lake;
  @TempDir private Path folder;

  RefinePopulationTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    lake = new SmallLake(spark, folder, COUNTED);
  }

  @Test
  void aNewDeliveryAddsRowsAndReplacesTheCurrentState() {
    lake.configure(COUNTED);
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|all|11|110");
    lake.refine();
    lake.deliver("2026-04-30", "North|a|7|70", "North|b|8|80");

    lake.refine();

    assertThat(lake.silver()).hasSize(5);
    assertThat(
            lake.tables()
                .read(TableName.silver("residents_cells"))
                .orderBy("grp")
                .selectExpr("n")
                .collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(70L, 80L);
  }

  @Test
  void aSecondRunWritesNothing() {
    lake.configure(COUNTED);
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "North|x|1|1");
    lake.refine();
    Map<String, Long> before = lake.versions();

    lake.refine();

    assertThat(lake.versions()).isEqualTo(before);
    assertThat(lake.told()).isEmpty();
  }

  @Test
  void everyRowOfAPopulationIsExcludedByNameUnknownOrCounted() {
    lake.configure(COUNTED.replace("key = [region, grp]", "").replace("grp = 'all'", "ill > 8"));
    lake.deliver(
        "2026-03-31", "North|a|5|50", "North|b||60", "North|a|9|90", "|b|3|30", "North||2|20");

    lake.refine();

    List<String> flow =
        lake
            .tables()
            .read(TableName.silver("residents_flow"))
            .orderBy("region", "step_order", "kind")
            .selectExpr("concat_ws(' ', coalesce(region, 'null'), step, kind, rows, people)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(flow)
        .containsExactly(
            "null population in 1 30",
            "null counted counted 1 30",
            "North population in 4 220",
            "North total excluded 1 90",
            "North total not known unknown 1 60",
            "North counted counted 2 70");
    assertThat(
            lake.tables()
                .read(TableName.silver("residents_cells"))
                .filter("grp = 'Not known'")
                .count())
        .isEqualTo(1);
  }

  @Test
  void rowsThatDoNotSayHowManyTheyCountAreUnknownWhateverTheirEvents() {
    lake.configure(
        COUNTED.replace(
            "column = people, on_fail = quarantine", "column = people, on_fail = warn"));
    lake.deliver(
        "2026-03-31", "East|a|1|9", "East|b|1|9", "North|a|5|50", "North|b|-1|", "South|a|3|");

    lake.refine();

    assertThat(
            lake.rows(
                "silver.residents_flow",
                "region, step_order",
                "concat_ws(' ', region, step, kind, rows, people)"))
        .containsExactly(
            "East population in 2 18",
            "East counted counted 2 18",
            "North population in 2 50",
            "North count not known unknown 1 0",
            "North counted counted 1 50",
            "South population in 1 0",
            "South count not known unknown 1 0");
  }

  @Test
  void cellsAreInTheOrderOfRegionOutcomeAndLevels() {
    String another =
        COUNTED.substring(COUNTED.indexOf("cohorts.illness"), COUNTED.lastIndexOf('}'));
    lake.configure(
        COUNTED
            .replace("key = [region, grp]", "")
            .replace("cohorts.illness", another.replace("illness", "absence") + "cohorts.illness"));
    lake.deliver(
        "2026-03-31", "South|b|1|9", "South|a|1|8", "|b|1|7", "North|b|0|6", "North|all|9|90");

    lake.refine();

    assertThat(lake.tables().read(TableName.silver("residents_cells")).collectAsList())
        .extracting(
            row ->
                "%s %s %s %s"
                    .formatted(
                        row.getAs("region"),
                        row.getAs("outcome"),
                        row.getAs("grp"),
                        row.getAs("n")))
        .containsExactly(
            "null absence b 7",
            "null illness b 7",
            "North absence b 6",
            "North illness b 6",
            "South absence a 8",
            "South absence b 9",
            "South illness a 8",
            "South illness b 9");
  }

  @Test
  void countsThatCannotBeTrueHoldTheirRegionAndNoOther() {
    lake.deliver(
        "2026-03-31", "North|a|5|50", "North|b|6|60", "NA|a|2|1", "South|b|-1|9", "South|a|3|30");

    lake.refine();

    assertThat(
            lake.rows(
                "silver.residents_readiness",
                "region",
                "concat_ws(' ', coalesce(region, 'null'), status, n, array_join(reasons.sentence, ' '))"))
        .containsExactly(
            "NA held 0 The region is \"NA\" for 0 people. In 1 row the events are negative or more than the people they are counted among.",
            "North fitted 110 There are as many coefficients as groups of people (2), so the model only"
                + " repeats them.",
            "South held 30 In 1 row the events are negative or more than the people they are counted among.");
    assertThat(
            lake.rows(
                "silver.residents_flow",
                "region, step_order",
                "concat_ws(' ', coalesce(region, 'null'), step, kind, rows, people)"))
        .contains(
            "NA outcome of illness impossible impossible 1 1",
            "South outcome of illness impossible impossible 1 9");
  }

  @Test
  void everyRegionIsJudgedForEveryModel() {
    lake.configure(COUNTED);
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60", "NA|a|0|1", "South|a|3|30");

    lake.refine();

    assertThat(
            lake.tables()
                .read(TableName.silver("residents_readiness"))
                .orderBy("region")
                .selectExpr("concat_ws(' ', region, status, reasons[0].code)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "NA held REGION_UNKNOWN", "North fitted SATURATED", "South held LEVEL_EMPTY");
  }

  @Test
  void whatStandsOnOlderDataIsStaleUntilItIsNot() {
    lake.configure(COUNTED.replace("load = full", "load = full\nmax_quarantined = 0.4"));
    lake.deliver("2026-03-31", "North|a|5|50", "North|b|6|60");
    lake.refine();
    assertThat(lake.stale()).isEmpty();
    lake.deliver("2026-04-30", "North|a|5|50", "North|x|1|1");
    lake.refine();
    assertThat(lake.stale()).containsExactly("illness 2026-03-31 2026-04-30");
    assertThat(lake.remarks())
        .contains("It keeps its last result: the latest counts cannot be used.");

    lake.deliver("2026-05-31", "North|a|5|50", "North|b|6|60");
    lake.refine();

    assertThat(lake.stale()).isEmpty();
  }
}
