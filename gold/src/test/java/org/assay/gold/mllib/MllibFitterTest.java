package org.assay.gold.mllib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.spark.JobCounter;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.glm.PublishedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class MllibFitterTest {
  private final SparkSession spark;

  MllibFitterTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ucb_admissions",
        "esoph",
        "birthwt",
        "lizards",
        "british_doctors",
        "dobson_1990_rct"
      })
  void agreesWithTheKernel(String name) {
    GlmProblem problem = PublishedSet.read(name).problem();

    double[] mllib = ((GlmFit.Converged) new MllibFitter(spark).fit(problem)).beta();
    double[] kernel = ((GlmFit.Converged) new Irls().fit(problem)).beta();

    for (int i = 0; i < kernel.length; i++) {
      assertThat(mllib[i]).isCloseTo(kernel[i], within(1e-8));
    }
  }

  @Test
  void givesTheSameBitsEveryTimeAndCostsFewJobs() {
    GlmProblem problem = PublishedSet.read("esoph").problem();
    MllibFitter fitter = new MllibFitter(spark);
    double[] first = ((GlmFit.Converged) fitter.fit(problem)).beta();

    try (JobCounter jobs = JobCounter.attach(spark)) {
      assertThat(((GlmFit.Converged) fitter.fit(problem)).beta()).containsExactly(first);
      assertThat(jobs.jobs()).isLessThanOrEqualTo(12);
    }
  }

  @Test
  void aModelWithoutFiniteEstimateIsAValueAndNotAnException() {
    CellTable cells =
        CellTable.over(List.of("a"))
            .add(List.of("a1"), Cell.of(1000, 100))
            .add(List.of("a2"), Cell.of(50, 0))
            .build();
    List<ModelFactor> factors = List.of(new ModelFactor("a", "a1", List.of("a1", "a2")));

    GlmFit fit =
        new MllibFitter(spark)
            .fit(new GlmProblem(Family.BINOMIAL, DesignMatrix.of(cells, factors)));

    assertThat(fit).isInstanceOf(GlmFit.NotFitted.class);
  }

  /** Why the label is a share: rows of 0 and 1 with counts as weights diverge without a word. */
  @Test
  void countsAsWeightsOfZerosAndOnesDivergeSilently() {
    long[] n = {120, 90, 60, 40, 35, 50};
    long[] k = {12, 14, 13, 6, 9, 17};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n.length; i++) {
      double imd2 = i % 3 == 1 ? 1 : 0;
      double imd3 = i % 3 == 2 ? 1 : 0;
      double ethnicity = i < 3 ? 0 : 1;
      rows.add(RowFactory.create(1.0, (double) k[i], imd2, imd3, ethnicity));
      rows.add(RowFactory.create(0.0, (double) (n[i] - k[i]), imd2, imd3, ethnicity));
    }
    Dataset<Row> weighted =
        new VectorAssembler()
            .setInputCols(new String[] {"imd2", "imd3", "ethnicity"})
            .setOutputCol("features")
            .transform(
                spark
                    .createDataFrame(
                        rows,
                        StructType.fromDDL(
                            "label double, weight double, imd2 double, imd3 double, ethnicity double"))
                    .coalesce(1));

    double intercept =
        new GeneralizedLinearRegression()
            .setFamily("binomial")
            .setWeightCol("weight")
            .fit(weighted)
            .intercept();

    assertThat(Math.abs(intercept)).isGreaterThan(1e6);
  }
}
