package org.assay.common.run;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import org.apache.spark.sql.SparkSession;
import org.assay.common.table.Tables;

/**
 * What a stage works with.
 *
 * @param spark the session, pinned by {@link org.assay.common.spark.SparkSessions}
 * @param tables the lake
 * @param journal where steps are told
 * @param clock the time; never asked in anything that gold is computed from
 * @param code the {@link CodeVersion} that runs
 */
public record RunContext(
    SparkSession spark, Tables tables, RunJournal journal, Clock clock, String code) {
  public RunContext {
    requireNonNull(spark, "spark is null");
    requireNonNull(tables, "tables is null");
    requireNonNull(journal, "journal is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(code, "code is null");
  }
}
