package org.assay.silver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Population;
import org.assay.common.config.Problem;
import org.assay.silver.cohort.CurrentExtracts;
import org.assay.silver.cohort.RefinePopulation;

/** Checks the SQL of populations against the declared schemas, on empty frames. Touches no data. */
public final class SilverCheck {
  private SilverCheck() {}

  /** What is wrong, as problems of the configuration. */
  public static List<Problem> problems(SparkSession spark, SilverSettings settings, String file) {
    CurrentExtracts.registerEmpty(spark, settings.extracts());
    List<Problem> problems = new ArrayList<>();
    for (Population population : settings.cohorts().populations()) {
      fault(spark, settings, population)
          .ifPresent(
              sentence ->
                  problems.add(new Problem(file, 0, "populations." + population.name(), sentence)));
    }
    return problems;
  }

  private static Optional<String> fault(
      SparkSession spark, SilverSettings settings, Population population) {
    try {
      RefinePopulation.analyse(spark, population, settings.cohorts().on(population));
      return Optional.empty();
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      if (e instanceof AnalysisException) {
        return Optional.of(firstSentence(e.getMessage()));
      }
      throw e;
    }
  }

  /** Spark's message without its error class and without the plan it prints below. */
  private static String firstSentence(String message) {
    String first = message.strip().lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return first
        .replaceFirst("^\\[[A-Z_.]+] ", "")
        .replaceFirst("; line (\\d+) pos (\\d+).*$", " (line $1, column $2 of the query).");
  }
}
