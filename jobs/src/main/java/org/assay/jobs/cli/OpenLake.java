package org.assay.jobs.cli;

import java.time.Clock;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.table.Tables;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.LakeFormat;

/**
 * A project's lake, opened to be read.
 *
 * @param project the project
 * @param session Spark; it logs nothing
 * @param tables the lake's tables
 */
record OpenLake(Project project, Session session, Tables tables) implements AutoCloseable {

  /** Opens the lake of a project, if its format is one that can be read. */
  static OpenLake read(ProjectOptions options) {
    Project project = options.project();
    Session session = Session.reading(project, Clock.systemUTC());
    try {
      LakeFormat.look(
          new Path(project.lake()), session.spark().sparkContext().hadoopConfiguration());
      return new OpenLake(
          project, session, new LakeViews(session.spark(), project.lake()).tables());
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The session's Spark. */
  SparkSession spark() {
    return session.spark();
  }

  @Override
  public void close() {
    session.close();
  }
}
