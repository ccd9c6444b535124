package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.gold.GoldPublish;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.glm.ProfiledFitter;
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

  private static final Map<String, String> CELLS =
      Map.of("cohorts.admitted.models.crude.engine", "cells");

  /** Another cohort on the same applicants, and small counts withheld. */
  private static final Map<String, String> TWO_HIDDEN =
      Map.ofEntries(
          Map.entry("disclosure.rule", "nhs"),
          Map.entry("cohorts.again.title", "The same, by Firth"),
          Map.entry("cohorts.again.population", "applicants"),
          Map.entry("cohorts.again.outcome.events", "admitted"),
          Map.entry("cohorts.again.readiness.min_cohort", "100"),
          Map.entry("cohorts.again.models.crude.terms", "gender"),
          Map.entry("cohorts.again.models.crude.primary", "true"),
          Map.entry("cohorts.again.models.crude.engine", "cells"),
          Map.entry("cohorts.again.models.crude.method", "firth"),
          Map.entry("cohorts.admitted.models.crude.engine", "cells"));

  /** Made of something else, so that all is fitted anew. */
  private static final Map<String, String> CHANGED =
      Map.of("cohorts.admitted.models.crude.engine", "cells", "nation", "Berkeley");

  @Test
  void stopsItsCohortWhichKeepsItsLastResult(@TempDir Path folder) {
    TestRun ucb = TestRun.quick(spark, folder.resolve("lake"));
    ucb.run(UCB, CELLS);
    Map<TableName, Long> versions = ucb.versions();
    assertThat(ucb.project(UCB, CHANGED).gold()).isNotEqualTo(ucb.project(UCB, CELLS).gold());

    RunJournal journal = publish(ucb, ucb.tables(), new RegionFitter(new Hasty(), new Hasty()));

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

  /** Some tables are new and some old, and the engine that should make them whole is defective. */
  @Test
  void leavesWhatAKilledRunToreUnpublishedUntilASoundEngineFitsIt(@TempDir Path folder) {
    TestRun ucb = TestRun.quick(spark, folder.resolve("lake"));
    ucb.run(UCB, CELLS);
    Tables killed =
        new FailingTables(
            ucb.tables(),
            moment -> {
              if (moment.matches("before (replace|overwrite) gold_exact.rates")) {
                throw new IllegalStateException("injected " + moment);
              }
            });
    assertThatThrownBy(() -> publish(ucb, killed, new RegionFitter(new Irls(), new Irls())))
        .hasStackTraceContaining("injected");

    RunJournal journal = publish(ucb, ucb.tables(), new RegionFitter(new Hasty(), new Hasty()));
    assertThat(journal.refusals()).hasSize(1);
    assertThat(ucb.read("ops.publications").count()).isEqualTo(1);

    publish(ucb, ucb.tables(), new RegionFitter(new Irls(), new Irls()));
    assertThat(ucb.read("ops.publications").count()).isEqualTo(2);
  }

  /** Two cohorts on the same applicants, of which one is fitted by a defective engine. */
  @Test
  void wherePeopleAreHiddenKeepsTheOtherCohortsOnThemToo(@TempDir Path folder) {
    TestRun ucb = TestRun.quick(spark, folder.resolve("lake"));
    ucb.run(UCB, TWO_HIDDEN);
    Map<TableName, Long> versions = ucb.versions();

    Map<String, String> changed = new HashMap<>(TWO_HIDDEN);
    changed.put("nation", "Berkeley");
    RunJournal journal =
        publish(ucb, ucb.tables(), new RegionFitter(new Hasty(), new Hasty()), changed);

    assertThat(journal.refusals()).singleElement().asString().startsWith("Cohort admitted ");
    assertThat(journal.remarks())
        .anySatisfy(
            remark -> {
              assertThat(remark.kind()).isEqualTo(Remark.Kind.WAITING);
              assertThat(remark.subject()).isEqualTo("again");
              assertThat(remark.sentence()).startsWith("It keeps its last result");
            });
    assertThat(ucb.versions()).isEqualTo(versions);
  }

  private RunJournal publish(TestRun ucb, Tables tables, RegionFitter fitter) {
    return publish(ucb, tables, fitter, CHANGED);
  }

  private RunJournal publish(
      TestRun ucb, Tables tables, RegionFitter fitter, Map<String, String> settings) {
    RunJournal journal = new RunJournal("defective", Clock.systemUTC(), step -> {});
    RunContext context = new RunContext(spark, tables, journal, Clock.systemUTC(), Pipeline.code());
    new GoldPublish(ucb.project(UCB, settings).gold(), session -> fitter).run(context);
    return journal;
  }
}
