package org.assay.common.spark;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** Counts the Spark jobs that start while it is attached. */
public final class JobCounter extends SparkListener implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SparkSession spark;
  private final AtomicLong jobs = new AtomicLong();

  private JobCounter(SparkSession spark) {
    this.spark = spark;
  }

  /** Starts counting. */
  public static JobCounter attach(SparkSession spark) {
    JobCounter counter = new JobCounter(spark);
    spark.sparkContext().addSparkListener(counter);
    return counter;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.incrementAndGet();
  }

  /**
   * Jobs started so far. Waits until Spark has told of all of them, which it does on a thread of
   * its own.
   *
   * @throws IllegalStateException if Spark is so far behind that the number would be too small
   */
  public long jobs() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE.toMillis());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Spark did not tell of its jobs within %d s, so they cannot be counted."
              .formatted(PATIENCE.toSeconds()),
          e);
    }
    return jobs.get();
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
