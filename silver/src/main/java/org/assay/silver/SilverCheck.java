package org.assay.silver;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Population;
import org.assay.common.config.Places;
import org.assay.common.config.Problem;
import org.assay.silver.cohort.PopulationCheck;
import org.assay.silver.conform.ExtractRules;

/**
 * Checks the SQL of expectations and populations against the declared schemas, on empty frames.
 * Touches no data.
 */
public final class SilverCheck {
  private SilverCheck() {}

  /**
   * What is wrong, as problems of the configuration.
   *
   * @param places where the configuration's keys stand
   */
  public static List<Problem> problems(SparkSession spark, SilverSettings settings, Places places) {
    settings.sources().registerEmpty(spark);
    List<Problem> problems = new ArrayList<>();
    for (ExtractRules extract : settings.extracts()) {
      problems.addAll(new ExpectationCheck(spark, extract, places).problems());
    }
    for (Population population : settings.cohorts().populations()) {
      problems.addAll(
          new PopulationCheck(spark, population, settings.cohorts(), settings.sources(), places)
              .problems());
    }
    return problems;
  }
}
