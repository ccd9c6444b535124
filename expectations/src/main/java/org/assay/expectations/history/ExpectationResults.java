package org.assay.expectations.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.Step;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.Verdict;

/**
 * What every rule said of every delivery, {@code ops.expectation_results}; gathered through a run
 * and written in one commit. Used by one thread.
 */
public final class ExpectationResults {
  private static final TableName TABLE = TableName.ops("expectation_results");

  private final SparkSession spark;
  private final Tables tables;
  private final String run;
  private final List<ExpectationResult> gathered = new ArrayList<>();

  /**
   * @param run the run that judges
   */
  public ExpectationResults(SparkSession spark, Tables tables, String run) {
    this.spark = spark;
    this.tables = tables;
    this.run = run;
  }

  /** Gathers a result. */
  public void add(ExpectationResult result) {
    gathered.add(result);
  }

  /** Leaves out what was gathered of a delivery. */
  public void forget(ExpectationResult.Delivered delivery) {
    gathered.removeIf(result -> result.delivery().equals(delivery));
  }

  /** Appends what was gathered; no commit if nothing was. */
  public Optional<TableState> save(Step step, Instant now) {
    if (gathered.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = gathered.stream().map(result -> row(result, now)).toList();
    Optional<TableState> before = tables.state(TABLE);
    TableState after =
        tables.append(TABLE, OpsContract.EXPECTATION_RESULTS.rows(spark, rows), step.note());
    step.wrote(before, after);
    gathered.clear();
    return Optional.of(after);
  }

  private Row row(ExpectationResult result, Instant now) {
    ContractRow row =
        OpsContract.EXPECTATION_RESULTS
            .row()
            .set("run_id", run)
            .set("evaluated_at", now)
            .set("extract", result.delivery().extract())
            .set("delivery_id", result.delivery().id())
            .set("extract_date", result.delivery().extractDate())
            .set("expectation_id", result.id())
            .set("expectation_type", result.type())
            .set("columns", result.columns())
            .set("fingerprint", result.fingerprint())
            .set("on_fail", result.onFail())
            .set("unexpected_values", result.unexpectedValues());
    if (result.verdict() instanceof Verdict.Evaluated found) {
      return row.set("verdict", found.passed() ? "pass" : "fail")
          .set("observed_value", found.observed().isEmpty() ? null : found.observed())
          .set("rows", found.rows())
          .set("unexpected", found.unexpected())
          .set("unexpected_share", found.share())
          .set("cause", null)
          .build();
    }
    return row.set("verdict", "unknown")
        .set("observed_value", null)
        .set("rows", null)
        .set("unexpected", null)
        .set("unexpected_share", null)
        .set("cause", ((Verdict.Unknown) result.verdict()).cause())
        .build();
  }
}
