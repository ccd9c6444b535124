package org.assay.silver.cohort;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.cohort.Exclusion;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Population;
import org.assay.common.cohort.RegionListing;
import org.assay.common.contract.SilverContract;
import org.assay.common.spark.Lookups;
import org.assay.common.sql.SqlMacros;
import org.assay.common.sql.SqlText;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.history.Dimension;

/**
 * What the SQL of populations may read.
 *
 * @param extracts each as its current state
 * @param dimensions each with its history, and as of a day
 */
public record Sources(List<ExtractRules> extracts, List<Dimension> dimensions) {
  public Sources {
    extracts = List.copyOf(extracts);
    dimensions = List.copyOf(dimensions);
  }

  /** A population as it is in a period: plain Spark SQL. */
  public Population in(Period period, Population population) {
    Map<String, LocalDate> dates = new TreeMap<>();
    period.dates().forEach((which, date) -> dates.put(which.text(), date));
    SqlMacros macros = new SqlMacros(dates, dimensions.stream().map(Dimension::name).toList());
    return population.with(macros::expand);
  }

  /** Those that a population's query or an exclusion names. */
  public Sources of(Population population) {
    String sql =
        Stream.concat(
                Stream.of(population.sql()), population.exclusions().stream().map(Exclusion::when))
            .map(SqlText::code)
            .collect(Collectors.joining("\n"));
    return new Sources(
        extracts.stream().filter(e -> isNamed(e.name(), sql)).toList(),
        dimensions.stream()
            .filter(d -> isNamed(d.name(), sql) || isNamed(d.name() + "_at", sql))
            .toList());
  }

  private static boolean isNamed(String name, String sql) {
    return Pattern.compile("\\b" + name + "\\b", Pattern.CASE_INSENSITIVE).matcher(sql).find();
  }

  /** The extracts that a population depends on, by itself, a dimension or its list of regions. */
  public List<ExtractRules> needed(Population population) {
    Sources read = of(population);
    Optional<String> list = population.region().list().flatMap(RegionListing::extractName);
    return extracts.stream()
        .filter(
            e ->
                read.extracts().contains(e)
                    || list.filter(e.name()::equals).isPresent()
                    || read.dimensions().stream().anyMatch(d -> d.from().equals(e.name())))
        .toList();
  }

  /** What these tables hold now, as a text that changes with them. */
  String versions(Tables tables) {
    return Stream.concat(
            extracts.stream().map(ExtractRules::silver), dimensions.stream().map(Dimension::table))
        .map(table -> tables.state(table).map(TableState::rowsAre).orElse(table + " is not there"))
        .collect(Collectors.joining(","));
  }

  /** Makes them visible under their names. */
  void register(Tables tables) {
    SortedMap<String, Dataset<Row>> views = CurrentExtracts.all(tables, extracts);
    dimensions.stream()
        .filter(dimension -> tables.state(dimension.table()).isPresent())
        .forEach(dimension -> views.put(dimension.name(), tables.read(dimension.table())));
    Lookups.of(views.values());
    views.forEach((name, rows) -> rows.createOrReplaceTempView(name));
  }

  /** Makes them visible as empty views of their declared columns. */
  public void registerEmpty(SparkSession spark) {
    CurrentExtracts.registerEmpty(spark, extracts);
    for (Dimension dimension : dimensions) {
      spark.createDataFrame(List.of(), schema(dimension)).createOrReplaceTempView(dimension.name());
    }
  }

  private StructType schema(Dimension dimension) {
    StructType extract =
        extracts.stream()
            .filter(e -> e.name().equals(dimension.from()))
            .findFirst()
            .orElseThrow()
            .schema();
    StructType schema = new StructType();
    for (String column : dimension.columns()) {
      schema = schema.add(extract.apply(column));
    }
    for (StructField field : SilverContract.DIMENSION.schema().fields()) {
      schema = schema.add(field);
    }
    return schema;
  }

  /** Their columns, for messages. */
  List<String> columns() {
    return Stream.concat(
            extracts.stream().map(e -> e.name() + " has: " + String.join(", ", e.columnNames())),
            dimensions.stream()
                .map(
                    d ->
                        "%s has: %s, valid_from, valid_to, is_current, held_since"
                            .formatted(d.name(), String.join(", ", d.columns()))))
        .toList();
  }

  /** Their names, for messages. */
  List<String> names() {
    return Stream.concat(
            extracts.stream().map(ExtractRules::name), dimensions.stream().map(Dimension::name))
        .toList();
  }
}
