package org.assay.gold.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.baseline.Accepted;
import org.assay.expectations.readiness.Profile;
import org.assay.expectations.readiness.Reason;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.inference.GoodnessOfFit;
import org.assay.gold.inference.WaldInference;
import org.junit.jupiter.api.Test;

class PostFitGuardsTest {
  private static final Thresholds.Estimates LIMITS = new Thresholds.Estimates(10, 5, 5, 10, 2);
  private static final ModelFactor SEX = new ModelFactor("sex", "F", List.of("F", "M"));
  private static final ModelFactor AGE = new ModelFactor("age", "1", List.of("1", "2", "3", "4"));

  private static GlmProblem problem(long... events) {
    CellTable.Builder cells = CellTable.over(List.of("sex", "age"));
    int at = 0;
    for (String sex : SEX.levels()) {
      for (String age : AGE.levels()) {
        cells.add(List.of(sex, age), Cell.of(1_000, events[at++]));
      }
    }
    return new GlmProblem(Family.BINOMIAL, DesignMatrix.of(cells.build(), List.of(SEX, AGE)));
  }

  private static Estimates at(GlmProblem problem, double... beta) {
    return new Estimates(
        problem,
        List.of(),
        new Irls(),
        WaldInference.at(problem, beta).orElseThrow(),
        GoodnessOfFit.at(problem, beta),
        List.of());
  }

  private static Estimates fitted(GlmProblem problem) {
    return at(problem, ((GlmFit.Converged) new Irls().fit(problem)).beta());
  }

  private static final GlmProblem SOUND = problem(100, 120, 140, 160, 130, 155, 180, 205);

  private static List<String> told(Estimates estimates, Optional<Accepted> before) {
    return PostFitGuards.of(estimates, "design", before, LIMITS).stream()
        .map(Reason::sentence)
        .toList();
  }

  private static Optional<Accepted> before(String design, double sex) {
    return Optional.of(
        new Accepted(
            new Profile(Cell.of(8_000, 1_190), new TreeMap<>()),
            Map.of(new Term("sex", "M"), new Accepted.Estimate(sex, 0.06)),
            design));
  }

  @Test
  void aSoundFitTellsNothing() {
    assertThat(told(fitted(SOUND), Optional.empty())).isEmpty();
    assertThat(told(fitted(SOUND), before("design", 0.3))).isEmpty();
  }

  @Test
  void whatIsNotTheMaximumIsHeld() {
    double[] beta = fitted(SOUND).inference().beta().clone();
    beta[1] += 1e-4;

    assertThat(told(at(SOUND, beta), Optional.empty()))
        .singleElement()
        .asString()
        .startsWith("Fitted and observed events of (Intercept) differ by");
  }

  @Test
  void aCoefficientBeyondAllReasonIsHeldAndARareOutcomeIsNot() {
    assertThat(told(at(SOUND, -2, 11, 0, 0, 0), Optional.empty()).get(0))
        .startsWith("sexM is estimated as 11.0 with standard error");
    GlmProblem rare =
        new GlmProblem(
            Family.BINOMIAL,
            DesignMatrix.of(
                CellTable.over(List.of("sex"))
                    .add(List.of("F"), Cell.of(5_000_000, 180))
                    .add(List.of("M"), Cell.of(5_000_000, 220))
                    .build(),
                List.of(SEX)));
    Estimates estimates = fitted(rare);
    assertThat(estimates.inference().beta()[0]).isLessThan(-10);
    assertThat(told(estimates, Optional.empty())).isEmpty();
  }

  @Test
  void aCoefficientThatJumpedIsHeldIfItMeansTheSame() {
    assertThat(told(fitted(SOUND), before("design", -0.9)))
        .singleElement()
        .asString()
        .startsWith("sexM is estimated as 0.2")
        .contains("and was -0.900 at the last publication");
    assertThat(told(fitted(SOUND), before("another", -0.9))).isEmpty();
  }

  @Test
  void groupsThatScatterAreToldOnlyBeyondChance() {
    GlmProblem scattered = problem(100, 200, 50, 160, 200, 60, 250, 100);

    assertThat(told(fitted(scattered), Optional.empty()))
        .singleElement()
        .asString()
        .contains("standard errors may be too small");
  }
}
