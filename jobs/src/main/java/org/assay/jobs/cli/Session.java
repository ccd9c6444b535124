package org.assay.jobs.cli;

import java.time.Clock;
import org.apache.spark.sql.SparkSession;
import org.assay.common.spark.SparkSessions;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.RunId;

/**
 * The Spark session of one command: embedded, or that of {@code spark-submit}. Its log goes to the
 * lake.
 */
final class Session implements AutoCloseable {
  private final String id;
  private final SparkSession spark;

  private Session(String id, SparkSession spark) {
    this.id = id;
    this.spark = spark;
  }

  /** Opens the log, then Spark. */
  static Session open(Project project, Clock clock) {
    String id = RunId.next(clock);
    RunLog.open(project.lake(), id);
    String name = "assay " + project.name();
    boolean submitted = System.getProperty("spark.master") != null;
    return new Session(
        id,
        submitted ? SparkSessions.onCluster(name) : SparkSessions.local(name, project.master()));
  }

  /** Names the run and its log. */
  String id() {
    return id;
  }

  SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    spark.stop();
  }
}
