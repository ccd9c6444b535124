package org.assay.silver.history;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What FULL deliveries take back, of a dimension whose rows say themselves from when they hold. By
 * its extract date nothing that is said later can be earlier; by a date of its own it can, so that
 * what an earlier delivery said would stand behind it for ever.
 */
final class Corrections {
  private static final String TOLD = "_told";
  private static final String PRESENT = "_present";
  private static final String HELD = "_held";

  private final Dimension dimension;
  private final Column closing;

  Corrections(Dimension dimension, Deliveries deliveries) {
    this.dimension = dimension;
    Column[] days =
        deliveries.closing().stream().map(day -> lit(day.date())).toArray(Column[]::new);
    this.closing = array(days).cast("array<date>");
  }

  /**
   * The events, those of absence among them, without what is taken back. Of values that is what had
   * not begun when its member was absent; where the extract lists the history of its members, any
   * row that it no longer lists; where it lists how they are now, what would follow that. A held
   * row of the member takes nothing back, as nobody knows what it says. An absence is taken back by
   * a row that holds since before it.
   */
  Dataset<Row> of(Dataset<Row> events) {
    if (dimension.effective().isEmpty()) {
      return events;
    }
    Column isTakenBack =
        Events.isValue()
            .and(isBegunInAbsence().or(dimension.listsHistory() ? isNoLongerListed() : isCutOff()))
            .or(Events.isDelete().and(isToldSinceBefore()));
    return withTold(events).filter(not(isTakenBack)).drop(TOLD, PRESENT, HELD);
  }

  private Column isBegunInAbsence() {
    return exists(closing, day -> isAfter(day).and(isAbsent(day)).and(col(Events.AT).geq(day)));
  }

  private Column isNoLongerListed() {
    return exists(closing, day -> isAfter(day).and(isTold(day)).and(not(isListed(day))));
  }

  private static Column isCutOff() {
    return exists(
        col(TOLD),
        told -> {
          Column day = told.getField("day");
          return isAfter(day).and(isTold(day)).and(not(isSomethingListedSince(day)));
        });
  }

  private static Column isToldSinceBefore() {
    return exists(
        col(TOLD),
        told ->
            told.getField("day")
                .gt(col(Events.SAID))
                .and(told.getField("since").leq(col(Events.AT))));
  }

  /** With what FULL deliveries have of the event's member, as one of their days each. */
  private Dataset<Row> withTold(Dataset<Row> events) {
    WindowSpec ofMember = Window.partitionBy(named(dimension.key()));
    Column said = col(Events.SAID);
    Column row = struct(said.as("day"), col(Events.AT).as("since"));
    Column isFull = col(Events.IS_FULL).and(not(Events.isDelete()));
    return events
        .withColumn(TOLD, collect_set(when(isFull.and(Events.isValue()), row)).over(ofMember))
        .withColumn(PRESENT, collect_set(when(isFull, said)).over(ofMember))
        .withColumn(HELD, collect_set(when(isFull.and(Events.isHeld()), said)).over(ofMember));
  }

  /** Of a DELTA and a FULL delivery of one day the FULL one is later. */
  private static Column isAfter(Column day) {
    return day.gt(col(Events.SAID)).or(day.equalTo(col(Events.SAID)).and(not(col(Events.IS_FULL))));
  }

  private static Column isAbsent(Column day) {
    return not(array_contains(col(PRESENT), day));
  }

  private static Column isTold(Column day) {
    return array_contains(col(PRESENT), day).and(not(array_contains(col(HELD), day)));
  }

  private static Column isListed(Column day) {
    return array_contains(col(TOLD), struct(day.as("day"), col(Events.AT).as("since")));
  }

  private static Column isSomethingListedSince(Column day) {
    return exists(
        col(TOLD),
        told -> told.getField("day").equalTo(day).and(told.getField("since").geq(col(Events.AT))));
  }
}
