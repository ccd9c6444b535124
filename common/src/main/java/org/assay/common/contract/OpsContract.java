package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;

/** What the journal promises. */
public final class OpsContract {
  public static final TableContract RUNS =
      TableContract.of(
          "ops.runs",
          "run",
          List.of("run_id"),
          column("run_id", "string", "The run: UTC start time and four random digits."),
          column("project", "string", "The configuration's name."),
          column("started_at", "timestamp", "When the run began."),
          column("finished_at", "timestamp", "When it ended."),
          column("state", "string", "done, nothing_new, refused or failed."),
          column("cause", "string", "In one sentence, why it was refused or failed."),
          column("publication_id", "bigint", "The publication that stands after the run."),
          column("spark_jobs", "bigint", "Spark jobs of the run."),
          column("delta_commits", "bigint", "Delta commits of the run before this journal entry."),
          column("assay_version", "string", "The version of Assay."),
          column("code", "string", "Digest of the code that ran."),
          column("configuration", "string", "Digest of the configuration."),
          column("key_id", "string", "Which key made the pseudonyms; null where none was needed."));

  public static final TableContract STEPS =
      TableContract.of(
          "ops.steps",
          "run, step and table written",
          List.of("run_id", "step", "table_name"),
          column("run_id", "string", "The run."),
          column("step_order", "int", "Position of the step in its run."),
          column("step", "string", "Stage and subject, as in the commits' userMetadata."),
          column("table_name", "string", "The table the step wrote; null where it wrote none."),
          column("version_before", "bigint", "Delta version before; null where the table was new."),
          column("version_after", "bigint", "Delta version after."),
          column("rows", "bigint", "Rows the commit wrote."),
          column("state", "string", "done, refused or failed."),
          column("cause", "string", "In one sentence, why it was refused or failed."),
          column("seconds", "double", "Wall time of the whole step."));

  public static final TableContract DELIVERIES =
      TableContract.of(
          "ops.deliveries",
          "delivery",
          List.of("delivery_id"),
          column("delivery_id", "string", "Digest of extract, extract date and content."),
          column("extract", "string", "The extract."),
          column("extract_date", "date", "The day the content speaks of."),
          column("source_file", "string", "The file it came as."),
          column("bytes", "bigint", "Size of the file."),
          column("modified_at", "timestamp", "The file's modification time."),
          column("sha256", "string", "Digest of the file."),
          column("rows", "bigint", "Rows appended to bronze."),
          column("state", "string", "complete."),
          column("bronze_version", "bigint", "Delta version of the bronze table that brought it."),
          column("ingested_at", "timestamp", "When it was appended."),
          column("run_id", "string", "The run that appended it."));

  public static final TableContract PUBLICATIONS =
      TableContract.of(
          "ops.publications",
          "publication",
          List.of("publication_id"),
          column("publication_id", "bigint", "1, 2, 3 …"),
          column("run_id", "string", "The run that published it."),
          column("published_at", "timestamp", "When."),
          column(
              "tables",
              "array<struct<table_name:string,version:bigint>>",
              "The version of each table that readers should see together."),
          column("code", "string", "Digest of the code."),
          column("configuration", "string", "Digest of the configuration."));

  public static final TableContract ACCESS =
      TableContract.of(
          "ops.access",
          "query that was allowed to see identifiers",
          List.of("access_id"),
          column("access_id", "string", "The query: UTC time and four random digits."),
          column("at", "timestamp", "When it was asked, before it was answered."),
          column("actor", "string", "The operating system's user who asked."),
          column("why", "string", "The reason that was given."),
          column("tables", "array<string>", "The tables of bronze that were asked about."),
          column("query", "string", "The query with a question mark for each literal."));

  private OpsContract() {}

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return List.of(RUNS, STEPS, DELIVERIES, PUBLICATIONS, ACCESS);
  }
}
