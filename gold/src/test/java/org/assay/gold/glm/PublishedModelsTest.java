package org.assay.gold.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.gold.inference.GoodnessOfFit;
import org.assay.gold.inference.WaldInference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel against R, on data sets from the literature. */
class PublishedModelsTest {
  private static final double BETA = 1e-8;
  private static final double RELATIVE_SE_PERCENT = 1e-6;
  private static final double DEVIANCE = 1e-6;

  private static double[] fitted(PublishedSet set) {
    return ((GlmFit.Converged) new Irls().fit(set.problem())).beta();
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
  void coefficientsAndTheirErrorsAreThoseOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    WaldInference inference = WaldInference.at(set.problem(), fitted(set)).orElseThrow();

    JsonNode expected = set.expected().get("coefficients");
    assertThat(set.problem().design().terms())
        .extracting(Term::label)
        .containsExactlyElementsOf(expected.findValuesAsText("term"));
    for (int i = 0; i < expected.size(); i++) {
      JsonNode term = expected.get(i);
      String label = term.get("term").asText();
      assertThat(inference.beta()[i])
          .as(label)
          .isCloseTo(term.get("estimate").asDouble(), within(BETA));
      assertThat(inference.stdError(i))
          .as("SE of %s", label)
          .isCloseTo(term.get("se").asDouble(), withPercentage(RELATIVE_SE_PERCENT));
      assertThat(inference.pValue(i))
          .as("p of %s", label)
          .isCloseTo(term.get("p").asDouble(), within(1e-12 + 1e-6 * term.get("p").asDouble()));
      assertThat(inference.confLow(i))
          .as(label)
          .isCloseTo(term.get("wald_lo").asDouble(), within(1e-7));
      assertThat(inference.confHigh(i))
          .as(label)
          .isCloseTo(term.get("wald_hi").asDouble(), within(1e-7));
    }
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
  void covariancesAreThoseOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    double[][] covariance = WaldInference.at(set.problem(), fitted(set)).orElseThrow().covariance();

    JsonNode expected = set.expected().get("vcov");
    for (int i = 0; i < expected.size(); i++) {
      int row = i;
      for (int j = 0; j < expected.size(); j++) {
        String column = set.problem().design().terms().get(j).label();
        assertThat(covariance[row][j])
            .as("cov of %d and %s", row, column)
            .isCloseTo(expected.get(row).get(column).asDouble(), within(1e-8));
      }
    }
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
  void theFitOfTheCellsIsThatOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    GoodnessOfFit fit = GoodnessOfFit.at(set.problem(), fitted(set));

    JsonNode cells = set.expected().get("grouped");
    assertThat(fit.cells()).isEqualTo(cells.get("n_cells").asInt());
    assertThat(fit.rank()).isEqualTo(set.expected().get("rank").asInt());
    assertThat(fit.dfResidualCells()).isEqualTo(cells.get("df_residual").asInt());
    assertThat(fit.devianceCells()).isCloseTo(cells.get("deviance").asDouble(), within(DEVIANCE));
    assertThat(fit.nullDevianceCells())
        .isCloseTo(cells.get("null_deviance").asDouble(), within(DEVIANCE));
    assertThat(fit.logLikCells()).isCloseTo(cells.get("logLik").asDouble(), within(DEVIANCE));
    assertThat(fit.aicCells()).isCloseTo(cells.get("AIC").asDouble(), within(DEVIANCE));
    assertThat(fit.pearsonCells())
        .isCloseTo(cells.get("pearson_chi2").asDouble(), within(DEVIANCE));
    assertThat(fit.dispersion().orElseThrow())
        .isCloseTo(cells.get("phi_pearson").asDouble(), within(DEVIANCE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ucb_admissions", "esoph", "birthwt", "lizards"})
  void theFitOfThePeopleIsThatOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    GoodnessOfFit fit = GoodnessOfFit.at(set.problem(), fitted(set));

    JsonNode people = set.expected().get("ungrouped");
    assertThat(fit.n()).isEqualTo(people.get("n_rows").asLong());
    assertThat(fit.logLik()).isCloseTo(people.get("logLik").asDouble(), within(DEVIANCE));
    assertThat(fit.deviance().orElseThrow())
        .isCloseTo(people.get("deviance").asDouble(), within(DEVIANCE));
    assertThat(fit.nullDeviance().orElseThrow())
        .isCloseTo(people.get("null_deviance").asDouble(), within(DEVIANCE));
    assertThat(fit.aic()).isCloseTo(people.get("AIC").asDouble(), within(DEVIANCE));
    assertThat(fit.bic()).isCloseTo(people.get("BIC_nobs_rows").asDouble(), within(DEVIANCE));
  }

  /** Whatever time at risk is counted in, there are as many people, and models differ alike. */
  @Test
  void theFitOfRatesDoesNotDependOnTheUnitOfTime() {
    GoodnessOfFit years = rates(1);
    GoodnessOfFit thousands = rates(1000);

    assertThat(years.n()).isEqualTo(900);
    assertThat(years.deviance()).isEmpty();
    assertThat(years.nullDeviance()).isEmpty();
    assertThat(thousands.n()).isEqualTo(900);
    assertThat(years.bic() - years.aic())
        .isCloseTo(2 * Math.log(900) - 2 * 2, within(1e-9))
        .isCloseTo(thousands.bic() - thousands.aic(), within(1e-9));
    assertThat(thousands.devianceCells()).isCloseTo(years.devianceCells(), within(1e-9));
    assertThat(thousands.logLikCells()).isCloseTo(years.logLikCells(), within(1e-9));
  }

  private static GoodnessOfFit rates(double unit) {
    CellTable cells =
        CellTable.over(List.of("age", "sex"))
            .add(List.of("young", "F"), new Cell(300, 300, 40, 250 / unit))
            .add(List.of("young", "M"), new Cell(200, 200, 35, 180 / unit))
            .add(List.of("old", "F"), new Cell(250, 250, 90, 200 / unit))
            .add(List.of("old", "M"), new Cell(150, 150, 80, 120 / unit))
            .build();
    GlmProblem problem =
        new GlmProblem(
            Family.POISSON,
            DesignMatrix.ofTerms(
                cells,
                List.of(
                    new DesignTerm.Main(
                        new ModelFactor("age", "young", List.of("young", "old"))))));
    return GoodnessOfFit.at(problem, ((GlmFit.Converged) new Irls().fit(problem)).beta());
  }
}
