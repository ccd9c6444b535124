package org.assay.gold.inference;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;

/**
 * A test of trend over the ordered levels of a factor: one coefficient of their ridits in place of
 * the factor, by likelihood ratio.
 *
 * @param test against the model without the trend
 * @param estimate from one end of the people to the other
 * @param stdError of the estimate
 */
public record Trend(JointTest test, double estimate, double stdError) {

  /**
   * Tests a factor that is in no interaction.
   *
   * @param cells what the problem was fitted to
   * @param formula the problem's terms
   * @param levels of the factor that have an order, in it; any other level is told apart, and the
   *     trend is that of the rest
   * @return empty where no finite estimate exists
   */
  public static Optional<Trend> of(
      GlmProblem problem,
      ProfiledFitter fitter,
      CellTable cells,
      List<DesignTerm> formula,
      String factor,
      List<String> levels) {
    DesignTerm.Score score = DesignTerm.Score.ridits(factor, levels, cells.margin(factor));
    List<DesignTerm> scored =
        formula.stream()
            .map(term -> term.factors().equals(List.of(factor)) ? score : term)
            .toList();
    GlmProblem trend = problem.withDesign(DesignMatrix.ofTerms(cells, scored));
    GlmFit fit = fitter.fit(trend);
    int column =
        IntStream.range(0, trend.design().columns())
            .filter(j -> trend.design().terms().get(j).factor().equals(factor))
            .findFirst()
            .orElseThrow();
    return fit instanceof GlmFit.Converged converged
        ? WaldInference.at(trend, converged.beta())
            .map(
                inference ->
                    new Trend(
                        JointTest.likelihoodRatio(
                            new ProfileLimits(fitter, trend, converged.beta(), 0.95), column),
                        converged.beta()[column],
                        inference.stdError(column)))
        : Optional.empty();
  }
}
