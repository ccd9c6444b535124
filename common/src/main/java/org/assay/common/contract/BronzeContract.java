package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;

/** What bronze promises: the source columns as they came, and where each row came from. */
public final class BronzeContract {
  public static final String DELIVERY_ID = "_delivery_id";
  public static final String EXTRACT_DATE = "_extract_date";
  public static final String SOURCE_FILE = "_source_file";
  public static final String ROW_NUMBER = "_row_number";
  public static final String INGESTED_AT = "_ingested_at";
  public static final String MALFORMED = "_malformed";
  public static final String RESCUED = "_rescued";

  public static final TableContract EXTRACT =
      TableContract.of(
          "bronze.<extract>",
          "source row",
          List.of(DELIVERY_ID, ROW_NUMBER),
          column(DELIVERY_ID, "string", "The delivery that brought the row."),
          column(EXTRACT_DATE, "date", "The day the delivery speaks of."),
          column(SOURCE_FILE, "string", "The file the row stood in."),
          column(ROW_NUMBER, "bigint", "The row's place in its file: 1 is the first data row."),
          column(INGESTED_AT, "timestamp", "When the row was appended."),
          column(
              MALFORMED,
              "string",
              "What is wrong with a row that does not fit its columns; null where nothing is."),
          column(
              RESCUED,
              "string",
              "Content that does not fit the columns: of a malformed row its text as it came, otherwise a JSON object of columns."));

  private BronzeContract() {}

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return List.of(EXTRACT);
  }
}
