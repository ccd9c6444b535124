package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.sql.SqlMacros;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes that are events over time at risk. */
@ExtendWith(SharedSpark.class)
class RatesTest {
  private static final String CONF =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 1, min_level = 1 }
        extracts.counts {
          load = full
          columns = [
            { name = person, from = area }, { name = sex, from = grp }
            { name = visits, from = ill, type = bigint }, { name = years, from = pop, type = double }
          ]
        }
        populations.people {
          sql = "SELECT 'North' AS region, sex, person, visits, years FROM counts"
          person = person, repeats = allow
          region { code = region }
          factors = [ { name = sex, levels = [F, M], reference = F } ]
        }
        cohorts.attendances {
          population = people
          outcome { events = visits, exposure = years }
          models { crude { terms = sex, primary = true, family = poisson } }
        }
      }
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  RatesTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void cellsCarryTheSumsThatTellRepeatedEventsOfOnePerson() {
    SmallLake lake = new SmallLake(spark, folder, CONF);
    lake.deliver(
        "2026-03-31",
        "p1|F|3|0.5",
        "p1|F|2|0.25",
        "p2|F|0|1",
        "|F|1|0.1",
        "|F|2|0.2",
        "p3|M|4|0.5",
        "p4|M|0|0",
        "p5|M|1|0",
        "p6|M||1",
        "p7|M|-1|1");
    lake.refine();

    assertThat(
            lake.rows(
                "silver.people_cells",
                "sex",
                "concat_ws(' ', sex, n, people, events, exposure, events_sq, events_exposure, exposure_sq)"))
        .containsExactly(
            // p1 is one of four people, with 5 events in 0.75 years
            "F 5 4 8 2.05 30.0 4.25 1.6125", "M 1 1 4 0.5 16.0 2.0 0.25");
    assertThat(
            lake.rows(
                "silver.people_flow",
                "step_order, step",
                "concat_ws(' ', step, kind, rows, people)"))
        .containsExactly(
            "population in 10 10",
            "counted counted 10 10",
            "outcome of attendances impossible impossible 2 2",
            "outcome of attendances not known unknown 2 2");
  }

  /** A group may have died out before it could be counted, and be what the rate is about. */
  @Test
  void timeAtRiskOfPeopleWhoAreNoLongerThereIsCounted() {
    SmallLake lake =
        new SmallLake(
            spark,
            folder,
            CONF.replace("person = person, repeats = allow", "count = residents")
                .replace("sex, person,", "sex, CAST(person AS BIGINT) AS residents,"));
    lake.deliver("2026-03-31", "120|F|3|118.5", "0|M|1|2.3", "0|M|0|0");
    lake.refine();

    assertThat(
            lake.rows(
                "silver.people_cells",
                "sex",
                "concat_ws(' ', sex, n, events, exposure, coalesce(events_sq, 'not known'))"))
        .as("whose events came together is not known of rows that are counts")
        .containsExactly("F 120 3 118.5 not known", "M 0 1 2.3 not known");
  }

  @Test
  void whichRowOfAPersonCountsDoesNotDependOnTheOrderOfRows(@TempDir Path otherFolder) {
    String conf =
        CONF.replace(
            "person = person, repeats = allow",
            "person = person, one_per_person { order_by = [region] }");
    SmallLake lake = new SmallLake(spark, folder, conf);
    lake.deliver("2026-03-31", "p1|F|1|0.75", "p1|F|1|0.25");
    lake.refine();
    SmallLake other = new SmallLake(spark, otherFolder, conf);
    other.deliver("2026-03-31", "p1|F|1|0.25", "p1|F|1|0.75");
    other.refine();

    assertThat(lake.rows("silver.people_cells", "sex", "concat_ws(' ', sex, n, exposure)"))
        .containsExactly("F 1 0.25")
        .isEqualTo(other.rows("silver.people_cells", "sex", "concat_ws(' ', sex, n, exposure)"));
  }

  @Test
  void personYearsAreThoseOfAVersionWithinAPeriod() {
    SqlMacros macros = new SqlMacros(Map.of(), List.of());
    String years =
        macros.expand("person_years(valid_from, valid_to, DATE '2025-01-01', DATE '2026-01-01')");

    assertThat(
            spark
                .sql(
                    "SELECT round(%s * 365.25, 6) AS days FROM VALUES (DATE '2024-06-01', NULL),"
                            .formatted(years)
                        + " (DATE '2025-03-01', DATE '2025-03-31'), (DATE '2025-12-31', NULL),"
                        + " (DATE '2024-01-01', DATE '2025-01-01'), (DATE '2026-02-01', NULL),"
                        + " (CAST(NULL AS DATE), CAST(NULL AS DATE)) AS t(valid_from, valid_to)")
                .collectAsList())
        .extracting(row -> row.get(0))
        .containsExactly(365.0, 30.0, 1.0, 0.0, 0.0, null);
  }

  @Test
  void aRateNeedsAPoissonModelAndTheOtherWayRound() {
    assertThatThrownBy(() -> new SmallLake(spark, folder, CONF.replace("poisson", "binomial")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("models.crude needs family = poisson");
    assertThatThrownBy(() -> new SmallLake(spark, folder, CONF.replace(", exposure = years", "")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("outcome");
    assertThatThrownBy(
            () ->
                new SmallLake(spark, folder, CONF.replace("= poisson", "= poisson, link = logit")))
        .hasMessageContaining("a poisson model has the link log");
  }
}
