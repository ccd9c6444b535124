package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) in the middle of a run; the next run makes it good. */
@ExtendWith(SharedSpark.class)
class KilledIT {
  private final SparkSession spark;
  @TempDir private Path folder;

  KilledIT(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Where a process is killed.
   *
   * @param moment before or after an operation on a table
   * @param after milliseconds, in which it works on; 0 to kill it at the moment itself
   */
  private record Kill(String moment, long after) {}

  private static final List<Kill> KILLS =
      List.of(
          new Kill("before append bronze.stays", 400), // in the middle of the write
          new Kill("after append bronze.stays", 0),
          new Kill("after replace ops.deliveries", 0),
          new Kill("after replace quarantine.rows", 0),
          new Kill("after overwrite silver.stays", 0), // before the dimension knows of it
          new Kill("after overwrite silver.stay", 0));

  @Test
  void aKilledRunIsMadeGoodByTheNext() throws Exception {
    Lakelet sound = new Lakelet(spark, folder.resolve("sound")).withDeliveries();
    sound.run();
    List<String> expected = sound.content();
    // The first is what no fault inside a process can be; bench/kills.sh tries all.
    int kills = Integer.getInteger("assay.kills", 0) > 0 ? KILLS.size() : 1;
    for (int i = 0; i < kills; i++) {
      Kill kill = KILLS.get(i);
      Path place = folder.resolve("killed-" + i);
      Lakelet lake = new Lakelet(spark, place).withDeliveries();
      killWhenItWaits(start(place, kill), kill);

      lake.run();

      assertThat(lake.content()).as(kill.toString()).isEqualTo(expected);
    }
  }

  /** Many more, at any moment; see {@code bench/kills.sh}. */
  @Test
  @EnabledIfSystemProperty(named = "assay.kills", matches = "[1-9][0-9]*")
  void processesKilledAtRandom() throws Exception {
    int kills = Integer.getInteger("assay.kills");
    Random random = new Random(kills);
    Lakelet sound = new Lakelet(spark, folder.resolve("sound")).withDeliveries();
    long begin = System.nanoTime();
    sound.run();
    List<String> expected = sound.content();
    int length = (int) ((System.nanoTime() - begin) / 1_000_000); // a cold process takes longer
    for (int i = 0; i < kills; i++) {
      Kill kill = new Kill("before state bronze.stays", 1 + random.nextInt(2 * length));
      Path place = folder.resolve("random-" + i);
      Lakelet lake = new Lakelet(spark, place).withDeliveries();
      killWhenItWaits(start(place, kill), kill);
      int commits = lake.tables().list().size();
      lake.run();
      assertThat(lake.content()).as("%s, with %d tables", kill, commits).isEqualTo(expected);
      System.out.printf("killed %d after %,d ms with %d tables%n", i + 1, kill.after(), commits);
    }
  }

  private static Process start(Path place, Kill kill) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@jvm.options",
            "-Xmx700m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // it does not live long
            "-cp",
            System.getProperty("java.class.path"),
            KilledRun.class.getName(),
            place.toString(),
            kill.moment(),
            kill.after() == 0 ? "-1" : "0"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which Java tells
    return builder.start();
  }

  private static void killWhenItWaits(Process process, Kill kill) throws Exception {
    List<String> said = new ArrayList<>();
    try {
      awaitMarker(process, kill, said);
      Thread.sleep(kill.after());
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isIn(137, 0); // 0: it was done before
  }

  private static void awaitMarker(Process process, Kill kill, List<String> said)
      throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.equals(KilledRun.WAITING)) {
      said.add(line);
      line = out.readLine();
    }
    assertThat(line).as("%s was reached; it said %s", kill, said).isNotNull();
  }
}
