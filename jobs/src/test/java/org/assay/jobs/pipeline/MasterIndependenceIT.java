package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;
import org.assay.common.spark.SparkSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts sessions of its own, so it runs in a JVM without the shared one. */
class MasterIndependenceIT {
  private static final List<String> TABLES = List.of("model_terms", "model_fits", "fit_reasons");

  private static Map<String, List<String>> gold(String master, Path lake) {
    SparkSession spark = SparkSessions.local("test", master);
    try {
      TestRun run = new TestRun(spark, lake);
      run.run(TestRun.example("scotland2011"), Map.of());
      Map<String, List<String>> gold = new TreeMap<>();
      TABLES.forEach(table -> gold.put(table, run.gold(table)));
      return gold;
    } finally {
      spark.stop();
    }
  }

  @Test
  void oneCoreAndFourGiveTheSameBits(@TempDir Path one, @TempDir Path four) {
    RealData.folder();

    Map<String, List<String>> alone = gold("local[1]", one);

    assertThat(alone.get("model_terms")).hasSizeGreaterThan(500);
    assertThat(gold("local[4]", four)).isEqualTo(alone);
  }
}
