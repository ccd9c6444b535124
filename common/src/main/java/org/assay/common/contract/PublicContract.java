package org.assay.common.contract;

import static org.assay.common.contract.TableContract.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assay.common.contract.TableContract.ContractColumn;

/**
 * What everybody may see: of each table of gold_exact the columns that tell nobody's data, and of
 * some none. Counts are rounded or withheld, and numbers have no more digits than they need.
 */
public final class PublicContract {
  private static final ContractColumn SUPPRESSION =
      column(
          "suppression",
          "string",
          "none; counts, where one of the row's is withheld, or one that its figure is made of or would tell; estimate, where what was estimated is, as its level is small or its model nearly repeats its data.");

  public static final TableContract MODEL_TERMS =
      of(
          GoldContract.MODEL_TERMS,
          Set.of("statistic", "quasi_std_error", "crude_rate"),
          SUPPRESSION);

  public static final TableContract MODEL_FITS =
      of(
          GoldContract.MODEL_FITS,
          Set.of(
              "people_left_out",
              "design",
              "log_lik",
              "aic",
              "bic",
              "deviance",
              "null_deviance",
              "df_residual",
              "df_null",
              "deviance_cells",
              "null_deviance_cells",
              "df_residual_cells",
              "df_null_cells",
              "pearson_cells",
              "dispersion",
              "engine_difference",
              "n_cells"),
          SUPPRESSION);

  public static final TableContract FIT_REASONS =
      of(GoldContract.FIT_REASONS, Set.of("n", "events"));

  public static final TableContract TERM_FLAGS = of(GoldContract.TERM_FLAGS, Set.of());

  public static final TableContract FACTOR_TESTS =
      of(GoldContract.FACTOR_TESTS, Set.of("statistic"), SUPPRESSION);

  public static final TableContract STANDARDISED_RISKS =
      of(GoldContract.STANDARDISED_RISKS, Set.of(), SUPPRESSION);

  public static final TableContract RATES = of(GoldFigures.RATES, Set.of(), SUPPRESSION);
  public static final TableContract INEQUALITY =
      of(GoldFigures.INEQUALITY, Set.of("n", "events"), SUPPRESSION);
  public static final TableContract POOLED_TERMS =
      of(GoldFigures.POOLED_TERMS, Set.of(), SUPPRESSION);
  public static final TableContract FUNNEL = of(GoldFigures.FUNNEL, Set.of(), SUPPRESSION);
  public static final TableContract DIM_REGION = of(GoldStar.DIM_REGION, Set.of());
  public static final TableContract DIM_FACTOR_LEVEL = of(GoldStar.DIM_FACTOR_LEVEL, Set.of());
  public static final TableContract DIM_COHORT =
      of(
          GoldStar.DIM_COHORT,
          Set.of(),
          column("disclosure_rule", "string", "nhs, ten_five, midpoint6 or none."),
          column("disclosure_because", "string", "Why nothing is hidden; null where it is."));
  public static final TableContract DIM_PERIOD = of(GoldStar.DIM_PERIOD, Set.of());

  public static final TableContract INDICATORS =
      TableContract.of(
          "gold.indicators",
          "indicator, area, period and category, as Fingertips has them",
          List.of("indicator_id", "area_code", "period", "sex", "age", "category_type", "category"),
          column("indicator_id", "string", "The cohort and the statistic."),
          column("indicator_name", "string", "The cohort's title and what is given of it."),
          column("cohort", "string", "The cohort."),
          column("area_code", "string", "The region; of the nation its key in dim_region."),
          column("area_name", "string", "For display."),
          column("area_type", "string", "region or national."),
          column("sex", "string", "Persons, or the level of the factor sex."),
          column("age", "string", "All ages, or the level of the age factor."),
          column("category_type", "string", "The factor; null for everybody."),
          column("category", "string", "The level; null for everybody."),
          column("period", "string", "The period."),
          column("period_sortable", "string", "Sorts periods in time."),
          column("value", "double", "Per multiplier; null where it is withheld or not given."),
          column("lower_ci_95", "double", "Lower 95 % limit."),
          column("upper_ci_95", "double", "Upper 95 % limit."),
          column("lower_ci_998", "double", "Lower 99.8 % limit."),
          column("upper_ci_998", "double", "Upper 99.8 % limit."),
          column("count", "bigint", "Events, rounded."),
          column("denominator", "double", "People, time at risk or expected events, rounded."),
          column("multiplier", "double", "What the value is per: 100 for proportions."),
          column("statistic", "string", "crude, direct or indirect."),
          column("method", "string", "How the limits were found."),
          column("standard_population", "string", "What it is standardised to, or by."),
          column(
              "compared_to_england",
              "string",
              "Named as in Fingertips: better, similar or worse than the nation, which is all listed regions together, by the 95 % limits; lower or higher where no polarity is configured; null for the nation and where nothing can be compared."),
          column("value_note", "string", "Why there is no value, or no count."));

  public static final TableContract DATA_DICTIONARY =
      TableContract.of(
          "gold.data_dictionary",
          "table and column of gold",
          List.of("table_name", "column_name"),
          column("table_name", "string", "The table."),
          column("one_row_per", "string", "What a row is."),
          column("column_order", "int", "Position of the column, from 1."),
          column("column_name", "string", "The column."),
          column("type", "string", "Spark SQL type."),
          column("is_key", "boolean", "Whether it is part of what makes a row unique."),
          column("meaning", "string", "What it means, in one sentence."));

  private PublicContract() {}

  private static TableContract of(
      TableContract exact, Set<String> withheld, ContractColumn... added) {
    List<ContractColumn> columns = new ArrayList<>();
    exact.columns().stream().filter(c -> !withheld.contains(c.name())).forEach(columns::add);
    columns.addAll(List.of(added));
    return new TableContract(
        "gold." + exact.name(), exact.oneRowPer(), exact.key(), exact.keyBesides(), columns);
  }

  /** All tables of the layer. */
  public static List<TableContract> all() {
    return List.of(
        MODEL_TERMS,
        MODEL_FITS,
        FIT_REASONS,
        TERM_FLAGS,
        FACTOR_TESTS,
        STANDARDISED_RISKS,
        RATES,
        INEQUALITY,
        POOLED_TERMS,
        FUNNEL,
        INDICATORS,
        DIM_REGION,
        DIM_FACTOR_LEVEL,
        DIM_COHORT,
        DIM_PERIOD,
        DATA_DICTIONARY);
  }
}
