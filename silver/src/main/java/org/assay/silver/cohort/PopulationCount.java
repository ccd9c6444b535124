package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
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
import org.apache.spark.storage.StorageLevel;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Population;
import org.assay.common.contract.SilverContract;

/**
 * A population counted in one scan, by region, place in the flow and factor levels, for all cohorts
 * on it at once. Small, and persisted until it is closed: flow and cells are both read from it.
 */
public final class PopulationCount implements AutoCloseable {
  private static final String ROWS = "_rows";
  private static final String REPEATS = "_repeats";
  private static final String PEOPLE = "people";

  /** Sums of decimals are exact, so they do not depend on the order of the rows. */
  private static final DataType EXPOSURE = DataTypes.createDecimalType(20, 9);

  private static final DataType WHOLE = DataTypes.createDecimalType(28, 9);

  private final Population population;
  private final List<Cohort> cohorts;
  private final Dataset<Row> kept;
  private final Dataset<Row> counts;

  private PopulationCount(
      Population population, List<Cohort> cohorts, Dataset<Row> kept, Dataset<Row> counts) {
    this.kept = kept;
    this.population = population;
    this.cohorts = cohorts;
    this.counts = counts;
  }

  /** Counts; what is read in the population's SQL must be a view of the session. */
  public static PopulationCount of(
      SparkSession spark, Population population, List<Cohort> cohorts) {
    Dataset<Row> rows = PopulationRows.of(spark, population, cohorts);
    List<Column> by =
        new ArrayList<>(List.of(col(PopulationRows.REGION), col(PopulationRows.PLACE)));
    population.factorNames().forEach(f -> by.add(when(PopulationRows.isCounted(), named(f)).as(f)));
    Dataset<Row> counts =
        population.person().isPresent()
            ? byPerson(rows, by, population, cohorts)
            : summed(rows, by, sums(population, cohorts));
    Map<String, Column> following = following(population);
    cohorts.forEach(c -> following.putAll(following(c, population.person().isPresent())));
    Dataset<Row> kept = counts.persist(StorageLevel.MEMORY_AND_DISK());
    return new PopulationCount(population, cohorts, kept, kept.withColumns(following));
  }

