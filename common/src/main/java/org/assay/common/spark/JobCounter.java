package org.assay.common.spark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** Counts the Spark jobs that start while it is attached. */
public final class JobCounter extends SparkListener implements AutoCloseable {
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

  /** Jobs seen so far; Spark tells of a job a few milliseconds after its start. */
  public long jobs() {
    return jobs.get();
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
