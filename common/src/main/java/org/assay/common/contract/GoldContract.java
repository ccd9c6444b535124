package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;
import org.assay.common.contract.TableContract.ContractColumn;

/** What gold promises; names follow broom's where broom has one. */
public final class GoldContract {
  private static final ContractColumn PERIOD = column("period", "string", "The period.");
  private static final ContractColumn COHORT = column("cohort", "string", "The cohort.");
  private static final ContractColumn MODEL = column("model", "string", "The model.");
  private static final ContractColumn REGION =
      column("region", "string", "The region as it came; null where it was null.");

  public static final TableContract MODEL_TERMS =
      TableContract.of(
          "gold_exact.model_terms",
          "period, cohort, model, region and term; the reference level has its row",
          List.of("period", "cohort", "model", "region", "term"),
          PERIOD,
          COHORT,
          MODEL,
          REGION,
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
          column("p_value", "double", "Two-sided normal p of the statistic."),
          column("conf_low", "double", "Lower 95 % Wald limit of the estimate."),
          column("conf_high", "double", "Upper 95 % Wald limit of the estimate."),
          column("ratio", "double", "exp(estimate); null for the intercept."),
          column("ratio_low", "double", "exp(conf_low)."),
          column("ratio_high", "double", "exp(conf_high)."),
          column("ratio_kind", "string", "odds_ratio or rate_ratio; null for the intercept."),
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
          column("method", "string", "ml: maximum likelihood."),
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
          column("status", "string", "fitted, adjusted or held."),
          column("sentence", "string", "What happened to the region, in one sentence."),
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
          column("log_lik", "double", "Log-likelihood of the persons."),
          column("aic", "double", "-2 log_lik + 2 rank, persons."),
          column("bic", "double", "-2 log_lik + rank log(n), persons."),
          column("deviance", "double", "Deviance of the persons."),
          column("null_deviance", "double", "Deviance of the persons under the intercept alone."),
          column("df_residual", "bigint", "n - rank."),
          column("df_null", "bigint", "n - 1."),
          column("deviance_cells", "double", "Deviance of the cells: goodness of fit."),
          column("null_deviance_cells", "double", "Deviance of the cells, intercept alone."),
          column("df_residual_cells", "bigint", "n_cells - rank."),
          column("df_null_cells", "bigint", "n_cells - 1."),
          column("pearson_cells", "double", "Pearson's X² of the cells."),
          column("dispersion", "double", "pearson_cells / df_residual_cells; null if saturated."),
          column("iterations", "int", "Iterations of the engine."),
          column("converged", "boolean", "Whether the engine converged; null if never run."),
          column("method", "string", "ml: maximum likelihood."),
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
          column("reason_order", "int", "From 1, in the order of the decisions."),
          column("code", "string", "The reason's code."),
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

  private GoldContract() {}

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return List.of(MODEL_TERMS, MODEL_FITS, FIT_REASONS, PROFILES);
  }
}
