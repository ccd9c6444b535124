package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.gold.GoldPublish;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.glm.ProfiledFitter;
import org.assay.jobs.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose estimates do not solve their score equations. */
@ExtendWith(SharedSpark.class)
class DefectiveEngineIT {
  private static final Path UCB = TestRun.example("ucb1975");
  private final SparkSession spark;

  DefectiveEngineIT(SparkSession spark) {
    this.spark = spark;
  }

  /** Stops a step before the maximum. */
  private record Hasty() implements ProfiledFitter {
    private static final Irls SOUND = new Irls();

    @Override
    public GlmFit fit(GlmProblem problem) {
      double[] beta = ((GlmFit.Converged) SOUND.fit(problem)).beta().clone();
      beta[0] += 1e-3;
      return new GlmFit.Converged(beta, 3);
    }

    @Override
    public double objective(GlmProblem problem, double[] beta) {
      return SOUND.objective(problem, beta);
    }

    @Override
    public double[] score(GlmProblem problem, double[] beta) {
      return SOUND.score(problem, beta);
    }

    @Override
    public GlmFit fitBut(GlmProblem problem, double[] start, int... fixed) {
      return SOUND.fitBut(problem, start, fixed);
    }
  }

  @Test
  void stopsItsCohortWhichKeepsItsLastResult(@TempDir Path folder) {
    TestRun ucb = new TestRun(spark, folder.resolve("lake"));
    Map<String, String> cells = Map.of("cohorts.admitted.models.crude.engine", "cells");
    ucb.run(UCB, cells);
    Map<TableName, Long> versions = ucb.versions();
    Project project = ucb.project(UCB, cells);
    RunJournal journal = new RunJournal("defective", Clock.systemUTC(), step -> {});
    RunContext other =
        new RunContext(spark, ucb.tables(), journal, Clock.systemUTC(), Pipeline.code());

    Project changed =
        ucb.project(
            UCB,
            Map.of(
                "cohorts.admitted.models.crude.engine", "cells",
                "nation", "Berkeley")); // made of something else, so that it is fitted anew
    assertThat(changed.gold()).isNotEqualTo(project.gold());
    new GoldPublish(changed.gold(), session -> new RegionFitter(new Hasty(), new Hasty()))
        .run(other);

    assertThat(journal.refusals())
        .singleElement()
        .asString()
        .startsWith("Cohort admitted was not fitted anew: in region A, model ")
        .contains("Fitted and observed events of ")
        .endsWith(
            "Its last result stands; report it as a defect of Assay, or choose another engine.");
    assertThat(ucb.versions()).isEqualTo(versions);
    assertThat(ucb.read("ops.publications").count()).isEqualTo(1);
  }
}
