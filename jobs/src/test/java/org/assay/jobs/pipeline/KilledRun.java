package org.assay.jobs.pipeline;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
import org.assay.common.spark.SparkSessions;

/** A run of a lakelet in a process of its own, which waits to be killed where it is told to. */
final class KilledRun {
  /** Printed where the process waits. */
  static final String WAITING = "waiting to be killed";

  private KilledRun() {}

  /**
   * @param arguments the lakelet's folder; the moment to wait at; how many milliseconds after it
   *     the work goes on instead, or -1 to wait for ever
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSessions.local("killed", "local[2]");
    long goesOnAfter = Long.parseLong(arguments[2]);
    new Lakelet(spark, Path.of(arguments[0]))
        .run(
            tables ->
                new FailingTables(
                    tables,
                    moment -> {
                      if (moment.equals(arguments[1])) {
                        System.out.println(WAITING);
                        pause(goesOnAfter);
                      }
                    }));
    spark.stop();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis < 0 ? Long.MAX_VALUE : millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
