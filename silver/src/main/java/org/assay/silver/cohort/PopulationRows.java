package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Person;
import org.assay.common.cohort.Population;
import org.assay.common.spark.Columns;

/**
 * A population's rows under uniform names: region, what the row counts, the place where the row
 * leaves the flow, its factor levels, and the events of each cohort.
 */
final class PopulationRows {
  static final String REGION = "_region";
  static final String COUNT = "_count";

  /** The person, where the population names one. */
  static final String PERSON = "_person";

  private static final String TURN = "_turn";
  private static final String ORDER = "_order_";
  private static final String DESCENDING = "(?i)\\s+desc$";

  /** 0: counted; i: excluded by the i-th exclusion; -i: the i-th could not be decided. */
  static final String PLACE = "_place";

  /** The place of rows that do not say how many they count. */
  static final int COUNT_UNKNOWN = Integer.MIN_VALUE;

  private PopulationRows() {}

  static String events(Cohort cohort) {
    return "_events_" + cohort.name();
  }

  static String exposure(Cohort cohort) {
    return "_exposure_" + cohort.name();
  }

  /** The rows; a query, condition or column that does not exist is Spark's AnalysisException. */
  static Dataset<Row> of(SparkSession spark, Population population, List<Cohort> cohorts) {
    Dataset<Row> rows = PopulationQuery.rows(spark, population);
    Column count =
        population
            .count()
            .map(c -> named(c).cast(DataTypes.LongType))
            .map(n -> when(n.geq(0), n)) // a negative number of people says nothing about how many
            .orElse(lit(1L));
    List<Column> columns = new ArrayList<>();
    columns.add(named(population.region().code()).cast(DataTypes.StringType).as(REGION));
    columns.add(count.as(COUNT));
    columns.add(place(population, count).as(PLACE));
    for (Factor factor : population.factors()) {
      columns.add(
          coalesce(named(factor.name()).cast(DataTypes.StringType), lit(Factor.NOT_KNOWN))
              .as(factor.name()));
    }
    for (Cohort cohort : cohorts) {
      columns.add(events(cohort.outcome()).as(events(cohort)));
      exposure(cohort.outcome()).ifPresent(column -> columns.add(column.as(exposure(cohort))));
    }
    population.person().ifPresent(person -> columns.addAll(personColumns(person)));
    Dataset<Row> uniform = rows.select(columns.toArray(Column[]::new));
    return population
        .person()
        .filter(PopulationRows::takesTurns)
        .map(person -> withTurns(uniform, person, population, cohorts))
        .orElse(uniform);
  }

  private static Column place(Population population, Column count) {
    Column place = when(count.isNull(), COUNT_UNKNOWN);
    for (int i = 1; i <= population.exclusions().size(); i++) {
      Column excluded = expr(population.exclusions().get(i - 1).when());
      place = place.when(excluded.isNull(), -i).when(excluded, i);
    }
    return place.otherwise(0);
  }

  private static List<Column> personColumns(Person person) {
    List<Column> columns = new ArrayList<>();
    columns.add(named(person.column()).cast(DataTypes.StringType).as(PERSON));
    for (int i = 0; i < person.orderBy().size(); i++) {
      columns.add(named(orderColumn(person.orderBy().get(i))).as(ORDER + i));
    }
    return columns;
  }

  /** The column of an entry of order_by. */
  static String orderColumn(String entry) {
    return entry.strip().replaceFirst(DESCENDING, "");
  }

  /**
   * Numbers each person's counted rows. Where only the first is counted, ties are broken by
   * everything that is counted, so that it does not matter which of equal rows came first.
   */
  private static Dataset<Row> withTurns(
      Dataset<Row> rows, Person person, Population population, List<Cohort> cohorts) {
    List<Column> order = new ArrayList<>();
    for (int i = 0; i < person.orderBy().size(); i++) {
      Column by = col(ORDER + i);
      boolean descending = person.orderBy().get(i).strip().matches("(?s).*" + DESCENDING);
      order.add(descending ? by.desc_nulls_last() : by.asc_nulls_last());
    }
    order.add(col(REGION));
    population.factorNames().forEach(factor -> order.add(named(factor)));
    order.add(col(COUNT));
    for (Cohort cohort : cohorts) {
      order.add(col(events(cohort)));
      if (cohort.outcome().isRate()) {
        order.add(col(exposure(cohort)));
      }
    }
    // rows without a person have no turns; they would all come to one task
    Column spread = when(col(PERSON).isNull(), hash(order(population)));
    Column turn =
        row_number()
            .over(
                Window.partitionBy(col(PERSON), isCounted(), spread)
                    .orderBy(order.toArray(Column[]::new)));
    Dataset<Row> numbered = rows.withColumn(TURN, turn);
    if (!person.firstRowOnly()) {
      return numbered;
    }
    int step = population.exclusionNames().size();
    return numbered.withColumn(
        PLACE,
        when(isCounted().and(col(PERSON).isNull()), -step)
            .when(isCounted().and(col(TURN).gt(1)), step)
            .otherwise(col(PLACE)));
  }

  private static Column[] order(Population population) {
    List<Column> columns = new ArrayList<>(List.of(col(REGION)));
    population.factorNames().forEach(factor -> columns.add(named(factor)));
    return columns.toArray(Column[]::new);
  }

  /** Whether it matters which of a person's rows is the first, or that there are several. */
  static boolean takesTurns(Person person) {
    return person.firstRowOnly() || person.repeats() != Person.Repeats.ALLOW;
  }

  /** Whether a row is counted although its person has been counted before. */
  static Column isRepeat() {
    return isCounted().and(col(PERSON).isNotNull()).and(col(TURN).gt(1));
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

  /** Time at risk, in decimals: their sum does not depend on the order of the rows. */
  private static Optional<Column> exposure(Outcome outcome) {
    return outcome instanceof Outcome.Events of
        ? of.exposure().map(column -> named(column).cast(DataTypes.createDecimalType(20, 9)))
        : Optional.empty();
  }

  /**
   * Whether the outcome of a row is known and possible: null where it is not known, such as where
   * nothing is at risk; false where it cannot be.
   */
  static Column isPossible(Cohort cohort) {
    Column events = col(events(cohort));
    if (!cohort.outcome().isRate()) {
      return events.between(lit(0L), col(COUNT));
    }
    Column exposure = col(exposure(cohort));
    Column isKnown = events.isNotNull().and(exposure.isNotNull());
    Column isNobody = events.equalTo(0).and(exposure.equalTo(0));
    return when(isKnown.and(not(isNobody)), events.geq(0).and(exposure.gt(0)));
  }

  /** Whether a row is in the cells. */
  static Column isCounted() {
    return col(PLACE).equalTo(0);
  }
}
