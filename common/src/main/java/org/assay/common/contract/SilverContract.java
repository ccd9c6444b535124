package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;

/** What silver promises, quarantine included. */
public final class SilverContract {
  /** The period of a project that lists no periods. */
  public static final String ALL_TIME = "all";

  public static final TableContract EXTRACT =
      TableContract.of(
          "silver.<extract>",
          "accepted row of any complete delivery; after these, the conformed columns",
          List.of("_delivery_id", "_row_number"),
          column("_delivery_id", "string", "The delivery that brought the row."),
          column("_extract_date", "date", "The day the delivery speaks of."),
          column("_row_number", "bigint", "The row's place in its file."));

  public static final TableContract FLOW =
      TableContract.of(
          "silver.<population>_flow",
          "period, region and step: the flow diagram that STROBE and RECORD ask for",
          List.of("period", "region", "step"),
          column("period", "string", "The period."),
          column("region", "string", "The region as it came."),
          column("step_order", "int", "0 is the population, then the exclusions in order."),
          column(
              "step",
              "string",
              "population, an exclusion, what is unknown or impossible, or counted."),
          column(
              "kind",
              "string",
              "in, excluded, unknown or counted; and, of those counted, impossible (outcomes) or"
                  + " repeated (people)."),
          column("rows", "bigint", "Rows at this step."),
          column("people", "bigint", "What those rows count."));

  public static final TableContract CELLS =
      TableContract.of(
              "silver.<population>_cells",
              "period, region, factor levels and outcome; one column per factor follows these",
              List.of("period", "region", "outcome"),
              column("period", "string", "The period."),
              column("region", "string", "The region as it came; null where it was null."),
              column("outcome", "string", "The cohort whose outcome is counted."),
              column("n", "bigint", "Trials: people, or whatever a row counts."),
              column("people", "bigint", "Distinct people behind them."),
              column("events", "bigint", "Trials with the outcome."),
              column("exposure", "double", "Time or size at risk; 0 where none is declared."),
              column(
                  "events_sq",
                  "double",
                  "Sum of squared events of people; null where rows are counts."),
              column(
                  "events_exposure",
                  "double",
                  "Sum of events times exposure; null like events_sq."),
              column("exposure_sq", "double", "Sum of squared exposure; null like events_sq."))
          .withKeyBesides("the factors");

  public static final TableContract READINESS =
      TableContract.of(
          "silver.<population>_readiness",
          "period, cohort, model and region: what gold fits from",
          List.of("period", "cohort", "model", "region"),
          column("period", "string", "The period."),
          column("cohort", "string", "The cohort."),
          column("model", "string", "The model."),
          column("region", "string", "The region as it came."),
          column("region_name", "string", "Its name in the list of regions; null if it has none."),
          column("status", "string", "fitted, adjusted or held."),
          column("n", "bigint", "People in the region."),
          column("events", "bigint", "Events in the region."),
          column(
              "factors",
              "array<struct<name:string,reference:string,levels:array<string>>>",
              "The factors as they enter the model, after adjustment."),
          column(
              "adjustments",
              "array<struct<factor:string,level:string,merged_into:string>>",
              "Levels left out with their people, or merged, in the order in which they were."),
          column(
              "reasons",
              "array<struct<code:string,sentence:string,factor:string,level:string,n:bigint,events:bigint>>",
              "What was decided and why, with numbers."),
          column(
              "compared_with",
              "bigint",
              "The publication whose profile of the region it was compared with; null if there was none."));

  public static final TableContract DIMENSION =
      TableContract.of(
              "silver.<dimension>",
              "version of a member (type 2) or member (type 1); before these, its key and attributes",
              List.of("valid_from"),
              column("valid_from", "date", "The first day on which the version holds."),
              column(
                  "valid_to",
                  "date",
                  "The first day on which it no longer does; null while it does."),
              column("is_current", "boolean", "Whether it still holds."),
              column(
                  "held_since",
                  "date",
                  "From when what was delivered of the member is held, so that its values are not known; null where they are."))
          .withKeyBesides("the dimension's key, which is all of it for type 1");

  public static final TableContract QUARANTINE_ROWS =
      TableContract.of(
          "quarantine.rows",
          "held row",
          List.of("quarantine_id"),
          column(
              "quarantine_id",
              "string",
              "Digest of extract and content; the same bad row has the same one whenever it comes."),
          column("extract", "string", "The extract."),
          column("delivery_id", "string", "The delivery that brought the row last."),
          column("extract_date", "date", "The day that delivery speaks of."),
          column("source_file", "string", "The file it stood in."),
          column("row_number", "bigint", "Its place in the file: 1 is the first data row."),
          column(
              "row",
              "string",
              "The declared columns as they came, identifiers as pseudonyms, as JSON; null for a malformed record."),
          column(
              "reasons",
              "array<struct<expectation_id:string,sentence:string,columns:array<string>,fingerprint:string,notes:string>>",
              "Every reason for which the row is held."),
          column("cause_id", "string", "Shared by rows that are held for the same reasons."),
          column("row_key", "string", "Digest of the row's key; null where it has none."),
          column(
              "dimension_keys",
              "array<struct<dimension:string,key:string>>",
              "For each dimension made of the extract, the digest of the member the row is about; null where it cannot be read."),
          column("owner", "string", "Who owns the extract."),
          column("contact", "string", "Whom to ask."),
          column(
              "status",
              "string",
              "held, or resolved once a later delivery brought the row right, or came without it."),
          column("resolved_by", "string", "The delivery that resolved it; null while it is held."),
          column("first_seen", "timestamp", "When the row first came."),
          column("last_seen", "timestamp", "When it last came."),
          column(
              "occurrences",
              "array<struct<delivery_id:string,extract_date:date,source_file:string,row_number:bigint,seen_at:timestamp>>",
              "Each time it came, the first first."));

  public static final TableContract QUARANTINE_REGIONS =
      TableContract.of(
          "quarantine.regions",
          "period, cohort, model and region held",
          List.of("quarantine_id"),
          column("quarantine_id", "string", "Digest of period, cohort, model and region."),
          column("period", "string", "The period."),
          column("cohort", "string", "The cohort."),
          column("model", "string", "The model."),
          column("region", "string", "The region as it came; null where it was null."),
          column(
              "reasons",
              "array<struct<code:string,sentence:string>>",
              "Every reason for which the region is held."),
          column("n", "bigint", "People in the region."),
          column("events", "bigint", "Events in the region."),
          column("status", "string", "held, or resolved once the region no longer is."),
          column("first_seen", "timestamp", "When the region was first held."),
          column("last_seen", "timestamp", "When it was last held for a new reason or count."));

  private SilverContract() {}

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return List.of(EXTRACT, DIMENSION, FLOW, CELLS, READINESS, QUARANTINE_ROWS, QUARANTINE_REGIONS);
  }
}
