package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Populations of several periods over a dimension. */
@ExtendWith(SharedSpark.class)
class PeriodsTest {
  private static final String JANUARY =
      "{ name = jan, index_date = \"2026-01-15\", start = \"2026-01-01\", end = \"2026-02-01\" }";
  private static final String FEBRUARY =
      "{ name = feb, index_date = \"2026-02-15\", start = \"2026-02-01\", end = \"2026-03-01\" }";
  private static final String CONF =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 1, min_level = 1 }
        periods = [ %s ]
        extracts.people {
          load = full, key = [person]
          columns = [ { name = person, from = grp }, { name = practice, from = area }, { name = status, from = ill } ]
        }
        dimensions.member { from = people, type = 2, key = [person], tracked = [practice] }
        populations.members {
          sql = "SELECT practice AS region, 'x' AS grp, status, valid_from FROM member_at(:index_date)"
          exclude = [ { name = joined_later, when = "valid_from > :index_date" } ]
          requires { people = start }
          region { code = region, list = [North, South] }
          factors = [ { name = grp, reference = x } ]
        }
        cohorts.ill {
          population = members
          outcome { column = status, event = [y], non_event = [n] }
          models { crude { terms = "grp", primary = true } }
        }
      }
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  PeriodsTest(SparkSession spark) {
    this.spark = spark;
  }

  private static List<String> cells(SmallLake lake) {
    return lake.rows(
        "silver.members_cells", "period, region", "concat_ws(' ', period, region, n, events)");
  }

  @Test
  void eachPeriodSeesThePeopleOfItsDayAndOnlyWhatIsNewIsCounted() {
    SmallLake lake = new SmallLake(spark, folder, CONF.formatted(JANUARY));
    lake.deliver("people", Load.FULL, "2026-01-01", "North|p1|y|", "North|p2|n|");
    lake.refine();
    assertThat(cells(lake)).containsExactly("jan North 2 1");

    lake.configure(CONF.formatted(JANUARY + ", " + FEBRUARY));
    lake.refine();
    assertThat(cells(lake)).containsExactly("jan North 2 1");
    assertThat(lake.remarks())
        .contains(
            "feb is awaiting people through 2026-02-01 (it has come through 2026-01-01); it has no result yet.");
    assertThat(lake.told()).noneMatch(step -> step.subject().equals("members"));

    lake.deliver("people", Load.FULL, "2026-02-01", "South|p1|y|", "North|p2|n|");
    lake.refine();
    assertThat(cells(lake)).containsExactly("feb North 1 0", "feb South 1 1", "jan North 2 1");
    assertThat(
            lake.rows(
                "silver.members_readiness",
                "period, region",
                "concat_ws(' ', period, region, n, reasons[0].code)"))
        .containsExactly(
            "feb North 1 OUTCOME_CONSTANT",
            "feb South 1 OUTCOME_CONSTANT",
            "jan North 2 FACTOR_SINGLE_LEVEL",
            "jan South 0 REGION_MISSING");

    long readiness = lake.versions().get("silver.members_readiness");
    lake.configure(CONF.formatted(FEBRUARY));
    lake.refine();
    assertThat(cells(lake)).containsExactly("feb North 1 0", "feb South 1 1");
    assertThat(lake.versions().get("silver.members_readiness")).isEqualTo(readiness + 1);
  }

  /** The flow no longer has the period, and the cells still do. */
  @Test
  void aPeriodThatAKilledRunTookOutOfOneTableLeavesTheOtherTooAndIsToldWithItsName() {
    SmallLake lake = new SmallLake(spark, folder, CONF.formatted(JANUARY + ", " + FEBRUARY));
    lake.deliver("people", Load.FULL, "2026-02-01", "North|p1|y|", "North|p2|n|");
    lake.refine();
    lake.configure(CONF.formatted(FEBRUARY));

    lake.refineUntil("before replace silver.members_cells");
    lake.refine();

    assertThat(cells(lake)).containsExactly("feb North 2 1");
    assertThat(lake.remarks())
        .contains("jan is no longer configured: what was counted then is taken out.");
  }

  @Test
  void aPopulationKeepsItsLastResultWhileItsDimensionIsHeld() {
    String closing = "key = [person], deletes = close, tracked = [practice]";
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            CONF.formatted(JANUARY).replace("key = [person], tracked = [practice]", closing));
    lake.deliverAll("people", "2026-01-01", "North|p1|y|", "North|p2|n|");
    lake.refine();
    lake.deliverAll("people", "2026-01-10", "North|p1|n|");
    lake.refine();

    assertThat(lake.refusals())
        .hasSize(1)
        .allMatch(r -> r.contains("would close 1 of 2 members of dimension member (50.0 %)"));
    assertThat(lake.remarks()).contains("It keeps its last result: the latest of member is held.");
    assertThat(cells(lake)).containsExactly("jan North 2 1");

    lake.deliverAll("people", "2026-01-12", "North|p1|n|", "North|p2|n|");
    lake.refine();
    assertThat(lake.refusals()).isEmpty();
    assertThat(cells(lake)).containsExactly("jan North 2 0");
  }

  @Test
  void whatCannotBeBoundIsFoundBeforeAnythingRuns() {
    SmallLake lake = new SmallLake(spark, folder, CONF.formatted(JANUARY));
    assertThat(lake.problems()).isEmpty();
    lake.configure(CONF.replace("periods = [ %s ]", ""));
    assertThat(lake.problems())
        .anyMatch(p -> p.contains("names :index_date, which no period has; list periods"))
        .anyMatch(p -> p.contains("no period has a date; list periods."));
  }
}
