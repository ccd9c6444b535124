package org.assay.silver.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What there is to know of derived versions. What a delivery closes it closes also where a later
 * one overwrites it.
 *
 * @param versions how many the table keeps
 * @param open how many of them are current
 * @param wereOpen how many of them were current before
 * @param deleted how many of those that are kept ended because their member was absent
 * @param ties instants of which several things were said
 * @param closings what each delivery closes, in the order of dates
 */
record VersionFacts(
    long versions, long open, long wereOpen, long deleted, long ties, List<Closing> closings) {
  VersionFacts {
    closings = List.copyOf(closings);
  }

  /**
   * What a FULL delivery closes.
   *
   * @param date its extract date
   * @param closed versions that end then because their member is absent
   * @param openBefore versions that were current until then
   */
  record Closing(LocalDate date, long closed, long openBefore) {}

  /** Counts in one job. */
  static VersionFacts of(Dataset<Row> versions, Deliveries deliveries) {
    Column from = col(Versions.VALID_FROM);
    Column to = col(Versions.VALID_TO);
    List<Column> sums = new ArrayList<>();
    sums.add(counted(col(Versions.IS_KEPT)));
    sums.add(counted(to.isNull()));
    sums.add(counted(col(Versions.WAS_OPEN)));
    sums.add(counted(col(Versions.IS_KEPT).and(col(Versions.IS_DELETED))));
    sums.add(coalesce(sum(Versions.TIES), lit(0L)));
    for (Deliveries.Day day : deliveries.closing()) {
      Column date = lit(day.date());
      sums.add(counted(col(Versions.IS_DELETED).and(to.equalTo(date))));
      sums.add(counted(from.lt(date).and(to.isNull().or(to.geq(date)))));
    }
    Row found = versions.select(sums.toArray(Column[]::new)).first();
    List<Closing> closings = new ArrayList<>();
    for (Deliveries.Day day : deliveries.closing()) {
      int at = 5 + 2 * closings.size();
      closings.add(new Closing(day.date(), found.getLong(at), found.getLong(at + 1)));
    }
    return new VersionFacts(
        found.getLong(0),
        found.getLong(1),
        found.getLong(2),
        found.getLong(3),
        found.getLong(4),
        closings);
  }

  private static Column counted(Column condition) {
    return coalesce(sum(when(condition, 1L).otherwise(0L)), lit(0L));
  }
}
