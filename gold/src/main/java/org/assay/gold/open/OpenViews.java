package org.assay.gold.open;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.view.FunnelPoints;
import org.assay.gold.view.Inequalities;
import org.assay.gold.view.Rates;

/** The public tables of some cohorts: what of their batch views everybody may see. */
public final class OpenViews {
  private static final OpenRow.OfTable DIM_FACTOR_LEVEL =
      new OpenRow.OfTable(GoldStar.DIM_FACTOR_LEVEL, PublicContract.DIM_FACTOR_LEVEL);
  private static final OpenRow.OfTable DIM_COHORT =
      new OpenRow.OfTable(GoldStar.DIM_COHORT, PublicContract.DIM_COHORT);

  private final List<CohortResult> results;
  private final OpenCounts counts;

  private OpenViews(List<CohortResult> results, OpenCounts counts) {
    this.results = results;
    this.counts = counts;
  }

  /**
   * Decides which counts are shown. That follows from the results alone, so the batch views can be
   * made meanwhile.
   *
   * @param before what was published of the same cohorts before
   */
  public static OpenViews deciding(
      List<CohortResult> results, DisclosurePolicy policy, PublishedCounts before) {
    return new OpenViews(List.copyOf(results), new OpenCounts(results, policy, before));
  }

  /**
   * The rows of each public table.
   *
   * @param exact the rows of gold_exact, by table
   * @param labels how areas and periods are shown
   */
  public Opened of(Map<TableContract, List<Row>> exact, Labels labels) {
    OpenModels models = new OpenModels(counts);
    OpenFigures figures = new OpenFigures(counts);
    Map<TableContract, List<Row>> open = new LinkedHashMap<>();
    open.put(
        PublicContract.MODEL_TERMS,
        exact.get(GoldContract.MODEL_TERMS).stream().map(models::term).toList());
    open.put(
        PublicContract.FIT_REASONS,
        exact.get(GoldContract.FIT_REASONS).stream().map(models::reason).toList());
    open.put(
        PublicContract.TERM_FLAGS,
        exact.get(GoldContract.TERM_FLAGS).stream().flatMap(models::flag).toList());
    open.put(
        PublicContract.FACTOR_TESTS,
        exact.get(GoldContract.FACTOR_TESTS).stream().map(models::test).toList());
    open.put(
        PublicContract.STANDARDISED_RISKS,
        exact.get(GoldContract.STANDARDISED_RISKS).stream().map(models::risk).toList());
    open.put(
        PublicContract.RATES,
        results.stream()
            .flatMap(r -> Rates.of(r, counts.rounding(r)).stream())
            .map(figures::rate)
            .toList());
    open.put(
        PublicContract.INEQUALITY,
        results.stream()
            .flatMap(r -> Inequalities.of(r, counts.rounding(r)).stream())
            .map(figures::inequality)
            .toList());
    open.put(
        PublicContract.POOLED_TERMS,
        exact.get(GoldFigures.POOLED_TERMS).stream().map(models::pooled).toList());
    open.put(
        PublicContract.FUNNEL,
        results.stream()
            .flatMap(r -> FunnelPoints.of(r, counts.rounding(r)).stream())
            .map(figures::point)
            .toList());
    open.put(
        PublicContract.DIM_COHORT,
        exact.get(GoldStar.DIM_COHORT).stream().map(this::cohort).toList());
    open.put(
        PublicContract.DIM_FACTOR_LEVEL,
        exact.get(GoldStar.DIM_FACTOR_LEVEL).stream()
            .map(row -> DIM_FACTOR_LEVEL.of(row).build())
            .toList());
    open.put(
        PublicContract.INDICATORS, Indicators.of(results, open.get(PublicContract.RATES), labels));
    open.put(
        PublicContract.MODEL_FITS,
        exact.get(GoldContract.MODEL_FITS).stream().map(models::fit).toList());
    return new Opened(open, counts.lost());
  }

  /**
   * The public tables.
   *
   * @param rows of each table
   * @param lost the small counts that follow from these and the last publication together, whatever
   *     is withheld
   */
  public record Opened(Map<TableContract, List<Row>> rows, List<PublicCounts.Count> lost) {}

  private Row cohort(Row exact) {
    DisclosurePolicy policy = counts.policy();
    return DIM_COHORT
        .of(exact)
        .set("disclosure_rule", policy.name())
        .set("disclosure_because", policy.isOpen() ? policy.because() : null)
        .build();
  }
}
