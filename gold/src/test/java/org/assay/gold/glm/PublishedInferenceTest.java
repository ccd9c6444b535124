package org.assay.gold.glm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assay.common.cells.DesignTerm;
import org.assay.gold.inference.JointTest;
import org.assay.gold.inference.ProfileLimits;
import org.assay.gold.inference.RobustErrors;
import org.assay.gold.inference.StandardisedRisk;
import org.assay.gold.inference.WaldInference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from a fit, against R on data sets from the literature. */
class PublishedInferenceTest {
  private static final Irls IRLS = new Irls();
  private static final double CHI_SQUARED_95 = 3.841458820694124;

  private static double[] fitted(GlmFitter fitter, GlmProblem problem) {
    return ((GlmFit.Converged) fitter.fit(problem)).beta();
  }

  private static int[] columns(GlmProblem problem, String factor) {
    return IntStream.range(0, problem.design().columns())
        .filter(j -> problem.design().terms().get(j).factor().equals(factor))
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ucb_admissions", "esoph", "birthwt", "lizards", "british_doctors"})
  void profileLimitsAreThoseOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    double[] beta = fitted(IRLS, set.problem());
    WaldInference wald = WaldInference.at(set.problem(), beta).orElseThrow();
    ProfileLimits profile = new ProfileLimits(IRLS, set.problem(), beta, 0.95);
    JsonNode expected = set.expected().get("coefficients");
    for (int j = 0; j < expected.size(); j++) {
      JsonNode term = expected.get(j);
      double low = profile.low(j, wald.stdError(j)).orElseThrow();
      double high = profile.high(j, wald.stdError(j)).orElseThrow();
      // R interpolates the profile, which tells where the reference has one event, as in esoph
      double near = name.equals("esoph") ? 1e-3 : 1e-4;
      String label = term.get("term").asText();
      assertThat(low).as(label).isCloseTo(term.get("profile_lo").asDouble(), within(near));
      assertThat(high).as(label).isCloseTo(term.get("profile_hi").asDouble(), within(near));
      assertThat(profile.ratioStatistic(j, low)).isCloseTo(CHI_SQUARED_95, within(1e-6));
      assertThat(profile.ratioStatistic(j, high)).isCloseTo(CHI_SQUARED_95, within(1e-6));
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
  void jointTestsAreThoseOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    double[] beta = fitted(IRLS, set.problem());
    WaldInference inference = WaldInference.at(set.problem(), beta).orElseThrow();
    ProfileLimits profile = new ProfileLimits(IRLS, set.problem(), beta, 0.95);
    set.expected()
        .get("term_tests")
        .fields()
        .forEachRemaining(
            entry -> {
              int[] columns = columns(set.problem(), entry.getKey());
              JsonNode r = entry.getValue();
              JointTest wald = JointTest.wald(inference, columns);
              JointTest ratio = JointTest.likelihoodRatio(profile, columns);
              assertThat(wald.df()).isEqualTo(r.get("df").asInt());
              assertThat(wald.statistic()).isCloseTo(r.get("wald_chi2").asDouble(), within(1e-7));
              assertThat(ratio.statistic()).isCloseTo(r.get("lr_chi2").asDouble(), within(1e-7));
              assertThat(wald.pValue()).isCloseTo(r.get("wald_p").asDouble(), within(1e-8));
              assertThat(ratio.pValue()).isCloseTo(r.get("lr_p").asDouble(), within(1e-8));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ucb_admissions", "esoph", "birthwt", "lizards"})
  void standardisedRisksAreThoseOfR(String name) {
    PublishedSet set = PublishedSet.read(name);
    double[] beta = fitted(IRLS, set.problem());
    double[][] v = WaldInference.at(set.problem(), beta).orElseThrow().covariance();
    set.expected()
        .get("marginal_standardisation")
        .fields()
        .forEachRemaining(
            factor -> {
              StandardisedRisk reference =
                  risk(set, beta, factor.getKey(), factor.getValue().get(0));
              for (JsonNode level : factor.getValue()) {
                StandardisedRisk risk = risk(set, beta, factor.getKey(), level);
                assertThat(risk.value())
                    .isCloseTo(level.get("prediction").asDouble(), within(1e-9));
                assertThat(risk.stdError(v)).isCloseTo(level.get("se").asDouble(), within(1e-8));
                assertThat(risk.difference(reference))
                    .isCloseTo(level.get("risk_difference").asDouble(), within(1e-9));
                assertThat(risk.differenceStdError(reference, v))
                    .isCloseTo(level.get("rd_se").asDouble(), within(1e-8));
                assertThat(Math.exp(risk.logRatio(reference)))
                    .isCloseTo(level.get("risk_ratio").asDouble(), withPercentage(1e-6));
                assertThat(risk.logRatioStdError(reference, v))
                    .isCloseTo(level.get("log_rr_se").asDouble(), within(1e-8));
              }
            });
  }

  private static StandardisedRisk risk(
      PublishedSet set, double[] beta, String factor, JsonNode level) {
    return StandardisedRisk.of(
        set.problem(), set.formula(), beta, set.cells(), factor, level.get("level").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ucb_admissions", "esoph", "birthwt", "lizards"})
  void firthsEstimatesAreThoseOfBrglm(String name) {
    PublishedSet set = PublishedSet.read(name);
    double[] beta = fitted(new Firth(), set.problem());
    JsonNode expected = set.expected().get("firth_AS_mean").get("estimate");
    assertThat(expected.size()).isEqualTo(beta.length);
    for (int j = 0; j < beta.length; j++) {
      String label = set.problem().design().terms().get(j).label();
      assertThat(beta[j]).as(label).isCloseTo(expected.get(label).asDouble(), within(1e-8));
    }
  }

  /** Heinze and Schemper 2002: NV separates, so that maximum likelihood has no estimate. */
  @Test
  void firthIsFiniteWhereTheLikelihoodHasNoMaximum() {
    GlmProblem problem =
        PublishedNumbers.problem("endometrial", List.of("NV", "PI", "EH"), Link.LOGIT);
    assertThat(IRLS.fit(problem)).isInstanceOf(GlmFit.NotFitted.class);

    Firth firth = new Firth();
    double[] beta = fitted(firth, problem);
    WaldInference inference = WaldInference.at(problem, beta).orElseThrow();
    JsonNode expected = PublishedSet.json("endometrial").get("firth");
    for (int j = 0; j < beta.length; j++) {
      String label = problem.design().terms().get(j).label();
      assertThat(beta[j]).isCloseTo(expected.get("estimate").get(label).asDouble(), within(1e-8));
      assertThat(inference.stdError(j))
          .isCloseTo(expected.get("se").get(label).asDouble(), within(1e-8));
    }
    ProfileLimits profile = new ProfileLimits(firth, problem, beta, 0.95);
    // Heinze and Schemper 2002, table 2: NV 0.61 to 7.85, EH -4.37 to -1.23
    assertThat(profile.low(1, inference.stdError(1)).orElseThrow()).isCloseTo(0.61, within(0.005));
    assertThat(profile.high(1, inference.stdError(1)).orElseThrow()).isCloseTo(7.85, within(0.05));
    assertThat(profile.low(3, inference.stdError(3)).orElseThrow()).isCloseTo(-4.37, within(0.005));
    assertThat(profile.high(3, inference.stdError(3)).orElseThrow())
        .isCloseTo(-1.23, within(0.005));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logit", "probit", "cloglog"})
  void allLinksAreThoseOfR(String name) {
    GlmProblem problem =
        PublishedNumbers.problem(
            "beetles", List.of("dose"), Link.valueOf(name.toUpperCase(Locale.ROOT)));
    double[] beta = fitted(IRLS, problem);
    WaldInference inference = WaldInference.at(problem, beta).orElseThrow();
    JsonNode expected = PublishedSet.json("beetles").get("fits").get(name);
    for (int j = 0; j < beta.length; j++) {
      String label = problem.design().terms().get(j).label();
      assertThat(beta[j])
          .isCloseTo(expected.get("coef").get(label).asDouble(), withPercentage(1e-6));
      assertThat(inference.stdError(j))
          .isCloseTo(
              expected.get("se_expected_information").get(label).asDouble(), withPercentage(1e-5));
    }
    org.assay.gold.inference.GoodnessOfFit fit =
        org.assay.gold.inference.GoodnessOfFit.at(problem, beta);
    assertThat(fit.devianceCells()).isCloseTo(expected.get("deviance").asDouble(), within(1e-6));
    assertThat(fit.logLikCells()).isCloseTo(expected.get("logLik").asDouble(), within(1e-6));
  }

  /** The number of sandwich::vcovHC on the rows of the people. */
  @Test
  void robustErrorsAreThoseOfThePeople() {
    PublishedSet set = PublishedSet.read("birthwt");
    WaldInference inference =
        WaldInference.at(set.problem(), fitted(IRLS, set.problem())).orElseThrow();
    assertThat(Math.sqrt(RobustErrors.covariance(set.problem(), inference)[0][0]))
        .isCloseTo(0.370, within(0.0005));
  }

  /** Ridits of equal groups are evenly spaced, so the trend is that of their numbers. */
  @Test
  void aScoreHasOneCoefficient() {
    PublishedSet set = PublishedSet.read("british_doctors");
    DesignTerm.Score ridits =
        DesignTerm.Score.ridits(
            "age", List.of("35-44", "45-54", "55-64", "65-74", "75-84"), set.cells().margin("age"));
    assertThat(ridits.scores().values()).allMatch(score -> score > 0 && score < 1);
    double[] sorted = ridits.scores().values().stream().mapToDouble(s -> s).sorted().toArray();
    Map<String, Double> scores = ridits.scores();
    assertThat(scores.get("35-44")).isEqualTo(sorted[0]);
    assertThat(scores.get("75-84")).isEqualTo(sorted[4]);
    GlmProblem trend =
        set.problem()
            .withDesign(
                org.assay.common.cells.DesignMatrix.ofTerms(
                    set.cells(), List.of(set.formula().get(0), ridits)));
    double[] beta = fitted(IRLS, trend);
    assertThat(beta).hasSize(3);
    assertThat(beta[2]).isPositive();
  }
}
