package org.assay.gold.executors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.spark.JobCounter;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.Firth;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.glm.ProfiledFitter;
import org.assay.gold.glm.PublishedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSpark.class)
class ExecutorFitsTest {
  private final SparkSession spark;

  ExecutorFitsTest(SparkSession spark) {
    this.spark = spark;
  }

  private static List<GlmProblem> problems() {
    List<GlmProblem> problems = new ArrayList<>();
    for (String name : List.of("ucb_admissions", "esoph", "birthwt", "lizards")) {
      problems.add(PublishedSet.read(name).problem());
    }
    CellTable separated =
        CellTable.over(List.of("a"))
            .add(List.of("a1"), Cell.of(1000, 100))
            .add(List.of("a2"), Cell.of(50, 0))
            .build();
    problems.add(
        new GlmProblem(
            Family.BINOMIAL,
            DesignMatrix.of(separated, List.of(new ModelFactor("a", "a1", List.of("a1", "a2"))))));
    return problems;
  }

  @Test
  void whatExecutorsFindIsWhatIsFoundHereBitForBitInOneJob() {
    for (ProfiledFitter fitter : List.of(new Irls(), new Firth())) {
      List<GlmProblem> problems = problems();
      List<GlmFit> there;
      try (JobCounter jobs = JobCounter.attach(spark)) {
        there = new ExecutorFits(spark).of(fitter, problems);
        assertThat(jobs.jobs()).isEqualTo(1);
      }
      for (int i = 0; i < problems.size(); i++) {
        assertThat(there.get(i)).usingRecursiveComparison().isEqualTo(fitter.fit(problems.get(i)));
      }
    }
    assertThat(new ExecutorFits(spark).of(new Irls(), problems()).get(4))
        .isInstanceOf(GlmFit.NotFitted.class);
  }
}
