package org.assay.gold.view;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.TableContract;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;

/** The batch views of some cohorts: each a pure function of their results. */
public final class BatchViews {
  private BatchViews() {}

  /**
   * The rows of each table, in the order in which they are written; {@code model_fits} comes last,
   * as who follows it finds all others.
   *
   * @param results of all periods
   * @param cohorts that the results are of
   * @param published what was accepted last
   */
  public static Map<TableContract, List<Row>> of(
      List<CohortResult> results, Collection<Cohort> cohorts, PublishedProfiles published) {
    List<RegionFit> fits = results.stream().flatMap(result -> result.fits().stream()).toList();
    Map<TableContract, List<Row>> rows = new LinkedHashMap<>();
    rows.put(GoldContract.MODEL_TERMS, ModelTerms.of(fits));
    rows.put(GoldContract.FIT_REASONS, ofEach(fits, FitReasons::of));
    rows.put(GoldContract.TERM_FLAGS, ofEach(fits, TermFlags::of));
    rows.put(GoldContract.COVARIANCE, ofEach(fits, Covariances::of));
    rows.put(GoldContract.FACTOR_TESTS, FactorTests.of(fits, ordered(cohorts)));
    rows.put(GoldContract.STANDARDISED_RISKS, ofEach(results, StandardisedRisks::of));
    rows.put(GoldContract.PROFILES, Profiles.of(fits, cohorts, published));
    rows.put(GoldFigures.RATES, ofEach(results, Rates::of));
    rows.put(GoldFigures.INEQUALITY, ofEach(results, Inequalities::of));
    rows.put(GoldFigures.POOLED_TERMS, ofEach(results, PooledTerms::of));
    rows.put(GoldFigures.FUNNEL, ofEach(results, FunnelPoints::of));
    rows.put(GoldStar.DIM_COHORT, cohorts.stream().map(Dimensions::cohort).toList());
    rows.put(
        GoldStar.DIM_FACTOR_LEVEL,
        ofEach(List.copyOf(cohorts), cohort -> Dimensions.levels(cohort, results)));
    rows.put(GoldContract.MODEL_FITS, fits.stream().map(ModelFits::of).toList());
    return rows;
  }

  private static <T> List<Row> ofEach(List<T> things, Function<T, List<Row>> rows) {
    return things.parallelStream().flatMap(thing -> rows.apply(thing).stream()).toList();
  }

  /** The factors of each cohort whose levels have an order, with their levels in it. */
  private static Map<String, Map<String, List<String>>> ordered(Collection<Cohort> cohorts) {
    Map<String, Map<String, List<String>>> ordered = new TreeMap<>();
    for (Cohort cohort : cohorts) {
      Map<String, List<String>> ofCohort = new TreeMap<>();
      AgeFactor.of(cohort)
          .ifPresent(age -> ofCohort.put(age.name(), List.copyOf(age.weights().keySet())));
      for (Factor factor : cohort.population().factors()) {
        if (factor.isOfDeprivation()) {
          ofCohort.put(factor.name(), factor.mostDeprivedFirst());
        }
      }
      ordered.put(cohort.name(), ofCohort);
    }
    return ordered;
  }
}
