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
  private final boolean isOurs;

  private Session(String id, SparkSession spark, boolean isOurs) {
    this.id = id;
    this.spark = spark;
    this.isOurs = isOurs;
  }

  /** Opens the log in the lake, then Spark. */
  static Session writing(Project project, Clock clock) {
    String id = RunId.next(clock);
    RunLog.open(project.lake(), id);
    return open(project, id);
  }

  /** Opens Spark, and logs nothing. */
  static Session reading(Project project, Clock clock) {
    RunLog.none();
    return open(project, RunId.next(clock));
  }

  private static Session open(Project project, String id) {
    String name = "assay " + project.name();
    boolean submitted = System.getProperty("spark.master") != null;
    boolean isOurs = !SparkSessions.isRunning();
    return new Session(
        id,
        submitted ? SparkSessions.onCluster(name) : SparkSessions.local(name, project.master()),
        isOurs);
  }

  /** Names the run and its log. */
  String id() {
    return id;
  }

  SparkSession spark() {
    return spark;
  }

  /** Stops Spark, unless it ran before: a scheduler's session is not ours to stop. */
  @Override
  public void close() {
    if (isOurs) {
      spark.stop();
    }
  }
}
