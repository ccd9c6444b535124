package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that fails at any of its commits is made good by those that follow. That it may fail at any
 * operation is shown outside the suite.
 */
@ExtendWith(SharedSpark.class)
class StageFaultIT {
  private final SparkSession spark;
  @TempDir private Path folder;

  StageFaultIT(SparkSession spark) {
    this.spark = spark;
  }

  /** Before the next one the tables are as they are after it. */
  private static final String COMMITS = "after (append|replace|overwrite|merge) .*";

  /** One lake, and one fault after another, each when a commit is there and nobody has heard. */
  @Test
  void faultsAfterEveryCommitOneAfterAnother() {
    Lakelet sound = Lakelet.quick(spark, folder.resolve("sound")).withDeliveries();
    sound.run();
    Lakelet lake = Lakelet.quick(spark, folder.resolve("faulty")).withDeliveries();
    Set<String> failed = new LinkedHashSet<>();

    runUntilNothingFails(lake, failed);
    assertThat(failed)
        .hasSizeGreaterThan(5)
        .contains(
            "after append bronze.stays",
            "after overwrite silver.stays",
            "after overwrite silver.stay");
    assertThat(lake.content()).isEqualTo(sound.content());

    failed.clear();
    oneMore(sound).run();
    runUntilNothingFails(oneMore(lake), failed);
    assertThat(failed).contains("after append silver.stays", "after merge silver.stay");
    assertThat(lake.content()).isEqualTo(sound.content());
  }

  private static Lakelet oneMore(Lakelet lake) {
    return lake.landing("2026-07-31_r0_a.csv", "stay,ward,days\n5,a,-1\n4,w,2\n8,w,1\n")
        .landing("2026-07-31_r0_a.csv.manifest.json", "{\"exhaustive\": true}");
  }

  private static void runUntilNothingFails(Lakelet lake, Set<String> failed) {
    boolean fails = true;
    while (fails) {
      fails = fails(lake, moment -> moment.matches(COMMITS) && failed.add(moment));
    }
  }

  /** Each fault in a lake of its own; see {@code bench/faults.sh}. */
  @Test
  @EnabledIfSystemProperty(named = "assay.campaign", matches = "true")
  void aFaultOfAnyOperationIsMadeGoodByTheNextRun() {
    Lakelet sound = Lakelet.quick(spark, folder.resolve("sound")).withDeliveries();
    sound.run();
    List<String> expected = sound.content();
    boolean fails = true;
    for (int k = 1; fails; k++) {
      int[] left = {k};
      List<String> at = new ArrayList<>();
      Lakelet lake = Lakelet.quick(spark, folder.resolve("lake-" + k)).withDeliveries();
      fails = fails(lake, moment -> --left[0] == 0 && at.add(moment));
      lake.run();
      assertThat(lake.content()).as("fault %d, %s", k, at).isEqualTo(expected);
      System.out.printf("fault %d, %s: made good%n", k, at);
    }
  }

  private static boolean fails(Lakelet lake, Predicate<String> wanted) {
    try {
      lake.run(
          tables ->
              new FailingTables(
                  tables,
                  moment -> {
                    if (wanted.test(moment)) {
                      throw new IllegalStateException("injected " + moment);
                    }
                  }));
      return false;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      return true; // injected; what it leaves is what the test is about
    }
  }
}
