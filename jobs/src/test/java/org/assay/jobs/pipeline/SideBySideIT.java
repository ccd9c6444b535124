package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.Tables;
import org.assay.gold.GoldPublish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that make the same gold of different configurations. */
@ExtendWith(SharedSpark.class)
class SideBySideIT {
  private static final Path UCB = TestRun.example("ucb1975");

  private final SparkSession spark;

  SideBySideIT(SparkSession spark) {
    this.spark = spark;
  }

  /** The second comes and goes when the first has written some of the tables and not the others. */
  @Test
  void whatIsOfBothIsNotPublishedUntilOneOfThemRunsAlone(@TempDir Path folder) {
    TestRun ucb = TestRun.quick(spark, folder.resolve("lake"));
    ucb.run(UCB, of("Berkeley"));
    AtomicBoolean isAlone = new AtomicBoolean(true);
    Tables seenByTheFirst =
        new FailingTables(
            ucb.tables(),
            moment -> {
              if (moment.matches("before (replace|overwrite) gold_exact.rates")
                  && isAlone.getAndSet(false)) {
                assertThat(publish(ucb, ucb.tables(), "California").remarks()).isEmpty();
              }
            });

    RunJournal first = publish(ucb, seenByTheFirst, "England");

    assertThat(isAlone).isFalse();
    assertThat(first.remarks())
        .anySatisfy(
            remark -> {
              assertThat(remark.kind()).isEqualTo(Remark.Kind.WAITING);
              assertThat(remark.sentence()).contains("is of both: nothing is published");
            });
    assertThat(ucb.read("ops.publications").count()).isEqualTo(2);

    assertThat(publish(ucb, ucb.tables(), "England").remarks()).isEmpty();
    assertThat(ucb.read("ops.publications").count()).isEqualTo(3);
  }

  private RunJournal publish(TestRun ucb, Tables tables, String nation) {
    RunJournal journal = new RunJournal(nation, Clock.systemUTC(), step -> {});
    RunContext context = new RunContext(spark, tables, journal, Clock.systemUTC(), Pipeline.code());
    new GoldPublish(ucb.project(UCB, of(nation)).gold()).run(context);
    return journal;
  }

  private static Map<String, String> of(String nation) {
    return Map.of("cohorts.admitted.models.crude.engine", "cells", "nation", nation);
  }
}
