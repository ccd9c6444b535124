package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Population;
import org.assay.common.spark.Columns;

/**
 * A population's rows under uniform names: region, what the row counts, the place where the row
 * leaves the flow, its factor levels, and the events of each cohort.
 */
final class PopulationRows {
  static final String REGION = "_region";
  static final String COUNT = "_count";

  /** 0: counted; i: excluded by the i-th exclusion; -i: the i-th could not be decided. */
  static final String PLACE = "_place";

  /** The place of rows that do not say how many they count. */
  static final int COUNT_UNKNOWN = Integer.MIN_VALUE;

  private PopulationRows() {}

  static String events(Cohort cohort) {
    return "_events_" + cohort.name();
  }

  /** The rows; a query, condition or column that does not exist is Spark's AnalysisException. */
  static Dataset<Row> of(SparkSession spark, Population population, List<Cohort> cohorts) {
    Dataset<Row> rows = spark.sql(population.sql());
    Column count = population.count().map(c -> named(c).cast(DataTypes.LongType)).orElse(lit(1L));
    List<Column> columns = new ArrayList<>();
    columns.add(named(population.region()).cast(DataTypes.StringType).as(REGION));
    columns.add(count.as(COUNT));
    columns.add(place(population, count).as(PLACE));
    for (Factor factor : population.factors()) {
      columns.add(
          coalesce(named(factor.name()).cast(DataTypes.StringType), lit(Factor.NOT_KNOWN))
              .as(factor.name()));
    }
    cohorts.forEach(cohort -> columns.add(events(cohort.outcome()).as(events(cohort))));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column place(Population population, Column count) {
    Column place = when(count.isNull(), COUNT_UNKNOWN);
    for (int i = 1; i <= population.exclusions().size(); i++) {
      Column excluded = expr(population.exclusions().get(i - 1).when());
      place = place.when(excluded.isNull(), -i).when(excluded, i);
    }
    return place.otherwise(0);
  }

  /** Events of a row, null where they are not known. */
  private static Column events(Outcome outcome) {
    if (outcome instanceof Outcome.Status status) {
      Column value = named(status.column()).cast(DataTypes.StringType);
      return when(value.isInCollection(status.event()), 1L)
          .when(value.isInCollection(status.nonEvent()), 0L);
    }
    return Columns.named(((Outcome.Events) outcome).events()).cast(DataTypes.LongType);
  }

  /** Whether a row is in the cells. */
  static Column isCounted() {
    return col(PLACE).equalTo(0);
  }
}
