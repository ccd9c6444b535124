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

/** Regions that are listed, that are not, and that come and go. */
@ExtendWith(SharedSpark.class)
class ListedRegionsTest {
  private static final String CONF =
      """
      assay {
        null_tokens = [""]
        readiness { min_cohort = 10, min_level = 1 }
        extracts.counts {
          load = full
          columns = [
            { name = region, from = area }, { name = grp }
            { name = ill, type = bigint }, { name = people, from = pop, type = bigint }
          ]
        }
        extracts.boards {
          load = full
          columns = [ { name = code, from = area }, { name = opened, from = grp, type = date }, { name = closed, from = ill, type = date } ]
        }
        populations.residents {
          sql = "SELECT * FROM counts"
          count = people
          region { code = region, LIST }
          factors = [ { name = grp, reference = a, interest = true } ]
        }
        cohorts.illness {
          population = residents
          outcome { events = ill }
          models { crude { terms = grp, primary = true } }
        }
      }
      """;
  private static final String[] COUNTS = {
    "North|a|5|50", "North|b|6|60", "South|a|5|50", "South|b|6|60", "Nroth|a|1|10", "Nroth|b|2|10"
  };

  private final SparkSession spark;
  @TempDir private Path folder;

  ListedRegionsTest(SparkSession spark) {
    this.spark = spark;
  }

  private SmallLake lake(String list) {
    return new SmallLake(spark, folder, CONF.replace("LIST", list));
  }

  private static List<String> decided(SmallLake lake) {
    return lake.rows(
        "silver.residents_readiness",
        "region",
        "trim(concat_ws(' ', region, status, array_join(filter(reasons.code, c -> c <> 'SATURATED'), ',')))");
  }

  @Test
  void aRegionIsOneForAsLongAsItIsListed() {
    String dated =
        "list { extract = boards, code = code, valid_from = opened, valid_to = closed, on = \"%s\" }";
    SmallLake lake = lake(dated.formatted("2026-03-31"));
    lake.deliver(
        "boards",
        Load.FULL,
        "2026-03-31",
        "North||2026-04-01|",
        "South|||",
        "West|2020-01-01||",
        "East|2026-04-01||");
    lake.deliver("2026-03-31", COUNTS);
    lake.refine();

    assertThat(decided(lake))
        .containsExactly(
            "North fitted",
            "Nroth held REGION_UNLISTED",
            "South fitted",
            "West held REGION_MISSING");

    lake.configure(CONF.replace("LIST", dated.formatted("2026-04-01")));
    lake.refine();

    assertThat(decided(lake))
        .containsExactly(
            "East held REGION_MISSING",
            "North held REGION_UNLISTED",
            "Nroth held REGION_UNLISTED",
            "South fitted",
            "West held REGION_MISSING");
  }

  @Test
  void tooManyPeopleInRegionsThatAreNotListedStopThePopulation() {
    SmallLake lake = lake("list = [North, South], refuse_above = 0.05");
    lake.deliver("2026-03-31", COUNTS);
    lake.refine();

    assertThat(lake.refusals())
        .containsExactly(
            "20 of 240 people (8.3 %) are in 1 region that populations.residents.region.list does not"
                + " have; populations.residents.region.refuse_above allows 5.0 %. Correct the regions"
                + " or the list, or change refuse_above.");

    lake.configure(CONF.replace("LIST", "list = [North, South]"));
    lake.refine();
    assertThat(decided(lake))
        .containsExactly("North fitted", "Nroth held REGION_UNLISTED", "South fitted");
  }

  @Test
  void aListWithoutRegionsStopsThePopulationAndHoldsNone() {
    SmallLake lake = lake("list { extract = boards, code = code }");
    lake.deliver("boards", Load.FULL, "2026-03-31", "|||");
    lake.deliver("2026-03-31", COUNTS);
    lake.refine();

    assertThat(lake.refusals())
        .containsExactly(
            "The list of regions of population residents, boards, is empty, so no region can be judged."
                + " Deliver boards with its regions, and run again.");
  }

  @Test
  void aListMustHaveItsColumns() {
    SmallLake lake =
        lake("list { extract = boards, code = kode, valid_from = code, on = \"2026-03-31\" }");

    assertThat(lake.problems())
        .containsExactly(
            "line 18: column kode does not exist; boards has: code, opened, closed.",
            "line 18: code is string; give it type = date.");
  }
}
