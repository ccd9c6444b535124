package org.assay.gold.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldContract;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.StandardisedRisk;
import org.assay.gold.inference.WaldInference;

/**
 * The rows of {@code gold_exact.standardised_risks}: what everybody's risk would be in each level,
 * over the region's own people and over the nation's.
 */
public final class StandardisedRisks {
  private final CohortResult result;

  /** The nation as each region's model sees it; most regions see it alike. */
  private final Map<Seen, CellTable> nations = new HashMap<>();

  private record Seen(String model, List<ModelFactor> factors, List<Adjustment> adjustments) {}

  private StandardisedRisks(CohortResult result) {
    this.result = result;
  }

  /** The rows of a cohort. */
  public static List<Row> of(CohortResult result) {
    StandardisedRisks risks = new StandardisedRisks(result);
    result.fits().forEach(fit -> fit.estimates().ifPresent(estimates -> risks.nation(fit)));
    return result.fits().parallelStream().flatMap(risks::rows).toList();
  }

  private CellTable nation(RegionFit fit) {
    Seen seen =
        new Seen(
            fit.region().model(),
            fit.region().readiness().factors(),
            fit.region().readiness().adjustments());
    return nations.computeIfAbsent(seen, s -> known(fit, fit.model().cells(result.nation())));
  }

  /** Of the nation's people those whom the region's model knows: its levels, and its merges. */
  private static CellTable known(RegionFit fit, CellTable nation) {
    List<ModelFactor> factors = fit.region().readiness().factors();
    CellTable known =
        Adjustment.applyAll(nation, fit.region().readiness().adjustments())
            .collapseTo(factors.stream().map(ModelFactor::name).toList());
    for (ModelFactor factor : factors) {
      for (String level : known.margin(factor.name()).keySet()) {
        if (!factor.levels().contains(level)) {
          known = known.without(factor.name(), level);
        }
      }
    }
    return known;
  }

  private Stream<Row> rows(RegionFit fit) {
    return fit.estimates()
        .map(
            estimates ->
                Stream.concat(
                    rows(fit, estimates, "region", 1, fit.cells()),
                    rows(fit, estimates, "national", result.listed().size(), nation(fit))))
        .orElse(Stream.empty());
  }

  private static Stream<Row> rows(
      RegionFit fit, Estimates estimates, String population, int regions, CellTable weights) {
    List<Row> rows = new ArrayList<>();
    for (ModelFactor factor : fit.region().readiness().factors()) {
      CellTable others = weights.relabel(factor.name(), level -> factor.reference());
      StandardisedRisk reference = risk(estimates, others, factor, factor.reference());
      for (String level : factor.levels()) {
        ContractRow row =
            Keys.row(GoldContract.STANDARDISED_RISKS, fit)
                .set("factor", factor.name())
                .set("level", level)
                .set("reference", factor.reference())
                .set("reference_population", population)
                .set("regions_in_reference", regions)
                .set("weights", fit.total().isRate() ? "time at risk" : "people")
                .set("method", Keys.method(fit));
        rows.add(set(row, estimates, risk(estimates, others, factor, level), reference).build());
      }
    }
    return rows.stream();
  }

  private static StandardisedRisk risk(
      Estimates estimates, CellTable others, ModelFactor factor, String level) {
    return StandardisedRisk.of(
        estimates.problem(),
        estimates.formula(),
        estimates.inference().beta(),
        others,
        factor.name(),
        level);
  }

  private static ContractRow set(
      ContractRow row, Estimates estimates, StandardisedRisk risk, StandardisedRisk reference) {
    double[][] v = estimates.inference().covariance();
    double error = WaldInference.Z_95 * risk.stdError(v);
    double difference = risk.difference(reference);
    double ofDifference = risk.differenceStdError(reference, v);
    double ratio = risk.logRatio(reference);
    double ofRatio = WaldInference.Z_95 * risk.logRatioStdError(reference, v);
    boolean isReference = risk.level().equals(reference.level());
    return row.set("risk", risk.value())
        .set("std_error", risk.stdError(v))
        .set("conf_low", risk.value() - error)
        .set("conf_high", risk.value() + error)
        .set("risk_difference", difference)
        .set("risk_difference_std_error", isReference ? null : (Double) ofDifference)
        .set(
            "risk_difference_low",
            isReference ? null : (Double) (difference - WaldInference.Z_95 * ofDifference))
        .set(
            "risk_difference_high",
            isReference ? null : (Double) (difference + WaldInference.Z_95 * ofDifference))
        .set("risk_ratio", Math.exp(ratio))
        .set("risk_ratio_low", isReference ? null : (Double) Math.exp(ratio - ofRatio))
        .set("risk_ratio_high", isReference ? null : (Double) Math.exp(ratio + ofRatio));
  }
}
