package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Population;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Sentences;
import org.assay.silver.conform.ExtractRules;

/** Whether a population's query gives back each unit of its extract exactly once. */
final class Units {
  private static final String EXPECTED = "_expected";
  private static final String CAME = "_came";

  private Units() {}

  /**
   * Compares both sides in one aggregation.
   *
   * @throws DataRefusedException if a unit is lost, doubled or made up
   */
  static void refuseUnlessOnce(SparkSession spark, Population population, ExtractRules extract) {
    Dataset<Row> expected = side(spark.table(extract.name()), population, 1, 0);
    Dataset<Row> came = side(PopulationQuery.rows(spark, population), population, 0, 1);
    Row counts =
        expected
            .unionByName(came)
            .groupBy(named(population.unit()))
            .agg(sum(EXPECTED).as(EXPECTED), sum(CAME).as(CAME))
            .agg(
                sum(col(EXPECTED)),
                count(col(EXPECTED).gt(0).and(col(CAME).equalTo(0))),
                count(col(CAME).gt(1)),
                count(col(EXPECTED).equalTo(0)))
            .first();
    long lost = orZero(counts, 1);
    long doubled = orZero(counts, 2);
    long foreign = orZero(counts, 3);
    if (lost + doubled + foreign > 0) {
      throw new DataRefusedException(
          format(
              "Population %s cannot be counted: of %,d units (%s) in %s, %s. Join on whole keys with"
                  + " LEFT JOIN, and leave rows out under a name in exclude, not in a WHERE.",
              population.name(),
              orZero(counts, 0),
              String.join(", ", population.unit()),
              extract.name(),
              found(lost, doubled, foreign)));
    }
  }

  private static String found(long lost, long doubled, long foreign) {
    List<String> found = new ArrayList<>();
    if (lost > 0) {
      found.add(format("%,d do not come back from its query", lost));
    }
    if (doubled > 0) {
      found.add(format("%,d come back more than once", doubled));
    }
    if (foreign > 0) {
      found.add(format("%,d come back that are not there", foreign));
    }
    return Sentences.list(found);
  }

  private static Dataset<Row> side(
      Dataset<Row> rows, Population population, long expected, long came) {
    return rows.select(named(population.unit()))
        .withColumn(EXPECTED, lit(expected))
        .withColumn(CAME, lit(came));
  }

  private static Column count(Column condition) {
    return sum(when(condition, 1L).otherwise(0L));
  }

  private static long orZero(Row row, int column) {
    return row.isNullAt(column) ? 0 : row.getLong(column);
  }
}
