package org.assay.silver.cohort;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Population;
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

  /**
   * The extract whose key is the population's unit, the first that the query reads if several have
   * it; empty where the population has no unit.
   */
  static Optional<ExtractRules> unitExtract(Population population, Sources all) {
    return all.of(population).extracts().stream()
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
