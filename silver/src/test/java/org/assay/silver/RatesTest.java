package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.fixture.SharedSpark;
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
