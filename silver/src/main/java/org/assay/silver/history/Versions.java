package org.assay.silver.history;

import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assay.silver.history.Dimension.Type;

/**
 * The versions of a dimension from what was said of its members: a pure function of the set of
 * {@link Events}. Of what was said of one instant the last counts; equal tracked values that follow
 * each other are one version, which carries the latest of the other attributes.
 */
final class Versions {
  static final String VALID_FROM = "valid_from";
  static final String VALID_TO = "valid_to";
  static final String IS_CURRENT = "is_current";
  static final String HELD_SINCE = "held_since";

  /** Whether the version ended because its member was absent. */
  static final String IS_DELETED = "_is_deleted";

  /** Whether the version was open before these events. */
  static final String WAS_OPEN = "_was_open";

  /** How many instants of the version had several values that differ. */
  static final String TIES = "_ties";

  /** Whether the table keeps it; of type 1, what stood before the last was overwritten. */
  static final String IS_KEPT = "_is_kept";

  private static final String PLACE = "_place";
  private static final String BEFORE = "_before";
  private static final String RUN = "_run";
  private static final String ENDS = "_ends";
  private static final String VALUES = "_values";
  private static final String TURN = "_turn";
  private static final String IS_TIE = "_is_tie";

  private Versions() {}

  /**
   * All versions of the members that the events are about, also those that nothing keeps: the
   * dimension's columns, and {@link #IS_KEPT}, {@link #IS_DELETED}, {@link #WAS_OPEN} and {@link
   * #TIES}.
   *
   * @param events as {@link Events} has them, a member's all in one partition
   */
  static Dataset<Row> of(Dataset<Row> events, Dimension dimension) {
    Column[] key = named(dimension.key());
    Dataset<Row> runs = runs(lastOfEachInstant(events, dimension), dimension);
    WindowSpec inTime = Window.partitionBy(key).orderBy(VALID_FROM, RUN);
    Dataset<Row> ended =
        runs.withColumn(VALID_TO, lead(col(VALID_FROM), 1).over(inTime))
            .withColumn(IS_DELETED, lead(col(ENDS), 1, false).over(inTime))
            .filter(not(col(ENDS)));
    Column isKept =
        dimension.type() == Type.VERSIONS ? lit(true) : lead(lit(true), 1).over(inTime).isNull();
    return ended.withColumn(IS_KEPT, isKept).select(columns(dimension));
  }

  /** Whether a stored version is the member's current one. */
  static Column isOpen() {
    return col(IS_CURRENT);
  }

  private static Column[] columns(Dimension dimension) {
    List<Column> columns = new ArrayList<>(List.of(named(dimension.key())));
    dimension.attributes().forEach(name -> columns.add(col(VALUES).getField(name).as(name)));
    columns.add(col(VALID_FROM));
    columns.add(col(VALID_TO));
    columns.add(col(VALID_TO).isNull().as(IS_CURRENT));
    Column isWithin = col(VALID_TO).isNull().or(col(HELD_SINCE).lt(col(VALID_TO)));
    columns.add(when(isWithin, col(HELD_SINCE)).as(HELD_SINCE));
    columns.add(col(IS_KEPT));
    columns.add(col(IS_DELETED));
    columns.add(col(WAS_OPEN));
    columns.add(col(TIES));
    return columns.toArray(Column[]::new);
  }

  /** One place in time per event; within an instant as deliveries follow each other. */
  private static Column place() {
    return struct(
        col(Events.AT), col(Events.DAY), Events.isDelete(), col(Events.RANK), col(Events.ROW));
  }

  private static Dataset<Row> lastOfEachInstant(Dataset<Row> events, Dimension dimension) {
    List<Column> instant = new ArrayList<>(List.of(named(dimension.key())));
    instant.add(col(Events.AT));
    instant.add(Events.isHeld());
    WindowSpec latestFirst =
        Window.partitionBy(instant.toArray(Column[]::new)).orderBy(col(PLACE).desc());
    Column said = struct(Events.isDelete(), values(dimension.attributes()));
    Column next = lead(struct(col(Events.DAY).as("day"), said.as("said")), 1).over(latestFirst);
    Column isTie =
        next.getField("day")
            .equalTo(col(Events.DAY))
            .and(not(next.getField("said").eqNullSafe(said)))
            .and(not(Events.isHeld()));
    return events
        .withColumn(PLACE, place())
        .withColumn(TURN, row_number().over(latestFirst))
        .withColumn(IS_TIE, isTie)
        .filter(col(TURN).equalTo(1));
  }

  /** Null-safe to compare, and there even where there are no names. */
  static Column values(List<String> names) {
    List<Column> values = new ArrayList<>(List.of(lit(true).as("_any")));
    values.addAll(List.of(named(names)));
    return struct(values.toArray(Column[]::new));
  }

  /**
   * One row for each stretch of time in which a member was the same, or was not there. A held row
   * changes neither: what it says is not known.
   */
  private static Dataset<Row> runs(Dataset<Row> events, Dimension dimension) {
    Column[] key = named(dimension.key());
    WindowSpec inTime = Window.partitionBy(key).orderBy(PLACE);
    Column isKnown = not(Events.isHeld());
    Column state = struct(Events.isDelete().as("ends"), values(dimension.tracked()).as("tracked"));
    Dataset<Row> placed =
        events.withColumn(
            BEFORE,
            last(when(isKnown, state), true)
                .over(inTime.rowsBetween(Window.unboundedPreceding(), -1)));
    Column isThere = col(BEFORE).isNotNull().and(not(col(BEFORE).getField("ends")));
    Column isSame =
        isThere.and(col(BEFORE).getField("tracked").eqNullSafe(values(dimension.tracked())));
    Column begins =
        when(Events.isHeld(), false).when(Events.isDelete(), isThere).otherwise(not(isSame));
    Dataset<Row> numbered =
        placed.withColumn(
            RUN,
            sum(begins.cast("int"))
                .over(inTime.rowsBetween(Window.unboundedPreceding(), Window.currentRow())));
    Column known = when(isKnown, col(PLACE));
    List<Column> byRun = new ArrayList<>(List.of(key));
    byRun.add(col(RUN));
    return numbered
        .filter(col(RUN).gt(0)) // before anything was known of the member
        .groupBy(byRun.toArray(Column[]::new))
        .agg(
            min(when(isKnown, col(Events.AT))).as(VALID_FROM),
            max_by(values(dimension.attributes()), known).as(VALUES),
            max(when(isKnown, Events.isDelete())).as(ENDS),
            max(col(Events.IS_OPEN)).as(WAS_OPEN),
            sum(col(IS_TIE).cast("long")).as(TIES),
            max(known).as("_known"),
            collect_list(when(Events.isHeld(), col(PLACE))).as("_held"))
        .withColumn(
            HELD_SINCE,
            array_min(filter(col("_held"), place -> place.gt(col("_known")))).getField(Events.AT));
  }
}
