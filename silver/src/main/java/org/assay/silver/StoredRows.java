package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.silver.conform.ExtractRules;

/**
 * How many rows of each delivery are in silver and in quarantine, counted in one query however many
 * extracts there are.
 */
final class StoredRows {
  private static final TableName QUARANTINE = TableName.quarantine("rows");

  /** Of what is in quarantine, which is one table for all extracts. */
  private static final String NO_EXTRACT = "";

  private record Place(String extract, String delivery) {}

  private final Map<Place, Long> rows;

  private StoredRows(Map<Place, Long> rows) {
    this.rows = rows;
  }

  /**
   * Counts.
   *
   * @param deliveries the ids of those that are asked for, by extract
   */
  static StoredRows of(Tables tables, Map<ExtractRules, List<String>> deliveries) {
    List<Dataset<Row>> places = new ArrayList<>();
    deliveries.forEach(
        (rules, ids) -> {
          if (tables.state(rules.silver()).isPresent()) {
            places.add(place(rules.name(), tables.read(rules.silver()), col("_delivery_id"), ids));
          }
        });
    List<String> all = deliveries.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty() && tables.state(QUARANTINE).isPresent()) {
      // a row that came with several deliveries is there once, and of each of them
      Dataset<Row> held =
          tables.read(QUARANTINE).selectExpr("explode(occurrences.delivery_id) AS id");
      places.add(place(NO_EXTRACT, held, col("id"), all));
    }
    Map<Place, Long> rows = new HashMap<>();
    places.stream()
        .reduce(Dataset::union)
        .ifPresent(
            union ->
                union
                    .groupBy("extract", "delivery")
                    .count()
                    .collectAsList()
                    .forEach(
                        row ->
                            rows.put(
                                new Place(row.getString(0), row.getString(1)), row.getLong(2))));
    return new StoredRows(rows);
  }

  private static Dataset<Row> place(
      String extract, Dataset<Row> rows, Column delivery, Collection<String> ids) {
    return rows.filter(delivery.isInCollection(ids))
        .select(lit(extract).as("extract"), delivery.as("delivery"));
  }

  /** Rows of a delivery that are used. */
  long accepted(ExtractRules rules, String delivery) {
    return rows.getOrDefault(new Place(rules.name(), delivery), 0L);
  }

  /** Rows of a delivery that are in quarantine. */
  long held(String delivery) {
    return rows.getOrDefault(new Place(NO_EXTRACT, delivery), 0L);
  }
}