  /** First each person's rows, then the people: who has several rows in a cell is one of them. */
  private static Dataset<Row> byPerson(
      Dataset<Row> rows, List<Column> by, Population population, List<Cohort> cohorts) {
    List<Column> byPerson = new ArrayList<>(by);
    byPerson.add(col(PopulationRows.PERSON));
    Dataset<Row> people = summed(rows, byPerson, sums(population, cohorts));
    Map<String, Column> counted = new LinkedHashMap<>();
    for (Cohort cohort : cohorts) {
      Column n = hasMany(cohort) ? col(name("n", cohort)) : known(cohort);
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

  private static String name(String what, Cohort cohort) {
    return "_%s__%s".formatted(what, cohort.name());
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

  /** Of rows that are one person each, who has the outcome, has it not, or is not known to. */
  private static List<Column> sumsOfStatus(Cohort cohort) {
    Column events = col(PopulationRows.events(cohort));
    return List.of(
        sum(coalesce(events, lit(0L))).as(name("events", cohort)),
        sum(when(events.isNull(), 1L).otherwise(0L)).as(name("unknown_rows", cohort)));
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

  /** The people of whom a status is known. */
  private static Column known(Cohort cohort) {
    return col(ROWS).minus(col(name("unknown_rows", cohort)));
  }

  /** The sums of a population that follow from others, or are nothing. */
  private static Map<String, Column> following(Population population) {
    Map<String, Column> columns = new LinkedHashMap<>();
    if (population.count().isEmpty()) {
      columns.put(PopulationRows.COUNT, col(ROWS));
    }
    if (!takesTurns(population)) {
      columns.put(REPEATS, lit(0L));
    }
    return columns;
  }

  /**
   * The sums of a cohort that follow from others: where a row is one person, who has the outcome or
   * not, nothing is impossible, and a square is the event itself.
   */
  private static Map<String, Column> following(Cohort cohort, boolean byPerson) {
    Map<String, Column> columns = new LinkedHashMap<>();
    if (!hasMany(cohort)) {
      List.of("exposure", "events_exposure", "exposure_sq", "impossible_rows", "impossible")
          .forEach(what -> columns.put(name(what, cohort), lit(0L)));
      columns.put(name("n", cohort), known(cohort));
      columns.put(name("unknown", cohort), col(name("unknown_rows", cohort)));
      if (!byPerson) {
        columns.put(name("events_sq", cohort), col(name("events", cohort)));
        columns.put(name(PEOPLE, cohort), known(cohort));
      }
    }
    return columns;
  }

  /** Whether a row may have many events, whose squares are no longer whole numbers of 64 bits. */
  private static boolean hasMany(Cohort cohort) {
    return cohort.outcome() instanceof Outcome.Events;
  }

  /** Sums by region and place, small enough for the driver. */
  List<Row> flow() {
    List<Column> sums = new ArrayList<>();
    sums.add(sum(PopulationRows.COUNT).as(PopulationRows.COUNT));
    sums.add(sum(REPEATS).as(REPEATS));
    for (Cohort cohort : cohorts) {
      for (String what : List.of("unknown_rows", "unknown", "impossible_rows", "impossible")) {
        sums.add(sum(name(what, cohort)).as(name(what, cohort)));
      }
    }
    return counts
        .groupBy(PopulationRows.REGION, PopulationRows.PLACE)
        .agg(sum(ROWS).as(ROWS), sums.toArray(Column[]::new))
        .collectAsList();
  }

  static long rows(Row flow) {
    return flow.<Long>getAs(ROWS);
  }

  static long people(Row flow) {
    Long people = flow.getAs(PopulationRows.COUNT);
    return people == null ? 0 : people;
  }

  /** Rows that are counted although their person has been counted before. */
  static long repeats(Row flow) {
    return flow.<Long>getAs(REPEATS);
  }

  static long unknownRows(Row flow, Cohort cohort) {
    return flow.<Long>getAs(name("unknown_rows", cohort));
  }

  static long unknownPeople(Row flow, Cohort cohort) {
    return flow.<Long>getAs(name("unknown", cohort));
  }

  static long impossibleRows(Row flow, Cohort cohort) {
    return flow.<Long>getAs(name("impossible_rows", cohort));
  }

  static long impossiblePeople(Row flow, Cohort cohort) {
    return flow.<Long>getAs(name("impossible", cohort));
  }

  /** The cells of all cohorts, in the order of region, outcome and levels, in one partition. */
  public Dataset<Row> cells(String period) {
    Column[] outcomes = cohorts.stream().map(PopulationCount::outcome).toArray(Column[]::new);
    Column[] factors = named(population.factorNames());
    Column[] sums =
        SilverContract.CELLS.columns().stream()
            .skip(2)
            .map(column -> col("_cell." + column.name()))
            .toArray(Column[]::new);
    Column[] all =
        Stream.of(
                Stream.of(lit(period).as("period"), col(PopulationRows.REGION).as("region")),
                Stream.of(sums),
                Stream.of(factors))
            .flatMap(s -> s)
            .toArray(Column[]::new);
    Column[] order =
        Stream.concat(Stream.of(col("region"), col("outcome")), Stream.of(factors))
            .toArray(Column[]::new);
    return counts
        .filter(PopulationRows.isCounted())
        .withColumn("_cell", explode(array(outcomes)))
        .filter(col("_cell.n").gt(0))
        .select(all)
        .coalesce(1)
        .sortWithinPartitions(order);
  }

  private static Column outcome(Cohort cohort) {
    return struct(
        lit(cohort.name()).as("outcome"),
        col(name("n", cohort)).as("n"),
        col(name(PEOPLE, cohort)).as("people"),
        col(name("events", cohort)).as("events"),
        inDoubles("exposure", cohort),
        inDoubles("events_sq", cohort),
        inDoubles("events_exposure", cohort),
        inDoubles("exposure_sq", cohort));
  }

  private static Column inDoubles(String what, Cohort cohort) {
    return col(name(what, cohort)).cast(DataTypes.DoubleType).as(what);
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}
