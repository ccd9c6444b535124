package org.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command line on the driver of a scheduler: a process that goes on, with a session. */
@ExtendWith(SharedSpark.class)
class MainIT {
  private final SparkSession spark;

  MainIT(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void theProcessAndItsSessionGoOn() {
    String told = told(() -> Main.main(new String[] {"--version"}));

    assertThat(told).startsWith("assay ");
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  @Test
  void whatFailsIsThrown() {
    String told =
        told(
            () ->
                assertThatThrownBy(() -> Main.main(new String[] {"run", "-c", "missing.conf"}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("assay ended with exit code 4; what it printed says why."));

    assertThat(told).contains("missing.conf");
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }

  /** What is printed meanwhile. */
  private static String told(Runnable command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(told, true, StandardCharsets.UTF_8);
    try {
      System.setOut(both);
      System.setErr(both);
      command.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return told.toString(StandardCharsets.UTF_8);
  }
}
