package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.List;

/** The dimensions that gold's facts are keyed to. */
public final class GoldStar {
  public static final TableContract DIM_REGION =
      TableContract.of(
          "gold_exact.dim_region",
          "region of any cohort; one member stands for no region recorded, one for the nation",
          List.of("region_key"),
          column("region_key", "string", "Never null."),
          column("region", "string", "The region as it came; null for the two members."),
          column("label", "string", "The region's name where the list of regions has one."),
          column("area_type", "string", "region, national or none."),
          column("is_listed", "boolean", "Whether it is in the list of regions of some cohort."));

  public static final TableContract DIM_FACTOR_LEVEL =
      TableContract.of(
          "gold_exact.dim_factor_level",
          "cohort, factor and level",
          List.of("cohort", "factor", "level"),
          column("cohort", "string", "The cohort."),
          column("factor", "string", "The factor."),
          column("level", "string", "The level."),
          column("level_order", "int", "As the factor lists it, from 1; others follow."),
          column("is_listed", "boolean", "Whether the factor lists it."),
          column("is_reference", "boolean", "Whether it is the configured reference."),
          column("is_not_known", "boolean", "Whether it means that the value is missing."),
          column("deprivation_rank", "int", "1 is the most deprived; null elsewhere."),
          column("deprivation_index", "string", "Index and version; null elsewhere."),
          column("deprivation_quantiles", "string", "national or local; null elsewhere."),
          column(
              "classification",
              "string",
              "What the factor's levels are a version of, as configured; null if they are of none."));

  public static final TableContract DIM_COHORT =
      TableContract.of(
          "gold_exact.dim_cohort",
          "cohort",
          List.of("cohort"),
          column("cohort", "string", "The cohort."),
          column("title", "string", "For display."),
          column("population", "string", "Who is counted."),
          column("outcome_type", "string", "proportion or rate."),
          column("primary_model", "string", "The model people are shown first."));

  public static final TableContract DIM_PERIOD =
      TableContract.of(
          "gold_exact.dim_period",
          "period",
          List.of("period"),
          column("period", "string", "The period."),
          column(
              "index_date", "date", "The day for which members are listed; null if none is set."),
          column("start", "date", "Its first day."),
          column("end", "date", "The first day after it."),
          column("sort_key", "string", "Sorts periods in time."));

  private GoldStar() {}

  /** All of them. */
  public static List<TableContract> all() {
    return List.of(DIM_REGION, DIM_FACTOR_LEVEL, DIM_COHORT, DIM_PERIOD);
  }
}
