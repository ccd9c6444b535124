package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cohorts that are counted of other people than before, renamed, or gone. */
@ExtendWith(SharedSpark.class)
class OtherPeopleIT {
  private static final Path EXAMPLE = TestRun.example("ucb1975");
  private static final String LARGE =
      """
      assay {
        cohorts.admitted { models.crude.engine = cells, readiness.compare_with = nothing }
        populations.large = ${assay.populations.applicants} {
          exclude = [ { name = small_departments, when = "department IN ('A', 'B', 'C', 'D', 'E')" } ]
        }
      }
      """;
  private static final String LATE =
      """
      assay {
        cohorts.admitted.population = late
        populations.late = ${assay.populations.applicants} {
          sql = "SELECT department, gender, 1 AS applicants, 1 AS admitted FROM late"
        }
        extracts.late = ${assay.extracts.admissions} { path = "late.csv" }
      }
      """;

  private final SparkSession spark;
  @TempDir private Path folder;

  OtherPeopleIT(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void goldFollowsACohortToAnotherPopulationAndTellsWhoIsGone() throws IOException {
    TestRun lake = TestRun.quick(spark, folder.resolve("lake"));
    Files.copy(EXAMPLE.resolveSibling("admissions.csv"), folder.resolve("admissions.csv"));
    String applicants = Files.readString(EXAMPLE) + LARGE;
    Path conf = Files.writeString(folder.resolve("assay.conf"), applicants);
    lake.run(conf, Map.of());
    assertThat(fitted(lake)).hasSize(6);

    lake.run(conf, Map.of("cohorts.admitted.population", "large")); // its tables begin at 0, too

    assertThat(fitted(lake)).containsExactly("admitted F");
    assertThat(lake.read("ops.publications").count()).isEqualTo(2);

    Files.writeString(conf, (applicants + LATE).replace("cohorts.admitted", "cohorts.again"));
    assertThat(lake.run(conf, Map.of()).remarks())
        .contains(
            new Remark(
                Remark.Kind.WAITING,
                "gold",
                "It keeps admitted, which is no longer configured: of what is configured nothing could be counted yet."));
    assertThat(fitted(lake)).containsExactly("admitted F");

    Files.writeString(conf, applicants.replace("cohorts.admitted", "cohorts.again"));
    assertThat(lake.run(conf, Map.of()).remarks())
        .contains(
            new Remark(
                Remark.Kind.WARNING,
                "admitted",
                "It is no longer configured: its rows leave gold with the next publication."));
    assertThat(fitted(lake)).hasSize(6).allMatch(fit -> fit.startsWith("again "));
  }

  private static List<String> fitted(TestRun lake) {
    return lake
        .read("gold_exact.model_fits")
        .filter("status <> 'held'")
        .orderBy("region")
        .selectExpr("concat_ws(' ', cohort, region)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
