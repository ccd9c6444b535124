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
          column("state", "string", "done, nothing_new, waiting, refused or failed."),
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
          "file of a delivery, in bronze or still in landing",
          List.of("delivery_id"),
          column(
              "delivery_id",
              "string",
              "Digest of extract, extract date, revision, part and content; of extract and path while it is only in landing."),
          column("extract", "string", "The extract."),
          column("extract_date", "date", "The day the content speaks of; null where not known."),
          column("load", "string", "FULL or DELTA."),
          column("revision", "bigint", "0 unless a manifest or the path says otherwise."),
          column("part", "string", "Which part of its delivery the file is; empty if it is all."),
          column("state", "string", "received, incomplete, complete, superseded or refused."),
          column("reason", "string", "Why it is in that state, in one sentence."),
          column("source_file", "string", "The file it came as."),
          column("bytes", "bigint", "Size of the file."),
          column("modified_at", "timestamp", "The file's modification time."),
          column("sha256", "string", "Digest of the file."),
          column("manifest", "string", "The manifest it came with; null if it came without."),
          column("manifest_rows", "bigint", "The rows that the manifest says there are."),
          column("manifest_sha256", "string", "The digest that the manifest says it has."),
          column(
              "exhaustive",
              "boolean",
              "Whether the manifest says that what is absent no longer exists."),
          column("supersedes", "array<string>", "The files that the manifest says it replaces."),
          column("rows", "bigint", "Rows in bronze, malformed ones included."),
          column("malformed_rows", "bigint", "Rows that do not fit their columns."),
          column("columns", "array<struct<name:string,type:string>>", "The file's columns."),
          column(
              "bronze_version",
              "bigint",
              "Delta version of the bronze table that brought it; null while it is in landing."),
          column("seen_at", "timestamp", "When it was appended to bronze, or first seen."),
          column("run_id", "string", "The run that appended it."),
          column(
              "described_at",
              "timestamp",
              "When its file was last said to be this delivery, if another delivery had the same file before; else as seen_at. Null while it is in landing."));

  public static final TableContract SCHEMAS =
      TableContract.of(
          "ops.schemas",
          "column of an extract, and time for which it was there",
          List.of("extract", "column_name", "type", "came_on"),
          column("extract", "string", "The extract."),
          column("column_name", "string", "The column, as the files name it."),
          column("type", "string", "Spark SQL type; string where the format has no types."),
          column("came_on", "date", "Extract date of the first delivery that had it."),
          column("came_with", "string", "The file of that delivery."),
          column(
              "went_on",
              "date",
              "Extract date of the first later delivery without it; null while it is there."),
          column("went_with", "string", "The file of that delivery."),
          column("declared", "boolean", "Whether the configuration uses it."));

  public static final TableContract LEDGER =
      TableContract.of(
          "ops.ledger",
          "movement of a delivery's rows between classes",
          List.of("delivery_id", "class", "run_id"),
          column("run_id", "string", "The run that moved them."),
          column("recorded_at", "timestamp", "When."),
          column("extract", "string", "The extract."),
          column("delivery_id", "string", "The delivery."),
          column(
              "class",
              "string",
              "accepted, quarantined, duplicate, replaced (by a revision) or not_accepted (the delivery was refused)."),
          column("rows", "bigint", "Rows of the delivery in the class from then on."),
          column("rows_before", "bigint", "Rows in the class until then."),
          column("standing", "string", "Digest of the delivery's state and of the rules."));

  public static final TableContract EXPECTATION_RESULTS =
      TableContract.of(
          "ops.expectation_results",
          "run, delivery and expectation or drift check",
          List.of("run_id", "delivery_id", "expectation_id"),
          column("run_id", "string", "The run that judged."),
          column("evaluated_at", "timestamp", "When."),
          column("extract", "string", "The extract."),
          column(
              "delivery_id",
              "string",
              "The delivery that was judged; of one in many parts, the first part."),
          column("extract_date", "date", "The day the delivery speaks of."),
          column("expectation_id", "string", "The rule; by default its type and columns."),
          column(
              "expectation_type",
              "string",
              "Its name in Great Expectations, or drift and a metric."),
          column("columns", "array<string>", "The columns it is about; empty for a whole table."),
          column("fingerprint", "string", "Digest of everything the rule says."),
          column("on_fail", "string", "quarantine, refuse or warn."),
          column(
              "verdict",
              "string",
              "pass, fail or unknown (it could not be evaluated, and judged no row)."),
          column(
              "observed_value", "string", "What was found, where it is about the whole delivery."),
          column("rows", "bigint", "Rows that were judged; null where it is unknown."),
          column("unexpected", "bigint", "Rows among them that are not as expected."),
          column("unexpected_share", "double", "Their share of the judged rows."),
          column(
              "unexpected_values",
              "array<string>",
              "The commonest of their values, at most 20; of an extract with identifiers their shapes, and of identifiers nothing."),
          column("cause", "string", "Why it is unknown, in one sentence."));

  public static final TableContract METRICS =
      TableContract.of(
          "ops.metrics",
          "delivery, or all deliveries of an extract, and metric",
          List.of("result_key", "metric"),
          column("result_key", "string", "Digest of the date and the tags."),
          column("extract", "string", "The extract; null where the tags name none."),
          column("delivery_id", "string", "The delivery; null where it is about all of them."),
          column("dataset_date", "bigint", "Deequ's date of the result, in ms since 1970."),
          column("tags", "map<string,string>", "Deequ's tags of the result."),
          column("metric", "string", "What was measured, such as mean(people)."),
          column("value", "double", "The number; null for levels."),
          column(
              "levels",
              "map<string,bigint>",
              "Rows by value, where that is what was measured; null is the missing value."),
          column("context", "string", "Analyzer and metric as Deequ's own JSON."),
          column(
              "state",
              "string",
              "What merges with the states of other deliveries, without reading them again; null where nothing does."),
          column("recorded_at", "timestamp", "When."),
          column("run_id", "string", "The run that measured."));

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
    return List.of(
        RUNS,
        STEPS,
        DELIVERIES,
        SCHEMAS,
        EXPECTATION_RESULTS,
        METRICS,
        LEDGER,
        PUBLICATIONS,
        ACCESS);
  }
}
