package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;
import java.util.stream.Stream;
import org.assay.common.contract.TableContract.ContractColumn;

/** What gold promises; names follow broom's where broom has one. */
public final class GoldContract {
  static final ContractColumn PERIOD = column("period", "string", "The period.");
  static final ContractColumn COHORT = column("cohort", "string", "The cohort.");
  static final ContractColumn MODEL =
      column("model", "string", "The model; of one by strata, with its stratum.");
  static final ContractColumn REGION =
      column("region", "string", "The region as it came; null where it was null.");
  static final ContractColumn REGION_KEY =
      column("region_key", "string", "The region in dim_region; never null.");
  static final ContractColumn METHOD =
      column("method", "string", "ml: maximum likelihood; firth: Firth's penalised likelihood.");

  public static final TableContract MODEL_TERMS =
      TableContract.of(
          "gold_exact.model_terms",
          "period, cohort, model, region and term; the reference level has its row",
          List.of("period", "cohort", "model", "region", "term"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("term_order", "int", "Position of the term in its model."),
          column("term", "string", "The term as R writes it: factor and level."),
          column("factor", "string", "The factor; null for the intercept."),
          column("level", "string", "The level; null for the intercept."),
          column("level_label", "string", "The level for display."),
          column("level_order", "int", "Position of the level in its factor, from 1."),
          column("reference", "string", "The level that this one is compared with."),
          column("is_reference", "boolean", "Whether this is the reference itself."),
          column("estimate", "double", "Coefficient on the scale of the link; 0 for a reference."),
          column("std_error", "double", "Its standard error; null for a reference."),
          column("statistic", "double", "Wald z: estimate over standard error."),
          column(
              "p_value",
              "double",
              "Two-sided normal p of the statistic; by firth, of the penalised likelihood ratio."),
          column(
              "q_value",
              "double",
              "Benjamini and Hochberg's false discovery rate over all fitted regions and levels of the period, cohort, model and factor."),
          column("tests", "int", "How many tests q_value is over."),
          column(
              "conf_low",
              "double",
              "Lower 95 % limit of the estimate; null where it is infinite or was not estimated."),
          column("conf_high", "double", "Upper 95 % limit."),
          column(
              "conf_method",
              "string",
              "wald; profile where a level of a factor has few events, or nearly only events, and for firth."),
          column(
              "quasi_std_error",
              "double",
              "std_error times the root of the dispersion, where that is above 1: a variant for cells that scatter."),
          column(
              "robust_std_error",
              "double",
              "Of the sandwich over people, for rates: right where events repeat within people."),
          column("ratio", "double", "exp(estimate); null for the intercept."),
          column("ratio_low", "double", "exp(conf_low)."),
          column("ratio_high", "double", "exp(conf_high)."),
          column(
              "ratio_kind",
              "string",
              "odds_ratio, rate_ratio or hazard_ratio; null for the intercept, and where the link gives none."),
          column(
              "status",
              "string",
              "estimated, reference, merged, left out, not known: what became of the level."),
          column(
              "n",
              "bigint",
              "People in the level and in the model; of a level that is not in it, in the region."),
          column("events", "bigint", "Events among them."),
          column("crude_rate", "double", "events / n; of a rate, events / exposure."),
          METHOD,
          column("engine", "string", "What found the coefficients: mllib or cells."));

  public static final TableContract MODEL_FITS =
      TableContract.of(
          "gold_exact.model_fits",
          "period, cohort, model and region, fitted or not",
          List.of("period", "cohort", "model", "region"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("is_listed", "boolean", "Whether it is one of the regions that there are."),
          column("status", "string", "fitted, adjusted or held."),
          column("sentence", "string", "What happened to the region, in one sentence."),
          column("formula", "string", "The model's terms as R writes them."),
          column("family", "string", "binomial or poisson."),
          column("link", "string", "logit, probit, cloglog or log."),
          column("n", "bigint", "People in the model; in the region where it is held."),
          column("events", "bigint", "Events among them."),
          column("people_left_out", "bigint", "People of the region in levels left out."),
          column("n_cells", "bigint", "Covariate patterns with people."),
          column("rank", "int", "Coefficients estimated, the intercept included."),
          column(
              "design",
              "string",
              "Digest of factors, references, levels and merges: coefficients of equal digests mean"
                  + " the same, and of others may not be applied to these levels."),
          column(
              "log_lik",
              "double",
              "Log-likelihood of the persons; of rates up to a constant of the data."),
          column("aic", "double", "-2 log_lik + 2 rank, persons."),
          column("bic", "double", "-2 log_lik + rank log(n), persons."),
          column("deviance", "double", "Deviance of the persons; null of rates."),
          column(
              "null_deviance",
              "double",
              "Deviance of the persons under the intercept alone; null of rates."),
          column("df_residual", "bigint", "n - rank."),
          column("df_null", "bigint", "n - 1."),
          column("deviance_cells", "double", "Deviance of the cells: goodness of fit."),
          column("null_deviance_cells", "double", "Deviance of the cells, intercept alone."),
          column("df_residual_cells", "bigint", "n_cells - rank."),
          column("df_null_cells", "bigint", "n_cells - 1."),
          column("pearson_cells", "double", "Pearson's X² of the cells."),
          column("dispersion", "double", "pearson_cells / df_residual_cells; null if saturated."),
          column(
              "engine_difference",
              "double",
              "Largest difference of mllib's coefficients from those of cells; null where cells fitted."),
          column("iterations", "int", "Iterations of the engine."),
          column("converged", "boolean", "Whether the engine converged; null if never run."),
          METHOD,
          column("engine", "string", "What found the coefficients: mllib or cells."));

  public static final TableContract FIT_REASONS =
      TableContract.of(
          "gold_exact.fit_reasons",
          "period, cohort, model, region and reason",
          List.of("period", "cohort", "model", "region", "reason_order"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("reason_order", "int", "From 1, in the order of the decisions."),
          column(
              "code",
              "string",
              "The reason's code; SMALL_COUNTS where it would tell a count that is withheld."),
          column("sentence", "string", "The reason, in one sentence."),
          column("factor", "string", "The factor it is about, if it is about one."),
          column("level", "string", "The level it is about, if it is about one."),
          column("n", "bigint", "People concerned."),
          column("events", "bigint", "Events among them."));

  public static final TableContract PROFILES =
      TableContract.of(
          "gold_exact.profiles",
          "period, cohort, model, region, factor and level: each region as it was when it was"
              + " accepted last, which later runs are compared with",
          List.of("period", "cohort", "model", "region", "factor", "level"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          column("baseline", "string", "readiness.baseline; another name begins anew."),
          column("factor", "string", "The factor; null for the region as a whole."),
          column("level", "string", "The level; null for the region as a whole."),
          column("n", "bigint", "People in the level, in the model or not."),
          column("events", "bigint", "Events among them."),
          column("exposure", "double", "Time at risk; 0 where events are counted among people."),
          column("reference", "string", "The level that it was compared with."),
          column("estimate", "double", "Its coefficient; the intercept for the region."),
          column("std_error", "double", "Its standard error; null where none was estimated."),
          column(
              "design",
              "string",
              "Digest of factors, references, levels and merges: only estimates of equal digests"
                  + " are compared."));

  public static final TableContract TERM_FLAGS =
      TableContract.of(
          "gold_exact.term_flags",
          "period, cohort, model, region, term and flag",
          List.of("period", "cohort", "model", "region", "term", "flag"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("term", "string", "The term, as in model_terms."),
          column("flag", "string", "A reason's code, or PROFILE_LIMITS, INFINITE_LIMIT."),
          column("sentence", "string", "What it means, in one sentence."));

  public static final TableContract COVARIANCE =
      TableContract.of(
          "gold_exact.covariance",
          "period, cohort, model, region and pair of terms, each pair once",
          List.of("period", "cohort", "model", "region", "term_1", "term_2"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("term_1", "string", "A term."),
          column("term_2", "string", "The same one, or one before it."),
          column("covariance", "double", "Of their estimates: an entry of (X'WX)^-1."));

  public static final TableContract FACTOR_TESTS =
      TableContract.of(
          "gold_exact.factor_tests",
          "period, cohort, model, region, factor and test",
          List.of("period", "cohort", "model", "region", "factor", "test"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("factor", "string", "The factor, or two that interact joined by a colon."),
          column(
              "test",
              "string",
              "wald; likelihood_ratio, against the model without the factor; trend, of one coefficient of ridits."),
          column("statistic", "double", "Chi-squared."),
          column("df", "int", "Its degrees of freedom."),
          column("p_value", "double", "Its upper tail."),
          column("q_value", "double", "Over all fitted regions, for this factor and test."),
          column("tests", "int", "How many tests q_value is over."),
          column(
              "estimate",
              "double",
              "Of a trend: from one end of the population to the other: from the first level to the last, of deprivation from the most to the least; null otherwise."),
          column("std_error", "double", "Its standard error."),
          METHOD);

  public static final TableContract STANDARDISED_RISKS =
      TableContract.of(
          "gold_exact.standardised_risks",
          "period, cohort, model, region, factor, level and population that is standardised to",
          List.of("period", "cohort", "model", "region", "factor", "level", "reference_population"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
          REGION_KEY,
          column("factor", "string", "The factor."),
          column("level", "string", "The level that everybody is set to."),
          column("reference", "string", "The level of the comparisons."),
          column(
              "reference_population",
              "string",
              "Whose mix of the other factors weighs: region, or national for all listed regions, fitted or held."),
          column("regions_in_reference", "int", "Regions in that population."),
          column("weights", "string", "What weighs: people, or time at risk."),
          column("risk", "double", "Mean predicted risk, or rate, of everybody in the level."),
          column("std_error", "double", "By the delta method, the mix taken as known."),
          column("conf_low", "double", "Lower 95 % limit of the risk."),
          column("conf_high", "double", "Upper 95 % limit."),
          column("risk_difference", "double", "Less the risk of the reference."),
          column("risk_difference_std_error", "double", "Its standard error."),
          column("risk_difference_low", "double", "Lower 95 % limit of the difference."),
          column("risk_difference_high", "double", "Upper 95 % limit."),
          column("risk_ratio", "double", "Over the risk of the reference."),
          column("risk_ratio_low", "double", "Lower 95 % limit of the ratio, on the log scale."),
          column("risk_ratio_high", "double", "Upper 95 % limit."),
          METHOD);

  private GoldContract() {}

  /** The tables of models, of which each is a part of every fit. */
  public static List<TableContract> ofModels() {
    return List.of(
        MODEL_TERMS,
        MODEL_FITS,
        FIT_REASONS,
        TERM_FLAGS,
        COVARIANCE,
        FACTOR_TESTS,
        STANDARDISED_RISKS,
        PROFILES);
  }

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return Stream.of(ofModels(), GoldFigures.all(), GoldStar.all()).flatMap(List::stream).toList();
  }
}
