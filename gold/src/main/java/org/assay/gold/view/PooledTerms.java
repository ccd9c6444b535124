package org.assay.gold.view;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cohort.Model;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldFigures;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.NationalFit;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.inference.Normal;
import org.assay.gold.inference.RandomEffects;
import org.assay.gold.inference.RandomEffects.Interval;
import org.assay.gold.inference.RandomEffects.Method;
import org.assay.gold.inference.WaldInference;

/**
 * The rows of {@code gold_exact.pooled_terms}. Only estimates that mean the same are pooled: of a
 * level that has been merged with another, or whose factor has another reference, or of a region
 * where a factor or an interaction could not be in the model, the region's is left out.
 */
public final class PooledTerms {
  private static final int FEWEST_REGIONS = 3;

  /** Without these its other estimates are adjusted for less. */
  private static final Set<ReasonCode> OTHER_MODEL =
      EnumSet.of(ReasonCode.INTERACTION_LEFT_OUT, ReasonCode.FACTOR_UNUSABLE, ReasonCode.ALIASED);

  private PooledTerms() {}

  /** A region's estimate of a term, with its variance. */
  private record Estimate(double value, double variance) {}

  /** The rows of a cohort. */
  public static List<Row> of(CohortResult result) {
    List<Row> rows = new ArrayList<>();
    for (Model model : result.cohort().models()) {
      Map<Term, List<Estimate>> byTerm = new LinkedHashMap<>();
      result.fits().stream()
          .filter(fit -> fit.model().equals(model))
          .forEach(fit -> estimates(fit).forEach((term, estimate) -> add(byTerm, term, estimate)));
      byTerm.forEach(
          (term, estimates) -> {
            if (estimates.size() >= FEWEST_REGIONS) {
              for (Method method : Method.values()) {
                rows.add(pooled(result, model, term, estimates, method));
              }
            }
          });
      if (model.primary()) {
        NationalFit.of(result, model).ifPresent(fit -> rows.addAll(national(result, fit, model)));
      }
    }
    return rows;
  }

  /** Whether a fit's estimate of a level, compared with the reference, is among those pooled. */
  public static boolean isPooled(RegionFit fit, String factor, String level) {
    return fit.estimates().stream()
        .flatMap(estimates -> estimates.problem().design().terms().stream().skip(1))
        .filter(term -> term.factor().equals(factor) && term.level().equals(level))
        .anyMatch(term -> meansTheSame(fit, term));
  }

  private static void add(Map<Term, List<Estimate>> byTerm, Term term, Estimate estimate) {
    byTerm.computeIfAbsent(term, t -> new ArrayList<>()).add(estimate);
  }

  private static Map<Term, Estimate> estimates(RegionFit fit) {
    Map<Term, Estimate> estimates = new LinkedHashMap<>();
    fit.estimates()
        .ifPresent(
            e -> {
              List<Term> terms = e.problem().design().terms();
              for (int j = 1; j < terms.size(); j++) {
                if (meansTheSame(fit, terms.get(j))) {
                  double error = e.inference().stdError(j);
                  estimates.put(terms.get(j), new Estimate(e.inference().beta()[j], error * error));
                }
              }
            });
    return estimates;
  }

  private static boolean meansTheSame(RegionFit fit, Term term) {
    boolean isOtherModel = fit.reasons().stream().anyMatch(r -> OTHER_MODEL.contains(r.code()));
    List<String> factors = List.of(term.factor().split(":"));
    boolean absorbed =
        fit.region().readiness().adjustments().stream()
            .filter(a -> factors.contains(a.factor()) && a.mergedInto().isPresent())
            .anyMatch(
                a ->
                    factors.size() > 1
                        || a.mergedInto().filter(term.level()::equals).isPresent()
                        || isReference(fit, term, a.mergedInto().get()));
    boolean referenceChanged =
        fit.reasons().stream()
            .filter(r -> r.code() == ReasonCode.REFERENCE_FALLBACK)
            .anyMatch(r -> r.factor().filter(factors::contains).isPresent());
    return !isOtherModel && !absorbed && !referenceChanged;
  }

  private static boolean isReference(RegionFit fit, Term term, String level) {
    return fit.region().readiness().factors().stream()
        .anyMatch(f -> f.name().equals(term.factor()) && f.reference().equals(level));
  }

  private static ContractRow row(CohortResult result, Model model, Term term, int regions) {
    return GoldFigures.POOLED_TERMS
        .row()
        .set("period", result.period())
        .set("cohort", result.cohort().name())
        .set("model", model.name())
        .set("term", term.label())
        .set("factor", term.factor())
        .set("level", term.level().isEmpty() ? null : term.level())
        .set("regions", regions)
        .set("regions_listed", result.regionsListed())
        .set("share_of_regions", regions / (double) result.regionsListed());
  }

  private static Row pooled(
      CohortResult result, Model model, Term term, List<Estimate> estimates, Method method) {
    RandomEffects pooled =
        RandomEffects.pool(
            estimates.stream().mapToDouble(Estimate::value).toArray(),
            estimates.stream().mapToDouble(Estimate::variance).toArray(),
            method);
    Interval hksj = pooled.hksjConfidence();
    Interval prediction = pooled.prediction();
    ContractRow row =
        row(result, model, term, estimates.size())
            .set("pooling", Keys.lower(method))
            .set("hksj_std_error", pooled.hksjStdError())
            .set("hksj_low", hksj.low())
            .set("hksj_high", hksj.high())
            .set("tau2", pooled.tau2())
            .set("i2", pooled.i2())
            .set("q", pooled.q())
            .set("q_p_value", pooled.qPValue())
            .set("prediction_low", prediction.low())
            .set("prediction_high", prediction.high());
    return setEstimate(row, model, pooled.estimate(), pooled.stdError()).build();
  }

  private static List<Row> national(CohortResult result, NationalFit fit, Model model) {
    List<Row> rows = new ArrayList<>();
    Map<String, Object> nothing = new TreeMap<>();
    List<Term> terms = fit.terms();
    for (int j = 0; j < terms.size(); j++) {
      ContractRow row =
          row(result, model, terms.get(j), fit.regions()).set("pooling", "national_fit");
      for (String column :
          List.of(
              "hksj_std_error",
              "hksj_low",
              "hksj_high",
              "tau2",
              "i2",
              "q",
              "q_p_value",
              "prediction_low",
              "prediction_high")) {
        row.set(column, nothing.get(column));
      }
      rows.add(setEstimate(row, model, fit.estimates()[j], fit.stdErrors()[j]).build());
    }
    return rows;
  }

  private static ContractRow setEstimate(
      ContractRow row, Model model, double estimate, double stdError) {
    double low = estimate - WaldInference.Z_95 * stdError;
    double high = estimate + WaldInference.Z_95 * stdError;
    Optional<Boolean> hasRatio = Optional.of(model.link() != Model.Link.PROBIT).filter(has -> has);
    return row.set("estimate", estimate)
        .set("std_error", stdError)
        .set("conf_low", low)
        .set("conf_high", high)
        .set("p_value", Normal.twoSided(estimate / stdError))
        .set("ratio", hasRatio.map(has -> Math.exp(estimate)).orElse(null))
        .set("ratio_low", hasRatio.map(has -> Math.exp(low)).orElse(null))
        .set("ratio_high", hasRatio.map(has -> Math.exp(high)).orElse(null));
  }
}
