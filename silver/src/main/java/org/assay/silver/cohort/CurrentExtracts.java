package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.assay.common.delivery.CurrentDeliveries;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.silver.conform.ExtractRules;

/** The current state of extracts, under their names, for the SQL of populations. */
public final class CurrentExtracts {
  /** The part of a silver extract's note that names its current deliveries. */
  public static final String CURRENT = "current";

  private static final String ID = "_delivery_id";
  private static final String ROW = "_row_number";

  private CurrentExtracts() {}

  /** Each extract that has been delivered, as its current state, by its name. */
  public static SortedMap<String, Dataset<Row>> all(Tables tables, List<ExtractRules> extracts) {
    SortedMap<String, Dataset<Row>> all = new TreeMap<>();
    for (ExtractRules extract : extracts) {
      tables
          .state(extract.silver())
          .ifPresent(
              state ->
                  all.put(extract.name(), current(tables.read(extract.silver()), extract, state)));
    }
    return all;
  }

  /** The current state of one extract; empty if none of its deliveries was accepted yet. */
  public static Optional<Dataset<Row>> of(Tables tables, ExtractRules extract) {
    return tables
        .state(extract.silver())
        .filter(state -> !deliveries(state).isEmpty())
        .map(state -> current(tables.read(extract.silver()), extract, state));
  }

  /** Makes each extract visible as an empty view of its declared columns. */
  public static void registerEmpty(SparkSession spark, List<ExtractRules> extracts) {
    extracts.forEach(
        extract ->
            spark
                .createDataFrame(List.of(), extract.schema())
                .createOrReplaceTempView(extract.name()));
  }

  /**
   * The latest FULL delivery, then later DELTAs: the latest row of each key, or every row where
   * there is no key.
   */
  private static Dataset<Row> current(Dataset<Row> silver, ExtractRules extract, TableState state) {
    CurrentDeliveries deliveries = deliveries(state);
    List<String> ids = new ArrayList<>(deliveries.full());
    ids.addAll(deliveries.deltas());
    Dataset<Row> rows = silver.filter(col(ID).isInCollection(ids));
    boolean replaces = !deliveries.deltas().isEmpty() && !extract.key().isEmpty();
    return (replaces ? latestByKey(rows, extract.key(), ids) : rows)
        .select(named(extract.columnNames()));
  }

  private static CurrentDeliveries deliveries(TableState state) {
    return CurrentDeliveries.parse(
        state.note().flatMap(note -> note.madeOf(CURRENT)).orElseThrow());
  }

  private static Dataset<Row> latestByKey(Dataset<Row> rows, List<String> key, List<String> ids) {
    Column[] inOrder = ids.stream().map(id -> lit(id)).toArray(Column[]::new);
    return rows.withColumn(
            "_age",
            row_number()
                .over(
                    Window.partitionBy(named(key))
                        .orderBy(array_position(array(inOrder), col(ID)).desc(), col(ROW).desc())))
        .filter(col("_age").equalTo(lit(1)));
  }
}
