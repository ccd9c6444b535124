package org.assay.jobs.pipeline;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.OpsContract;
import org.assay.common.sql.SqlText;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/** Records who was allowed to see identifiers, and why, before they see them. */
public final class AccessRecorder {
  private final SparkSession spark;
  private final Tables tables;
  private final Clock clock;

  public AccessRecorder(SparkSession spark, Tables tables, Clock clock) {
    this.spark = spark;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Records a query, in one commit.
   *
   * @param id names the access
   * @param asked the tables of bronze it names
   * @param sql the query; its literals, which may be identifiers, are not kept
   */
  public void record(String id, String actor, String why, Collection<TableName> asked, String sql) {
    tables.append(
        TableName.ops("access"),
        OpsContract.ACCESS.rows(
            spark,
            List.of(
                OpsContract.ACCESS
                    .row()
                    .set("access_id", id)
                    .set("at", clock.instant())
                    .set("actor", actor)
                    .set("why", why)
                    .set("tables", asked.stream().map(TableName::toString).toArray())
                    .set("query", SqlText.withoutLiterals(sql))
                    .build())),
        CommitNote.of(id, "access"));
  }
}
