package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Populations whose rows are one person's each: who is counted, and how often. */
@ExtendWith(SharedSpark.class)
class PeopleAsRowsTest {
  private static final String STAYS =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 1, min_level = 0 }
        extracts.counts {
          load = full
          key = [stay]
          columns = [
            { name = stay, from = area }
            { name = patient, from = grp }
            { name = sex, from = ill }
            { name = status, from = pop }
          ]
        }
        populations.inpatients {
          sql = "SELECT stay, patient, 'North' AS region, sex, status FROM counts"
          unit = [stay]
          PERSON
          exclude = [ { name = day_cases, when = "status = 'Day case'" } ]
          region { code = region }
          factors = [ { name = sex, levels = [F, M], reference = F, interest = true } ]
        }
        cohorts.death {
          population = inpatients
          outcome { column = status, event = [Died], non_event = [Alive] }
          models { crude { terms = sex, primary = true } }
        }
      }
      """;
  private static final String[] ROWS = {
    "s1|p1|F|Alive",
    "s2|p1|F|Died",
    "s3|p2|M|Alive",
    "s4|p2|M|Transferred",
    "s5|p3||Died",
    "s6|p3|F|Day case",
    "s7||M|Alive",
    "s8||M|Alive"
  };

  private final SparkSession spark;
  private SmallLake lake;
  @TempDir private Path folder;

  PeopleAsRowsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliver() {
    lake = new SmallLake(spark, folder, STAYS.replace("PERSON", ""));
    lake.deliver("2026-03-31", ROWS);
  }

  private List<String> cells() {
    return lake.rows("silver.inpatients_cells", "sex", "concat_ws(' ', sex, n, people, events)");
  }

  private List<String> flow() {
    return lake.rows(
        "silver.inpatients_flow", "step_order, kind", "concat_ws(' ', step, kind, rows)");
  }

  private List<String> remarks() {
    return lake.told().stream()
        .flatMap(step -> step.remarks().stream())
        .map(remark -> remark.sentence())
        .toList();
  }

  @Test
  void anythingButEventAndNonEventIsUnknownAndCounted() {
    lake.refine();

    assertThat(cells()).containsExactly("F 2 2 1", "M 3 3 0", "Not known 1 1 1");
    assertThat(flow())
        .containsExactly(
            "population in 8",
            "day_cases excluded 1",
            "counted counted 7",
            "outcome of death not known unknown 1");
    assertThat(remarks()).contains("outcome of death not known in 1 row; they are not counted.");
  }

  /** Both are told alike, but one list has a value more. */
  @Test
  void valuesOfTheOutcomeThatAreOnlyDividedOtherwiseAreCountedAnew() {
    lake.configure(STAYS.replace("PERSON", "").replace("[Died]", "[\"Died, Expired\"]"));
    lake.refine();
    assertThat(cells()).containsExactly("F 1 1 0", "M 3 3 0");

    lake.configure(STAYS.replace("PERSON", "").replace("[Died]", "[Died, Expired]"));
    lake.refine();

    assertThat(cells()).containsExactly("F 2 2 1", "M 3 3 0", "Not known 1 1 1");
  }

  @Test
  void aPersonWithSeveralRowsIsOneOfThePeopleAndIsTold() {
    lake.configure(STAYS.replace("PERSON", "person = patient"));

    lake.refine();

    assertThat(cells()).containsExactly("F 2 1 1", "M 3 3 0", "Not known 1 1 1");
    assertThat(remarks())
        .contains(
            "2 of 7 rows are of people who are counted already (patient); a model takes each row"
                + " for another person. Choose each person's first row with one_per_person.");
  }

  @Test
  void repeatsMayHoldTheirRegion() {
    lake.configure(STAYS.replace("PERSON", "person = patient, repeats = hold"));

    lake.refine();

    assertThat(
            lake.rows(
                "silver.inpatients_readiness",
                "region",
                "concat_ws(' ', region, status, array_join(reasons.sentence, ' '))"))
        .singleElement()
        .asString()
        .startsWith("North held")
        .contains(
            "2 rows of 7 are of people who are counted already; a model takes each row for another"
                + " person.");
    assertThat(lake.rows("silver.inpatients_flow", "step", "concat_ws(' ', step, kind, rows)"))
        .contains("people counted again repeated 2");
  }

  @Test
  void repeatsThatAreAllowedAreNotTold() {
    lake.configure(STAYS.replace("PERSON", "person = patient, repeats = allow"));

    lake.refine();

    assertThat(cells()).containsExactly("F 2 1 1", "M 3 3 0", "Not known 1 1 1");
    assertThat(remarks()).noneMatch(sentence -> sentence.contains("counted already"));
  }

  @Test
  void onlyThePersonsFirstRowIsCountedAndTheOthersAreNamed() {
    lake.configure(
        STAYS.replace("PERSON", "person = patient, one_per_person { order_by = [\"stay desc\"] }"));

    lake.refine();

    assertThat(cells()).containsExactly("F 1 1 1", "Not known 1 1 1");
    assertThat(flow())
        .containsExactly(
            "population in 8",
            "day_cases excluded 1",
            "one_per_person excluded 2",
            "one_per_person not known unknown 2",
            "counted counted 3",
            "outcome of death not known unknown 1");
    assertThat(remarks()).contains("one_per_person not known in 2 rows; they are not counted.");
  }

  @Test
  void anExcludedRowIsNobodysFirst() {
    lake.configure(
        STAYS
            .replace("PERSON", "person = patient, one_per_person { order_by = [stay] }")
            .replace("status = 'Day case'", "stay IN ('s1', 's6')"));

    lake.refine();

    assertThat(cells()).containsExactly("F 1 1 1", "M 1 1 0", "Not known 1 1 1");
  }

  @Test
  void aUnitThatIsLostOrDoubledStopsThePopulation() {
    lake.configure(
        STAYS
            .replace("PERSON", "")
            .replace(
                "FROM counts",
                "FROM counts JOIN VALUES ('p1'), ('p1'), ('p2') AS known(id) ON patient = id"));

    lake.refine();

    assertThat(lake.refusals().get(0))
        .startsWith(
            "Population inpatients cannot be counted: of 8 units (stay) in counts, 4 do not come"
                + " back from its query and 2 come back more than once.");
    assertThat(lake.versions()).doesNotContainKey("silver.inpatients_cells");
  }
}
