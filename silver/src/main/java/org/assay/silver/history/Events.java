package org.assay.silver.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assay.common.contract.BronzeContract;

/**
 * What was said of a dimension's members: a row with values, a row that is held, or that a member
 * was absent. The columns are key, attributes and the ones named here.
 */
final class Events {
  /** From when what was said holds. */
  static final String AT = "_at";

  /** The extract date of the delivery that said it. */
  static final String SAID = "_said";

  /** The number of that day, where a DELTA's comes before a FULL delivery's of the same date. */
  static final String DAY = "_day";

  /** The number of the delivery. */
  static final String RANK = "_rank";

  /** The place in its file. */
  static final String ROW = "_row";

  /** Whether it is the version that was open before. */
  static final String IS_OPEN = "_is_open";

  /** Whether a FULL delivery said it. */
  static final String IS_FULL = "_is_full";

  private static final String KIND = "_kind";
  private static final int VALUE = 0;
  private static final int HELD = 1;
  private static final int DELETE = 2;

  private static final String NEXT_FULL = "_next_full";
  private static final String IS_ABSENT = "_is_absent";
  private static final String IS_CHANGED = "_is_changed";

  private final Dimension dimension;
  private final Deliveries deliveries;

  Events(Dimension dimension, Deliveries deliveries) {
    this.dimension = dimension;
    this.deliveries = deliveries;
  }

  static Column isValue() {
    return col(KIND).equalTo(VALUE);
  }

  static Column isDelete() {
    return col(KIND).equalTo(DELETE);
  }

  static Column isHeld() {
    return col(KIND).equalTo(HELD);
  }

  /** Accepted rows of these deliveries. */
  Dataset<Row> values(Dataset<Row> silver) {
    Column id = col(BronzeContract.DELIVERY_ID);
    Column said = col(BronzeContract.EXTRACT_DATE);
    Column at = dimension.effective().map(column -> named(column)).orElse(said);
    return events(
        silver.filter(id.isInCollection(deliveries.ids())),
        VALUE,
        at,
        said,
        deliveries.day(id),
        deliveries.rank(id),
        col(BronzeContract.ROW_NUMBER),
        deliveries.isFull(id),
        lit(false));
  }

  /**
   * Rows that are held: their members are there, and what is said of them is not known.
   *
   * @param held key, {@code delivery_id}, {@code extract_date} and {@code row_number}
   */
  Dataset<Row> held(Dataset<Row> held, Dataset<Row> like) {
    Column id = col("delivery_id");
    Dataset<Row> whole = held;
    for (String attribute : dimension.attributes()) {
      whole =
          whole.withColumn(attribute, lit(null).cast(like.schema().apply(attribute).dataType()));
    }
    return events(
        whole,
        HELD,
        col("extract_date"),
        col("extract_date"),
        deliveries.day(id),
        deliveries.rank(id),
        col("row_number"),
        deliveries.isFull(id),
        lit(false));
  }

  /** Versions that stand, as if they had been said before all these deliveries. */
  Dataset<Row> standing(Dataset<Row> versions) {
    Dataset<Row> values = before(versions, VALUE, col(Versions.VALID_FROM), Versions.isOpen());
    Dataset<Row> held =
        before(
            versions.filter(col(Versions.HELD_SINCE).isNotNull()),
            HELD,
            col(Versions.HELD_SINCE),
            lit(false));
    Dataset<Row> deleted =
        before(
            versions.filter(col(Versions.VALID_TO).isNotNull()),
            DELETE,
            col(Versions.VALID_TO),
            lit(false));
    return values.unionByName(held).unionByName(deleted);
  }

  private Dataset<Row> before(Dataset<Row> versions, int kind, Column at, Column isOpen) {
    Column row = lit(kind == HELD ? 1L : 0L); // a held row comes after what it says nothing of
    return events(versions, kind, at, at, lit(0), lit(0), row, lit(true), isOpen);
  }

  private Dataset<Row> events(
      Dataset<Row> rows,
      int kind,
      Column at,
      Column said,
      Column day,
      Column rank,
      Column row,
      Column isFull,
      Column isOpen) {
    List<Column> columns = new ArrayList<>(List.of(named(dimension.columns())));
    columns.add(lit(kind).as(KIND));
    columns.add(at.as(AT));
    columns.add(said.as(SAID));
    columns.add(day.as(DAY));
    columns.add(rank.as(RANK));
    columns.add(row.cast("bigint").as(ROW));
    columns.add(isFull.as(IS_FULL));
    columns.add(isOpen.as(IS_OPEN));
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * The events with those of absence: who was in one delivery and is not in the next FULL one that
   * may close. A member's events come into one partition.
   */
  Dataset<Row> withAbsence(Dataset<Row> events) {
    Dataset<Row> together = events.repartition(named(dimension.key()));
    if (deliveries.closing().isEmpty()) {
      return together;
    }
    Column[] days =
        deliveries.closing().stream().map(day -> lit(day.date())).toArray(Column[]::new);
    Column nextFull =
        element_at(
            filter(
                array(days),
                date -> date.gt(col(SAID)).or(date.equalTo(col(SAID)).and(not(col(IS_FULL))))),
            1);
    WindowSpec ofMember = Window.partitionBy(named(dimension.key()));
    Column present = collect_set(when(col(IS_FULL).and(not(isDelete())), col(SAID))).over(ofMember);
    Dataset<Row> absent =
        together
            .withColumn(NEXT_FULL, when(not(isDelete()), nextFull))
            .withColumn(
                IS_ABSENT, coalesce(not(array_contains(present, col(NEXT_FULL))), lit(false)))
            .withColumn(
                "_copy",
                explode(
                    when(col(IS_ABSENT), array(lit(false), lit(true)))
                        .otherwise(array(lit(false)))));
    Column isCopy = col("_copy");
    List<Column> columns = new ArrayList<>(List.of(named(dimension.columns())));
    columns.add(when(isCopy, DELETE).otherwise(col(KIND)).as(KIND));
    columns.add(when(isCopy, col(NEXT_FULL)).otherwise(col(AT)).as(AT));
    columns.add(when(isCopy, col(NEXT_FULL)).otherwise(col(SAID)).as(SAID));
    columns.add(when(isCopy, deliveries.dayOfFull(col(NEXT_FULL))).otherwise(col(DAY)).as(DAY));
    columns.add(when(isCopy, Integer.MAX_VALUE).otherwise(col(RANK)).as(RANK));
    columns.add(when(isCopy, lit(0L)).otherwise(col(ROW)).as(ROW));
    columns.add(col(IS_FULL));
    columns.add(when(isCopy, false).otherwise(col(IS_OPEN)).as(IS_OPEN));
    return absent.select(columns.toArray(Column[]::new));
  }

  /**
   * The events of members of whom something is new: not of those who stand as they stood, with the
   * same values, and nothing held or absent.
   */
  Dataset<Row> changed(Dataset<Row> events) {
    WindowSpec ofMember = Window.partitionBy(named(dimension.key()));
    Column values = Versions.values(dimension.attributes());
    Column isUntold = max(col(DAY)).over(ofMember).equalTo(0);
    Column isSame =
        max(col(IS_OPEN))
            .over(ofMember)
            .and(max(col(KIND)).over(ofMember).equalTo(VALUE))
            .and(min(values).over(ofMember).eqNullSafe(max(values).over(ofMember)));
    Column stands = isUntold.or(isSame);
    return events.withColumn(IS_CHANGED, not(stands)).filter(col(IS_CHANGED)).drop(IS_CHANGED);
  }
}
