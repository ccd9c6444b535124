package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.assay.common.contract.BronzeContract;
import org.assay.common.contract.SilverContract;
import org.assay.silver.conform.ExtractRules;

/**
 * An extract's part of {@code quarantine.rows}: a pure function of the deliveries that stand. The
 * same bad row that comes again is one row, which remembers each time it came.
 */
public final class HeldRows {
  /** What tells of one time that a row came. */
  private static final String OCCURRENCE = "occurrence";

  private static final String PLACE = "place";
  private static final String RANK = "rank";

  /** What is the same each time it comes. */
  private static final String[] SAME = {
    "extract", "row", "reasons", "cause_id", "row_key", "dimension_keys", "owner", "contact"
  };

  private HeldRows() {}

  /**
   * The held rows of one delivery, one for each time: two equal rows of a delivery are two.
   *
   * @param held labelled rows with reasons
   */
  static Dataset<Row> of(Dataset<Row> held, ExtractRules rules, HeldRow heldRow) {
    Column ids = transform(col(Labels.REASONS), reason -> reason.getField("expectation_id"));
    Column ordinal =
        row_number()
            .over(
                Window.partitionBy(Labels.CONTENT)
                    .orderBy(BronzeContract.DELIVERY_ID, BronzeContract.ROW_NUMBER));
    return held.select(
        sha2(concat_ws("|", lit(rules.name()), col(Labels.CONTENT), ordinal), 256)
            .as("quarantine_id"),
        lit(rules.name()).as("extract"),
        col(Labels.SOURCE).as("row"),
        col(Labels.REASONS).as("reasons"),
        sha2(concat_ws("|", lit(rules.name()), concat_ws(",", ids)), 256).as("cause_id"),
        heldRow.key().as("row_key"),
        heldRow.dimensionKeys().as("dimension_keys"),
        text(rules.owner()).as("owner"),
        text(rules.contact()).as("contact"),
        struct(
                col(BronzeContract.DELIVERY_ID).as("delivery_id"),
                col(BronzeContract.EXTRACT_DATE).as("extract_date"),
                col(BronzeContract.SOURCE_FILE).as("source_file"),
                col(BronzeContract.ROW_NUMBER).as("row_number"),
                col(BronzeContract.INGESTED_AT).as("seen_at"))
            .as(OCCURRENCE));
  }

  private static Column text(Optional<String> text) {
    return lit(text.orElse(null)).cast("string");
  }

  /** What {@link #of} gives for rows that are in quarantine, of these deliveries alone. */
  public static Dataset<Row> occurrences(Dataset<Row> quarantine, Set<String> deliveries) {
    return quarantine
        .withColumn(OCCURRENCE, explode(col("occurrences")))
        .filter(col(OCCURRENCE + ".delivery_id").isInCollection(deliveries))
        .select(
            col("quarantine_id"),
            col("extract"),
            col("row"),
            col("reasons"),
            col("cause_id"),
            col("row_key"),
            col("dimension_keys"),
            col("owner"),
            col("contact"),
            col(OCCURRENCE));
  }

  /**
   * The rows as quarantine has them. What it says of a row is what the delivery said that brought
   * it last; it is resolved by the first later delivery that brought its key right, or that is FULL
   * and came without it.
   *
   * @param occurrences each time that a row came
   * @param order the deliveries that stand
   * @param accepted digest of key, as {@code row_key}, and rank of the delivery of accepted rows;
   *     empty where no DELTA can have brought a row right
   */
  public static Dataset<Row> standing(
      Dataset<Row> occurrences, DeliveryOrder order, Optional<Dataset<Row>> accepted) {
    Column place =
        struct(
            order.rank(col(OCCURRENCE + ".delivery_id")).as(RANK),
            col(OCCURRENCE + ".row_number").as("row_number"));
    Column[] last = new Column[SAME.length];
    for (int i = 0; i < SAME.length; i++) {
      last[i] = col(SAME[i]);
    }
    Dataset<Row> rows =
        occurrences
            .withColumn(PLACE, place)
            .groupBy("quarantine_id")
            .agg(
                max(struct(col(PLACE), struct(last).as("is"))).as("last"),
                array_sort(collect_list(struct(col(PLACE), col(OCCURRENCE)))).as("each"))
            .withColumn("occurrences", transform(col("each"), each -> each.getField(OCCURRENCE)))
            .withColumn(RANK, col("last.place.rank"))
            .withColumn("row_key", col("last.is.row_key"));
    Dataset<Row> resolved =
        withRightKey(rows, accepted)
            .withColumn("by", order.first(col("by_key"), order.nextFull(col(RANK))));
    return resolved.select(
        SilverContract.QUARANTINE_ROWS.columns().stream()
            .map(column -> column(column.name(), order).as(column.name()))
            .toArray(Column[]::new));
  }

  private static Column column(String name, DeliveryOrder order) {
    return switch (name) {
      case "quarantine_id", "row_key", "occurrences" -> col(name);
      case "status" -> when(col("by").isNull(), "held").otherwise("resolved");
      case "resolved_by" -> order.delivery(col("by"));
      case "first_seen" -> array_min(col("occurrences.seen_at")); // files may arrive late
      case "last_seen" -> array_max(col("occurrences.seen_at"));
      case "delivery_id", "extract_date", "source_file", "row_number" -> latest(name);
      default -> col("last.is." + name);
    };
  }

  private static Column latest(String field) {
    return element_at(col("each"), -1).getField(OCCURRENCE).getField(field);
  }

  /** Adds {@code by_key}, the rank of the first later delivery that has the key. */
  private static Dataset<Row> withRightKey(Dataset<Row> rows, Optional<Dataset<Row>> accepted) {
    if (accepted.isEmpty()) {
      return rows.withColumn("by_key", lit(null).cast("int"));
    }
    Dataset<Row> right =
        accepted.get().select(col("row_key").as("right_key"), col(RANK).as("right_rank"));
    Dataset<Row> first =
        rows.filter(col("row_key").isNotNull())
            .select(col("quarantine_id").as("right_id"), col("row_key").as("held_key"), col(RANK))
            .join(
                right,
                col("held_key").equalTo(col("right_key")).and(col("right_rank").gt(col(RANK))))
            .groupBy("right_id")
            .agg(min(col("right_rank")).as("by_key"));
    return rows.join(first, col("quarantine_id").equalTo(col("right_id")), "left_outer")
        .drop("right_id");
  }

  /** The keys of accepted rows with the ranks of their deliveries. */
  public static Dataset<Row> keys(Dataset<Row> accepted, ExtractRules rules, DeliveryOrder order) {
    return accepted
        .select(
            HeldRow.acceptedKey(rules, rules.key()).as("row_key"),
            order.rank(col(BronzeContract.DELIVERY_ID)).as(RANK))
        .distinct();
  }
}
