package org.assay.gold.executors;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;

/**
 * Fits many models by one Spark job. A fit is a pure function of its problem and no two share a
 * sum, so the results are those of the driver, bit for bit, however they are divided.
 */
public final class ExecutorFits {
  private final SparkSession spark;

  public ExecutorFits(SparkSession spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  /** What came of each problem, in the order of the problems. */
  public List<GlmFit> of(ProfiledFitter fitter, List<GlmProblem> problems) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Function<GlmProblem, GlmFit> fit = fitter::fit;
    return context.parallelize(problems, context.defaultParallelism()).map(fit).collect();
  }
}
