package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model that is fitted to women and men apart. */
@ExtendWith(SharedSpark.class)
class StrataTest {
  private static final String CONF =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 1, min_level = 1, outcome_not_known { warn = 0.01, hold = 0.05 } }
        extracts.counts {
          load = full
          columns = [
            { name = group, from = area }, { name = sex, from = grp }
            { name = ill, type = bigint }, { name = people, from = pop, type = bigint }
          ]
        }
        populations.residents {
          sql     = "SELECT 'North' AS region, group, sex, ill, people FROM counts"
          count   = people
          region  { code = region }
          factors = [
            { name = group, levels = [a, b], reference = a, interest = true }
            { name = sex, levels = [F, M], reference = F }
          ]
        }
        cohorts.illness {
          population = residents
          outcome { events = ill }
          models {
            full { terms = "group + sex", primary = true }
            by_sex { terms = group, strata = sex }
          }
        }
      }
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  StrataTest(SparkSession spark) {
    this.spark = spark;
  }

  /** 300 of 10,000 are 3 %, of the region as of a half of it. */
  @Test
  void outcomesThatAreNotKnownAreCountedAmongThePeopleTheyAreOf() {
    SmallLake lake = new SmallLake(spark, folder, CONF);
    lake.deliver(
        "2026-03-31",
        "a|F|900|2425",
        "b|F|500|2425",
        "a|M|800|2425",
        "b|M|700|2425",
        "a|F||150",
        "b|M||150");
    lake.refine();

    assertThat(
            lake.rows(
                "silver.residents_readiness",
                "model",
                "concat_ws(' ', model, status, n, reasons[0].code, reasons[0].sentence)"))
        .hasSize(3)
        .allMatch(
            line ->
                line.endsWith(
                    "OUTCOME_OFTEN_NOT_KNOWN The outcome is not known for 300 of 10,000 people (3.0"
                        + " %); at most 1.0 % may be."));
  }
}
