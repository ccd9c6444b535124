package org.assay.silver.cohort;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Exclusion;
import org.assay.common.cohort.Population;
import org.assay.common.cohort.RegionListing;
import org.assay.common.sql.SqlText;
import org.assay.silver.conform.ExtractRules;

/** The query of a population. */
public final class PopulationQuery {
  /** How many lines stand before the query's own. */
  static final int LINES_BEFORE = 1;

  private PopulationQuery() {}

  /** Its rows. As a subquery nothing but a query parses: no command can come this way. */
  static Dataset<Row> rows(SparkSession spark, Population population) {
    String sql = population.sql().strip().replaceFirst(";$", "");
    String before = population.sql().substring(0, population.sql().indexOf(sql));
    return spark.sql("SELECT * FROM (\n" + before + sql + "\n)");
  }

  /** The extracts that the query or an exclusion names. */
  public static List<ExtractRules> extracts(Population population, List<ExtractRules> all) {
    String sql =
        Stream.concat(
                Stream.of(population.sql()), population.exclusions().stream().map(Exclusion::when))
            .map(SqlText::code)
            .collect(Collectors.joining("\n"));
    return all.stream()
        .filter(
            extract ->
                Pattern.compile("\\b" + extract.name() + "\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(sql)
                    .find())
        .toList();
  }

  /** The extracts that the query or an exclusion names, and that of the list of regions. */
  public static List<ExtractRules> needed(Population population, List<ExtractRules> all) {
    List<ExtractRules> read = extracts(population, all);
    Optional<String> list = population.region().list().flatMap(RegionListing::extractName);
    return all.stream()
        .filter(e -> read.contains(e) || list.filter(e.name()::equals).isPresent())
        .toList();
  }

  /**
   * The extract whose key is the population's unit, the first that the query reads if several have
   * it; empty where the population has no unit.
   */
  static Optional<ExtractRules> unitExtract(Population population, List<ExtractRules> all) {
    return extracts(population, all).stream()
        .filter(extract -> !extract.key().isEmpty())
        .filter(extract -> Set.copyOf(extract.key()).equals(Set.copyOf(population.unit())))
        .min(Comparator.comparingInt(extract -> firstRead(population, extract)));
  }

  private static int firstRead(Population population, ExtractRules extract) {
    Matcher read =
        Pattern.compile("(?i)\\b(from|join)\\s+`?" + extract.name() + "\\b")
            .matcher(SqlText.code(population.sql()));
    return read.find() ? read.start() : Integer.MAX_VALUE;
  }
}
