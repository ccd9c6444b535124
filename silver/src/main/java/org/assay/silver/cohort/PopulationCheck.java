package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.expr;
import static org.assay.common.spark.Columns.named;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Person;
import org.assay.common.cohort.Population;
import org.assay.common.cohort.RegionListing;
import org.assay.common.config.Lists;
import org.assay.common.config.Places;
import org.assay.common.config.Problem;
import org.assay.common.sql.ForbiddenFunctions;
import org.assay.common.sql.SqlText;
import org.assay.silver.conform.ExtractRules;

/**
 * Checks one population against the declared schemas, on the empty views that are registered: its
 * query, its conditions, and every column that it or a cohort on it names. Finds all problems.
 */
public final class PopulationCheck {
  private static final String QUERY = "(?is)[\\s(]*(SELECT|WITH|VALUES|FROM|TABLE)\\b.*";

  /** A table or file in the analysed plan; extracts are empty local relations there. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?m)^[\\s:+-]*(Relation|RelationV2|DataSourceV2Relation|HiveTableRelation)\\b");

  /** A text that Spark reads as the clock, where a date or a time is wanted. */
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?i)cast\\(\\s*(now|today|tomorrow|yesterday)(?:\\s+\\S+)?\\s* as (?:date|timestamp)");

  private final SparkSession spark;
  private final Population declared;
  private final Population population;
  private boolean isWritten = true;
  private final List<Cohort> cohorts;
  private final Sources sources;
  private final Period period;
  private final Places places;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param all the project's cohorts, of which those on the population are checked
   * @param sources all extracts and dimensions
   * @param places where the configuration's keys stand
   */
  public PopulationCheck(
      SparkSession spark, Population population, Cohorts all, Sources sources, Places places) {
    this.spark = spark;
    this.cohorts = all.on(population);
    this.sources = sources;
    this.places = places;
    this.period = all.periods().isEmpty() ? Period.ALL : all.periods().get(0);
    this.declared = population;
    this.population = written(population);
  }

  /** The population with its SQL written out, as far as it can be. */
  private Population written(Population as) {
    try {
      return sources.in(period, as);
    } catch (IllegalArgumentException e) {
      inQuery(1, e.getMessage());
      isWritten = false;
      return as;
    }
  }

  /** What is wrong, as problems of the configuration. */
  public List<Problem> problems() {
    for (ForbiddenFunctions.Use use : ForbiddenFunctions.in(population.sql())) {
      inQuery(use.line(), use.sentence());
    }
    for (int i = 0; i < population.exclusions().size(); i++) {
      String key = "exclude[%d].when".formatted(i);
      ForbiddenFunctions.in(population.exclusions().get(i).when())
          .forEach(use -> problem(key, use.sentence()));
    }
    checkPeriods();
    if (isWritten) {
      query().ifPresent(this::checkColumns);
    }
    population
        .region()
        .list()
        .filter(RegionListing.OfExtract.class::isInstance)
        .map(RegionListing.OfExtract.class::cast)
        .ifPresent(this::checkList);
    return List.copyOf(problems);
  }

  private void checkPeriods() {
    declared
        .requires()
        .forEach(
            (extract, which) -> {
              if (period.date(which).isEmpty()) {
                problem("requires." + extract, "no period has a date; list periods.");
              }
            });
  }

  private void checkList(RegionListing.OfExtract list) {
    Optional<ExtractRules> extract =
        sources.extracts().stream().filter(e -> e.name().equals(list.extract())).findFirst();
    boolean isDated = list.validity().map(v -> v.on().in(period).isPresent()).orElse(true);
    if (!isDated) {
      problem("region.list.on", "no period has that date; list periods, or write the day itself.");
    }
    if (extract.isEmpty()) {
      return; // it has problems of its own
    }
    Map<String, String> columns = new LinkedHashMap<>();
    boolean isBlock = places.has(key("region.list.extract"));
    columns.put(isBlock ? "region.list.code" : "region.list", list.column());
    list.name().ifPresent(name -> columns.put("region.name", name));
    list.validity()
        .ifPresent(
            validity -> {
              validity.from().ifPresent(from -> columns.put("region.list.valid_from", from));
              validity.to().ifPresent(to -> columns.put("region.list.valid_to", to));
            });
    columns.forEach(
        (key, column) -> {
          if (!extract.get().columnNames().contains(column)) {
            problem(
                key,
                "column %s does not exist; %s has: %s."
                    .formatted(
                        column, list.extract(), String.join(", ", extract.get().columnNames())));
          } else if (key.contains("valid_")
              && extract.get().schema().apply(column).dataType() != DataTypes.DateType) {
            problem(
                key,
                "%s is %s; give it type = date."
                    .formatted(
                        column, extract.get().schema().apply(column).dataType().simpleString()));
          }
        });
  }

  private Optional<Dataset<Row>> query() {
    if (!SqlText.code(population.sql()).matches(QUERY)) {
      inQuery(1, "is not a query; it must be one SELECT.");
      return Optional.empty();
    }
    try {
      Dataset<Row> rows = PopulationQuery.rows(spark, population);
      if (FOREIGN.matcher(rows.queryExecution().analyzed().treeString()).find()) {
        inQuery(1, "reads a table that is no extract; there " + onlyExtracts() + ".");
        return Optional.empty();
      }
      checkClock(rows, line -> inQuery(1, line));
      return Optional.of(rows);
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      SqlFault fault = fault(e, columnsOfExtracts());
      int line = fault.line().orElse(1 + PopulationQuery.LINES_BEFORE);
      inQuery(
          Math.min(line - PopulationQuery.LINES_BEFORE, SqlText.lines(population.sql())),
          fault.sentence());
      return Optional.empty();
    }
  }

  private SqlFault fault(Exception e, List<String> columns) {
    if (e instanceof AnalysisException analysis) {
      return SqlFault.of(analysis, columns, sources.names());
    }
    throw e instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(e);
  }

  private static void checkClock(Dataset<Row> rows, Consumer<String> tell) {
    Matcher clock = CLOCK.matcher(rows.queryExecution().analyzed().treeString());
    if (clock.find()) {
      tell.accept(
          "compares a date or a time with '%s', which is the clock there; write the date itself, such as DATE '2026-03-31'."
              .formatted(clock.group(1)));
    }
  }

  private String onlyExtracts() {
    List<String> names = sources.names();
    return names.size() == 1 ? "is only " + names.get(0) : "are " + String.join(", ", names);
  }

  private List<String> columnsOfExtracts() {
    Sources used = sources.of(population);
    return (used.names().isEmpty() ? sources : used).columns();
  }

  private void checkColumns(Dataset<Row> rows) {
    List<String> repeated =
        Lists.repeated(
            Arrays.stream(rows.columns()).map(name -> name.toLowerCase(Locale.ROOT)).toList());
    if (!repeated.isEmpty()) {
      inQuery(
          1,
          "returns more than one column named %s; give each its own name with AS."
              .formatted(String.join(", ", repeated)));
      return;
    }
    ReturnedColumns returned = new ReturnedColumns(rows, places, problems::add);
    returned.shown(key("region.code"), population.region().code());
    for (int i = 0; i < population.factors().size(); i++) {
      returned.shown(key("factors[%d].name".formatted(i)), population.factors().get(i).name());
    }
    population.count().ifPresent(count -> returned.whole(key("count"), count));
    checkUnit(returned);
    population.person().ifPresent(person -> checkPerson(returned, person));
    for (int i = 0; i < population.exclusions().size(); i++) {
      checkCondition(rows, "exclude[%d].when".formatted(i), population.exclusions().get(i).when());
    }
    cohorts.forEach(cohort -> checkOutcome(returned, cohort));
    if (problems.isEmpty()) {
      checkTogether();
    }
  }

  /** Everything in the shape in which it will be run. */
  private void checkTogether() {
    try {
      PopulationRows.of(spark, population, cohorts);
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      problems.add(
          places.problem(
              "populations." + population.name(), fault(e, columnsOfExtracts()).sentence()));
    }
  }

  private void checkUnit(ReturnedColumns returned) {
    population.unit().forEach(column -> returned.there(key("unit"), column));
    if (!population.unit().isEmpty()
        && PopulationQuery.unitExtract(population, sources).isEmpty()) {
      problem(
          "unit",
          "no extract that the query reads has the key %s, so nothing could be missed or doubled."
              .formatted(String.join(", ", population.unit())));
    }
  }

  private void checkPerson(ReturnedColumns returned, Person person) {
    returned.there(key("person"), person.column());
    for (String column : person.orderBy()) {
      returned.there(key(Person.ONE_PER_PERSON + ".order_by"), PopulationRows.orderColumn(column));
    }
  }

  private void checkOutcome(ReturnedColumns returned, Cohort cohort) {
    String key = "cohorts.%s.outcome.".formatted(cohort.name());
    if (cohort.outcome() instanceof Outcome.Status status) {
      returned.shown(key + "column", status.column());
    } else if (cohort.outcome() instanceof Outcome.Events events) {
      returned.whole(key + "events", events.events());
      events.exposure().ifPresent(column -> returned.number(key + "exposure", column));
    }
  }

  private void checkCondition(Dataset<Row> rows, String key, String condition) {
    try {
      Dataset<Row> conditions = rows.select(named(rows.columns()[0]), expr(condition));
      checkClock(conditions, line -> problem(key, line));
      DataType type = conditions.schema().apply(1).dataType();
      if (!type.equals(DataTypes.BooleanType)) {
        problem(
            key,
            "is %s, not true or false; write a condition, such as people = 0."
                .formatted(type.sql().toLowerCase(Locale.ROOT)));
      }
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      problem(key, fault(e, List.of(ReturnedColumns.sentence(rows))).sentence());
    }
  }

  private String key(String key) {
    return "populations.%s.%s".formatted(declared.name(), key);
  }

  private void problem(String key, String sentence) {
    problems.add(places.problem(key(key), sentence));
  }

  private void inQuery(int line, String sentence) {
    problems.add(
        places.has(key("sql_file"))
            ? places.problemInFile(key("sql_file"), line, sentence)
            : places.problemInText(key("sql"), SqlText.lines(declared.sql()), line, sentence));
  }
}
