package org.assay.silver.history;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.named;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What was found when the versions of members were checked.
 *
 * @param members members that were looked at
 * @param overlaps versions that begin before the one before them ends
 * @param several members with more than one current version
 * @param empty versions that end before they begin, or when they do
 * @param mislabelled versions whose {@code is_current} is not what {@code valid_to} says
 */
record IntervalProof(long members, long overlaps, long several, long empty, long mislabelled) {

  /** Checks all versions of whoever is in them, in one job. */
  static IntervalProof of(Dataset<Row> versions, Dimension dimension) {
    Column[] key = named(dimension.key());
    WindowSpec inTime = Window.partitionBy(key).orderBy(Versions.VALID_FROM);
    Column from = col(Versions.VALID_FROM);
    Column to = col(Versions.VALID_TO);
    Column isFirst = lag(lit(true), 1).over(inTime).isNull();
    Column before = lag(to, 1).over(inTime);
    Row found =
        versions
            .withColumn("_overlaps", not(isFirst).and(before.isNull().or(before.gt(from))))
            .groupBy(key)
            .agg(
                sum(when(col("_overlaps"), 1L).otherwise(0L)).as("overlaps"),
                sum(when(to.isNull(), 1L).otherwise(0L)).as("open"),
                sum(when(coalesce(from.lt(to), to.isNull()), 0L).otherwise(1L)).as("empty"),
                sum(when(col(Versions.IS_CURRENT).equalTo(to.isNull()), 0L).otherwise(1L))
                    .as("mislabelled"))
            .agg(
                count(lit(1)),
                coalesce(sum("overlaps"), lit(0L)),
                coalesce(sum(when(col("open").gt(1), 1L).otherwise(0L)), lit(0L)),
                coalesce(sum("empty"), lit(0L)),
                coalesce(sum("mislabelled"), lit(0L)))
            .first();
    return new IntervalProof(
        found.getLong(0), found.getLong(1), found.getLong(2), found.getLong(3), found.getLong(4));
  }

  /** Whether every instant of every member has at most one version. */
  boolean holds() {
    return overlaps + several + empty + mislabelled == 0;
  }

  /** As a commit's note has it. */
  String text() {
    return "members=%d overlaps=%d several_current=%d empty=%d mislabelled=%d"
        .formatted(members, overlaps, several, empty, mislabelled);
  }

  /** What does not hold. */
  String sentence(String dimension) {
    return format(
        "The versions of dimension %s do not fit together: of %,d members, %,d versions overlap, %,d members have several current versions, %,d versions are empty and %,d are labelled wrongly. Nothing was written. Rebuild it with run --rebuild silver.",
        dimension, members, overlaps, several, empty, mislabelled);
  }
}
