package org.assay.common.contract;

import static org.assay.common.contract.GoldContract.COHORT;
import static org.assay.common.contract.GoldContract.MODEL;
import static org.assay.common.contract.GoldContract.PERIOD;
import static org.assay.common.contract.GoldContract.REGION;
import static org.assay.common.contract.GoldContract.REGION_KEY;
import static org.assay.common.contract.TableContract.column;

import java.util.List;
import org.assay.common.contract.TableContract.ContractColumn;

/** What gold promises of rates, of inequality, and across regions. */
public final class GoldFigures {
  private static final ContractColumn AREA_TYPE =
      column("area_type", "string", "region, or national for all listed regions, fitted or held.");
  private static final ContractColumn REGIONS =
      column(
          "regions",
          "int",
          "Regions behind the row: 1, or those of the listed ones that have any people.");

  public static final TableContract RATES =
      TableContract.of(
          "gold_exact.rates",
          "period, cohort, region or nation, factor, level and statistic",
          List.of("period", "cohort", "region_key", "factor", "level", "statistic"),
          PERIOD,
          COHORT,
          REGION,
          REGION_KEY,
          AREA_TYPE,
          REGIONS,
          column("factor", "string", "The factor; null for everybody."),
          column("level", "string", "The level; null for everybody."),
          column(
              "statistic",
              "string",
              "crude; direct, standardised to standard_population; indirect, the ratio of observed events to those expected at the nation's rates by age."),
          column("n", "bigint", "People."),
          column("events", "bigint", "Events."),
          column("denominator", "double", "People, time at risk, or expected events."),
          column("value", "double", "Per unit of the denominator; null where it cannot be given."),
          column("conf_low", "double", "Lower 95 % limit."),
          column("conf_high", "double", "Upper 95 % limit."),
          column("conf_low_998", "double", "Lower 99.8 % limit."),
          column("conf_high_998", "double", "Upper 99.8 % limit."),
          column("limits", "string", "wilson, byar, exact or dobson."),
          column("standard_population", "string", "What it is standardised to, or by."),
          column("note", "string", "Why there is no value; null where there is one."));

  public static final TableContract INEQUALITY =
      TableContract.of(
          "gold_exact.inequality",
          "period, cohort, region or nation, factor of deprivation and measure",
          List.of("period", "cohort", "region_key", "factor", "measure"),
          PERIOD,
          COHORT,
          REGION,
          REGION_KEY,
          AREA_TYPE,
          column("factor", "string", "The factor, whose levels are ordered by deprivation."),
          column(
              "measure",
              "string",
              "sii and rii, from the most to the least deprived end; absolute_gap and relative_gap, the most against the least deprived level; paf, the share that would not be if all were as the least deprived."),
          column("value", "double", "The measure; null where it cannot be given."),
          column("std_error", "double", "Its standard error; of relative_gap, of its logarithm."),
          column("conf_low", "double", "Lower 95 % limit."),
          column("conf_high", "double", "Upper 95 % limit."),
          column("quantiles", "int", "Levels with people."),
          column("based_on", "string", "crude or direct rates of the levels."),
          column("direction", "string", "most_to_least: of the levels, by deprivation."),
          column("most_deprived", "string", "The most deprived level."),
          column("least_deprived", "string", "The least deprived level."),
          column("deprivation_index", "string", "Index and version, as configured."),
          column(
              "deprivation_quantiles",
              "string",
              "national or local: of which areas the levels are quantiles; null if not configured."),
          column("n", "bigint", "People."),
          column("events", "bigint", "Events."),
          column("note", "string", "Why there is no value; null where there is one."));

  public static final TableContract POOLED_TERMS =
      TableContract.of(
          "gold_exact.pooled_terms",
          "period, cohort, model, term and way of pooling",
          List.of("period", "cohort", "model", "term", "pooling"),
          PERIOD,
          COHORT,
          MODEL,
          column("term", "string", "The term."),
          column("factor", "string", "The factor."),
          column("level", "string", "The level."),
          column(
              "pooling",
              "string",
              "dl or reml: random effects of the regions' estimates; national_fit: one fit with region as a factor."),
          column("regions", "int", "Regions whose estimates are pooled."),
          column("regions_listed", "int", "Regions that there are."),
          column("share_of_regions", "double", "regions / regions_listed."),
          column("estimate", "double", "The common effect, on the scale of the link."),
          column("std_error", "double", "Its standard error."),
          column("conf_low", "double", "Lower 95 % limit, normal."),
          column("conf_high", "double", "Upper 95 % limit."),
          column("p_value", "double", "Two-sided, normal."),
          column("ratio", "double", "exp(estimate)."),
          column("ratio_low", "double", "exp(conf_low)."),
          column("ratio_high", "double", "exp(conf_high)."),
          column("hksj_std_error", "double", "By Hartung, Knapp, Sidik and Jonkman."),
          column("hksj_low", "double", "Lower 95 % limit with it, by t."),
          column("hksj_high", "double", "Upper 95 % limit."),
          column("tau2", "double", "Variance between regions."),
          column("i2", "double", "Share of the variance that is between regions, in percent."),
          column("q", "double", "Cochran's Q."),
          column("q_p_value", "double", "Its upper tail."),
          column("prediction_low", "double", "Lower 95 % limit of one more region's effect."),
          column("prediction_high", "double", "Upper 95 % limit."));

  public static final TableContract FUNNEL =
      TableContract.of(
          "gold_exact.funnel",
          "period, cohort and region",
          List.of("period", "cohort", "region"),
          PERIOD,
          COHORT,
          REGION,
          REGION_KEY,
          column(
              "statistic",
              "string",
              "proportion; or ratio of observed to expected events, where events are standardised by age or counted over time."),
          column("events", "bigint", "Events."),
          column("denominator", "double", "People, or expected events."),
          column("value", "double", "Events over the denominator."),
          column("target", "double", "The value of all listed regions together."),
          column("limit_low_95", "double", "Lower 95 % limit of the funnel at this denominator."),
          column("limit_high_95", "double", "Upper 95 % limit."),
          column("limit_low_998", "double", "Lower 99.8 % limit."),
          column("limit_high_998", "double", "Upper 99.8 % limit."),
          column("z", "double", "Distance from the target on a scale of stable variance."),
          column("z_adjusted", "double", "The same with the variance between regions."),
          column("phi", "double", "Overdispersion: mean of the squared winsorised z."),
          column("tau2", "double", "Variance between regions."),
          column(
              "significance",
              "string",
              "low_998, low_95, none, high_95 or high_998, by the limits."),
          column("significance_adjusted", "string", "The same, by z_adjusted."));

  private GoldFigures() {}

  /** All of them. */
  public static List<TableContract> all() {
    return List.of(RATES, INEQUALITY, POOLED_TERMS, FUNNEL);
  }
}
