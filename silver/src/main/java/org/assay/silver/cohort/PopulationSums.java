package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Population;

/**
 * The one query in which a population is counted: by region, place in the flow and factor levels,
 * for all cohorts on it at once.
 */
final class PopulationSums {
  static final String ROWS = "_rows";
  static final String REPEATS = "_repeats";
  static final String PEOPLE = "people";

  /** Sums of decimals are exact, so they do not depend on the order of the rows. */
  private static final DataType EXPOSURE = DataTypes.createDecimalType(20, 9);

  private static final DataType WHOLE = DataTypes.createDecimalType(28, 9);

  private PopulationSums() {}

  /** The sums; what is read in the population's SQL must be a view of the session. */
  static List<CountedRows> of(SparkSession spark, Population population, List<Cohort> cohorts) {
    Dataset<Row> rows = PopulationRows.of(spark, population, cohorts);
    List<Column> by =
        new ArrayList<>(List.of(col(PopulationRows.REGION), col(PopulationRows.PLACE)));
    // not null, for which Spark's fast map of groups has no place
    population
        .factorNames()
        .forEach(f -> by.add(when(PopulationRows.isCounted(), named(f)).otherwise("").as(f)));
    Dataset<Row> sums =
        population.person().isPresent()
            ? byPerson(rows, by, population, cohorts)
            : summed(rows, by, sums(population, cohorts));
    SumsReader reader = new SumsReader(List.of(sums.columns()), population, cohorts);
    return sums.collectAsList().stream().map(reader::read).toList();
  }

  /** First each person's rows, then the people: who has several rows in a cell is one of them. */
  private static Dataset<Row> byPerson(
      Dataset<Row> rows, List<Column> by, Population population, List<Cohort> cohorts) {
    List<Column> byPerson = new ArrayList<>(by);
    byPerson.add(col(PopulationRows.PERSON));
    Dataset<Row> people = summed(rows, byPerson, sums(population, cohorts));
    Map<String, Column> counted = new LinkedHashMap<>();
    for (Cohort cohort : cohorts) {
      Column n = col(name("n", cohort));
      Column unnamed = when(col(PopulationRows.PERSON).isNull(), n).otherwise(1L);
      counted.put(name(PEOPLE, cohort), when(n.gt(0), unnamed).otherwise(0L));
      Column events = col(name("events", cohort));
      (hasMany(cohort)
              ? squares(events, col(name("exposure", cohort)))
              : Map.of("events_sq", events.multiply(events)))
          .forEach(
              (what, ofPerson) ->
                  counted.put(
                      name(what, cohort),
                      when(
                              col(PopulationRows.PERSON).isNull(),
                              hasMany(cohort) ? col(name(what, cohort)) : events)
                          .otherwise(ofPerson)));
    }
    Dataset<Row> withPeople = people.withColumns(counted);
    List<Column> again = new ArrayList<>();
    Stream.of(withPeople.columns())
        .filter(name -> name.startsWith("_"))
        .filter(
            name ->
                !List.of(PopulationRows.REGION, PopulationRows.PLACE, PopulationRows.PERSON)
                    .contains(name))
        .forEach(name -> again.add(sum(name).as(name)));
    List<Column> cells =
        new ArrayList<>(List.of(col(PopulationRows.REGION), col(PopulationRows.PLACE)));
    population.factorNames().forEach(f -> cells.add(named(f)));
    return summed(withPeople, cells, again);
  }

  private static Dataset<Row> summed(Dataset<Row> rows, List<Column> by, List<Column> sums) {
    return rows.groupBy(by.toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /** The column of one of a cohort's sums. */
  static String name(String what, Cohort cohort) {
    return "_" + what + "__" + cohort.name();
  }

  /** What each row costs: only what does not follow from other sums. */
  private static List<Column> sums(Population population, List<Cohort> cohorts) {
    List<Column> sums = new ArrayList<>();
    sums.add(count(lit(1)).as(ROWS));
    if (population.count().isPresent()) {
      sums.add(sum(col(PopulationRows.COUNT)).as(PopulationRows.COUNT));
    }
    if (takesTurns(population)) {
      sums.add(sum(when(PopulationRows.isRepeat(), 1L).otherwise(0L)).as(REPEATS));
    }
    cohorts.forEach(
        cohort ->
            sums.addAll(
                hasMany(cohort)
                    ? sumsOfMany(cohort, population.person().isPresent())
                    : sumsOfStatus(cohort)));
    return sums;
  }

  private static boolean takesTurns(Population population) {
    return population.person().filter(PopulationRows::takesTurns).isPresent();
  }

  /** Of rows that are one person each, who has the outcome, and of whom it is known. */
  private static List<Column> sumsOfStatus(Cohort cohort) {
    Column events = col(PopulationRows.events(cohort));
    return List.of(
        count(when(events.equalTo(1L), 1)).as(name("events", cohort)),
        count(events).as(name("n", cohort)));
  }

  /** All sums are over rows whose outcome is known, and possible. */
  private static List<Column> sumsOfMany(Cohort cohort, boolean byPerson) {
    Column events = col(PopulationRows.events(cohort));
    Column n = col(PopulationRows.COUNT);
    Column known = PopulationRows.isPossible(cohort);
    Column impossible = not(known);
    Column exposure =
        cohort.outcome().isRate() ? col(PopulationRows.exposure(cohort)) : lit(0).cast(EXPOSURE);
    List<Column> sums = new ArrayList<>();
    sums.addAll(
        List.of(
            sum(when(known, n).otherwise(0L)).as(name("n", cohort)),
            sum(when(known, events).otherwise(0L)).as(name("events", cohort)),
            sum(when(known.isNull(), 1L).otherwise(0L)).as(name("unknown_rows", cohort)),
            sum(when(known, exposure).otherwise(lit(0).cast(EXPOSURE)))
                .as(name("exposure", cohort)),
            sum(when(known.isNull(), n).otherwise(0L)).as(name("unknown", cohort)),
            sum(when(impossible, 1L).otherwise(0L)).as(name("impossible_rows", cohort)),
            sum(when(impossible, n).otherwise(0L)).as(name("impossible", cohort))));
    squares(events, exposure)
        .forEach(
            (what, square) ->
                sums.add(
                    sum(when(known, square).otherwise(lit(0).cast(WHOLE))).as(name(what, cohort))));
    if (!byPerson) {
      sums.add(sum(when(known, n).otherwise(0L)).as(name(PEOPLE, cohort)));
    }
    return sums;
  }

  /**
   * What tells independent events from those that come together, of a row or of a person: the
   * products that a variance needs.
   */
  private static Map<String, Column> squares(Column events, Column exposure) {
    Map<String, Column> squares = new LinkedHashMap<>();
    Column whole = events.cast(WHOLE);
    squares.put("events_sq", whole.multiply(whole).cast(WHOLE));
    squares.put("events_exposure", whole.multiply(exposure).cast(WHOLE));
    squares.put("exposure_sq", exposure.multiply(exposure).cast(WHOLE));
    return squares;
  }

  /** Whether a row may have many events, whose squares are no longer whole numbers of 64 bits. */
  static boolean hasMany(Cohort cohort) {
    return cohort.outcome() instanceof Outcome.Events;
  }
}
