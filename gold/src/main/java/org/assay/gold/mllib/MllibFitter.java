package org.assay.gold.mllib;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.cells.DesignMatrix;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmFitter;
import org.assay.gold.glm.GlmProblem;

/**
 * Fits by Spark MLlib's GeneralizedLinearRegression, and takes nothing but the coefficients from
 * it. The label is a cell's share of events and the weight its size: rows of 0 and 1 weighted by
 * counts make MLlib diverge without a word. One sorted partition gives the same bits every time.
 */
public final class MllibFitter implements GlmFitter {
  private static final int MAX_ITERATIONS = 50;

  /** Standard errors of the last step are not used, but the coefficients should be exact. */
  private static final double TOLERANCE = 1e-10;

  private final SparkSession spark;

  public MllibFitter(SparkSession spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  @Override
  public GlmFit fit(GlmProblem problem) {
    GeneralizedLinearRegression regression =
        new GeneralizedLinearRegression()
            .setFamily(problem.family().name().toLowerCase(Locale.ROOT))
            .setLink(problem.link().name().toLowerCase(Locale.ROOT))
            .setWeightCol("weight")
            .setTol(TOLERANCE)
            .setMaxIter(MAX_ITERATIONS);
    try {
      return outcome(regression.fit(rows(problem)));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (!isAboutTheModel(e)) {
        throw e; // a full disk or a lost executor says nothing about this region
      }
      return new GlmFit.NotFitted("Spark MLlib could not fit the model.", 0);
    }
  }

  /** Whether MLlib itself objected, here or in a task. */
  private static boolean isAboutTheModel(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof IllegalArgumentException
        || root instanceof ArithmeticException
        || root instanceof NoSuchElementException
        || root instanceof AssertionError;
  }

  private static GlmFit outcome(GeneralizedLinearRegressionModel model) {
    int iterations = model.summary().numIterations();
    if (iterations >= MAX_ITERATIONS) {
      return new GlmFit.NotFitted(
          "Spark MLlib was still moving after %d iterations; no finite estimate exists."
              .formatted(iterations),
          iterations);
    }
    double[] slopes = model.coefficients().toArray();
    double[] beta = new double[slopes.length + 1];
    beta[0] = model.intercept();
    System.arraycopy(slopes, 0, beta, 1, slopes.length);
    return new GlmFit.Converged(beta, iterations);
  }

  private Dataset<Row> rows(GlmProblem problem) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < problem.design().rows(); row++) {
      double size = problem.size(row);
      rows.add(
          RowFactory.create(problem.events(row) / size, size, features(problem.design(), row)));
    }
    return spark.createDataFrame(rows, schema(problem.design().columns() - 1)).coalesce(1);
  }

  /** With the number of features in the schema, MLlib need not look at a row to learn it. */
  private static StructType schema(int features) {
    return new StructType()
        .add("label", DataTypes.DoubleType, false)
        .add("weight", DataTypes.DoubleType, false)
        .add(
            new StructField(
                "features",
                SQLDataTypes.VectorType(),
                false,
                new AttributeGroup("features", features).toMetadata()));
  }

  /** The row without its intercept, which MLlib adds itself. */
  private static Vector features(DesignMatrix design, int row) {
    double[] dense = design.dense(row);
    return Vectors.dense(Arrays.copyOfRange(dense, 1, dense.length));
  }
}
