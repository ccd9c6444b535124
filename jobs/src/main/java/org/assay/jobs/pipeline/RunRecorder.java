package org.assay.jobs.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.RunContext;
import org.assay.common.run.StepReport;
import org.assay.common.run.TableChange;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.jobs.Project;
import org.assay.jobs.Version;

/** Writes a run's record: one commit for its steps, if there were any, and one for the run. */
final class RunRecorder {
  private final Project project;
  private final RunContext context;
  private final Optional<String> keyId;

  /**
   * @param keyId which key made the pseudonyms; empty where none was needed
   */
  RunRecorder(Project project, RunContext context, Optional<String> keyId) {
    this.project = project;
    this.context = context;
    this.keyId = keyId;
  }

  void record(RunResult result, Optional<String> cause) {
    CommitNote note = CommitNote.of(result.run(), "journal");
    if (!result.steps().isEmpty()) {
      context
          .tables()
          .append(
              TableName.ops("steps"), OpsContract.STEPS.rows(context.spark(), steps(result)), note);
    }
    context
        .tables()
        .append(
            TableName.ops("runs"),
            OpsContract.RUNS.rows(context.spark(), List.of(run(result, cause))),
            note);
  }

  private Row run(RunResult result, Optional<String> cause) {
    return OpsContract.RUNS
        .row()
        .set("run_id", result.run())
        .set("project", project.name())
        .set("started_at", context.journal().started())
        .set("finished_at", context.clock().instant())
        .set("state", result.state().name().toLowerCase(Locale.ROOT))
        .set("cause", cause.orElse(null))
        .set("publication_id", boxed(result.publication()))
        .set("spark_jobs", result.sparkJobs())
        .set("delta_commits", result.deltaCommits())
        .set("assay_version", Version.current())
        .set("code", context.code())
        .set("configuration", project.gold().fingerprint())
        .set("key_id", keyId.orElse(null))
        .build();
  }

  private static List<Row> steps(RunResult result) {
    List<Row> rows = new ArrayList<>();
    int order = 0;
    for (StepReport step : result.steps()) {
      order++;
      if (step.changes().isEmpty()) {
        rows.add(row(result.run(), order, step, Optional.empty()));
      }
      for (TableChange change : step.changes()) {
        rows.add(row(result.run(), order, step, Optional.of(change)));
      }
    }
    return rows;
  }

  private static Row row(String run, int order, StepReport step, Optional<TableChange> change) {
    return OpsContract.STEPS
        .row()
        .set("run_id", run)
        .set("step_order", order)
        .set("step", step.step())
        .set("table_name", change.map(c -> c.table().toString()).orElse(null))
        .set("version_before", change.map(c -> boxed(c.before())).orElse(null))
        .set("version_after", change.map(TableChange::after).orElse(null))
        .set("rows", change.map(TableChange::rows).orElse(null))
        .set("state", step.state().name().toLowerCase(Locale.ROOT))
        .set("cause", step.cause().isEmpty() ? null : step.cause())
        .set("seconds", step.seconds())
        .build();
  }

  private static Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
