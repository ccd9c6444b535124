package org.assay.gold.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.gold.inference.WaldInference;

class IrlsTest {
  private static final List<ModelFactor> A_AND_B =
      List.of(
          new ModelFactor("a", "a1", List.of("a1", "a2")),
          new ModelFactor("b", "b1", List.of("b1", "b2")));

  private static GlmProblem table(long[] n, long[] events) {
    CellTable.Builder cells = CellTable.over(List.of("a", "b"));
    for (int i = 0; i < n.length; i++) {
      cells.add(List.of(i < 2 ? "a1" : "a2", i % 2 == 0 ? "b1" : "b2"), Cell.of(n[i], events[i]));
    }
    return new GlmProblem(Family.BINOMIAL, DesignMatrix.of(cells.build(), A_AND_B));
  }

  @Example
  void aLikelihoodThatRisesForeverIsNotAnEstimate() {
    // no level has a zero margin, yet the direction (-1, 1, 1) separates
    GlmFit fit = new Irls().fit(table(new long[] {10, 10, 10, 10}, new long[] {0, 4, 5, 10}));

    assertThat(fit).isInstanceOf(GlmFit.NotFitted.class);
  }

  @Example
  void coefficientsThatCannotBeToldApartAreNotAnEstimate() {
    CellTable cells =
        CellTable.over(List.of("a", "b"))
            .add(List.of("a1", "b1"), Cell.of(100, 10))
            .add(List.of("a2", "b2"), Cell.of(100, 30))
            .build();

    GlmFit fit = new Irls().fit(new GlmProblem(Family.BINOMIAL, DesignMatrix.of(cells, A_AND_B)));

    assertThat(fit)
        .isEqualTo(
            new GlmFit.NotFitted(
                "The 3 coefficients cannot be told apart from 2 patterns of people.", 1));
  }

  @Example
  void oneFactorGivesTheLogOddsRatioInClosedForm() {
    CellTable cells =
        CellTable.over(List.of("a"))
            .add(List.of("a1"), Cell.of(1000, 100))
            .add(List.of("a2"), Cell.of(500, 20))
            .build();
    GlmProblem problem =
        new GlmProblem(Family.BINOMIAL, DesignMatrix.of(cells, A_AND_B.subList(0, 1)));

    double[] beta = ((GlmFit.Converged) new Irls().fit(problem)).beta();

    assertThat(beta[0]).isCloseTo(Math.log(100.0 / 900), within(1e-12));
    assertThat(beta[1]).isCloseTo(Math.log(20.0 / 480) - Math.log(100.0 / 900), within(1e-12));
    assertThat(WaldInference.at(problem, beta).orElseThrow().stdError(1))
        .isCloseTo(Math.sqrt(1.0 / 20 + 1.0 / 480 + 1.0 / 100 + 1.0 / 900), within(1e-12));
  }

  @Provide
  Arbitrary<List<Integer>> counts() {
    return Arbitraries.integers().between(1, 100_000).list().ofSize(8);
  }

  /** Every cell has both outcomes, so the estimate exists and is the only root of the score. */
  @Property
  void theScoreIsZeroAtTheEstimate(@ForAll("counts") List<Integer> counts) {
    long[] n = new long[4];
    long[] events = new long[4];
    for (int i = 0; i < 4; i++) {
      events[i] = counts.get(i);
      n[i] = events[i] + counts.get(i + 4);
    }
    GlmProblem problem = table(n, events);

    GlmFit fit = new Irls().fit(problem);

    assertThat(fit).isInstanceOf(GlmFit.Converged.class);
    for (double u : problem.score(((GlmFit.Converged) fit).beta())) {
      assertThat(Math.abs(u)).isLessThan(1e-6 * Math.max(1, problem.totalEvents()));
    }
  }
}
