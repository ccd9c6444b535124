package org.assay.silver.history;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.assay.common.spark.Columns.literal;
import static org.assay.common.spark.Columns.named;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.HeldRow;

/**
 * Members of a dimension whose rows are in quarantine: they were delivered, so they are not absent,
 * and what was said of them is not known.
 */
final class HeldMembers {
  private static final String KEY = "_member";

  private final Dimension dimension;
  private final ExtractRules extract;
  private final Optional<Dataset<Row>> occurrences;
  private final Map<String, Long> unreadable = new TreeMap<>();
  private boolean isAny;

  private HeldMembers(
      Dimension dimension, ExtractRules extract, Optional<Dataset<Row>> occurrences) {
    this.dimension = dimension;
    this.extract = extract;
    this.occurrences = occurrences;
  }

  /** Looks at the held rows of these deliveries, in one job. */
  static HeldMembers of(
      Tables tables, Dimension dimension, ExtractRules extract, Collection<String> deliveries) {
    TableName quarantine = TableName.quarantine("rows");
    Optional<Dataset<Row>> occurrences =
        tables
            .state(quarantine)
            .map(state -> occurrences(tables.read(quarantine), dimension, deliveries));
    HeldMembers held = new HeldMembers(dimension, extract, occurrences);
    occurrences.ifPresent(
        rows ->
            rows.groupBy("delivery_id")
                .agg(expr("count_if(" + KEY + " IS NULL)").as("unreadable"))
                .collectAsList()
                .forEach(row -> held.count(row.getString(0), row.getLong(1))));
    return held;
  }

  private void count(String delivery, long withoutKey) {
    isAny = true;
    if (withoutKey > 0) {
      unreadable.put(delivery, withoutKey);
    }
  }

  private static Dataset<Row> occurrences(
      Dataset<Row> quarantine, Dimension dimension, Collection<String> deliveries) {
    return quarantine
        .filter(col("extract").equalTo(dimension.from()))
        .withColumn("occurrence", explode(col("occurrences")))
        .filter(col("occurrence.delivery_id").isInCollection(deliveries))
        .select(
            col("occurrence.delivery_id").as("delivery_id"),
            col("occurrence.extract_date").as("extract_date"),
            col("occurrence.row_number").as("row_number"),
            expr("filter(dimension_keys, d -> d.dimension = %s)[0].key"
                    .formatted(literal(dimension.name())))
                .as(KEY));
  }

  /** Rows by delivery of which it cannot be known which member they are about. */
  Map<String, Long> unreadable() {
    return Map.copyOf(unreadable);
  }

  /**
   * The held rows with the keys of their members, of those that are known.
   *
   * @param members rows with keys, of all members that there may be; one may have several
   */
  Optional<Dataset<Row>> rows(Dataset<Row> members) {
    if (!isAny) {
      return Optional.empty();
    }
    Dataset<Row> digests =
        members
            .select(named(dimension.key()))
            .withColumn(KEY, HeldRow.acceptedKey(extract, dimension.key()));
    // repeated members are dropped last, so that not all of them are shuffled for a few held rows
    return occurrences.map(rows -> digests.join(broadcast(rows), KEY).drop(KEY).distinct());
  }
}
