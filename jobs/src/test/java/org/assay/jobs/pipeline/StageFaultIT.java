package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that fails before or after any of its commits is made good by the next. That it may fail
 * between them too is shown, for every operation, outside the suite.
 */
@ExtendWith(SharedSpark.class)
class StageFaultIT {
  private final SparkSession spark;
  @TempDir private Path folder;

  StageFaultIT(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aFaultBeforeOrAfterAnyCommitIsMadeGood() {
    List<String> moments = new ArrayList<>();
    Lakelet sound = new Lakelet(spark, folder.resolve("sound")).withDeliveries();
    sound.run(tables -> new FailingTables(tables, moments::add));
    List<String> expected = sound.content();
    List<String> commits =
        moments.stream()
            .filter(m -> m.matches("(before|after) (append|replace|overwrite) .*"))
            .toList();
    assertThat(commits).hasSizeGreaterThan(10).contains("after append bronze.stays");

    for (String commit : new LinkedHashSet<>(commits)) {
      Lakelet lake =
          new Lakelet(spark, folder.resolve("lake-" + moments.indexOf(commit))).withDeliveries();
      boolean failed = fails(lake, commit);

      lake.run();

      assertThat(failed).as(commit).isTrue();
      assertThat(lake.content()).as(commit).isEqualTo(expected);
    }
  }

  private static boolean fails(Lakelet lake, String wanted) {
    try {
      lake.run(
          tables ->
              new FailingTables(
                  tables,
                  moment -> {
                    if (moment.equals(wanted)) {
                      throw new IllegalStateException("injected " + moment);
                    }
                  }));
      return false;
    } catch (RuntimeException e) {
      return true; // injected; what it leaves is what the test is about
    }
  }
}
