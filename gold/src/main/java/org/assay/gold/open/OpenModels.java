package org.assay.gold.open;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.PublicNumber;
import org.assay.gold.fit.RegionFit;

/** The public rows of models: their fits, estimates, tests and pools. */
final class OpenModels {
  private static final int RISK_FIGURES = 3;
  private static final List<String> ESTIMATE =
      List.of(
          "estimate",
          "std_error",
          "p_value",
          "q_value",
          "conf_low",
          "conf_high",
          "conf_method", // profile limits are of few events
          "robust_std_error",
          "ratio",
          "ratio_low",
          "ratio_high");

  private static final List<String> POOLED =
      List.of(
          "estimate",
          "std_error",
          "conf_low",
          "conf_high",
          "ratio",
          "ratio_low",
          "ratio_high",
          "hksj_std_error",
          "hksj_low",
          "hksj_high",
          "tau2",
          "i2",
          "q",
          "prediction_low",
          "prediction_high");

  private static final List<String> RISK =
      List.of(
          "risk",
          "std_error",
          "conf_low",
          "conf_high",
          "risk_difference",
          "risk_difference_std_error",
          "risk_difference_low",
          "risk_difference_high",
          "risk_ratio",
          "risk_ratio_low",
          "risk_ratio_high");

  private static final OpenRow.OfTable MODEL_TERMS =
      new OpenRow.OfTable(GoldContract.MODEL_TERMS, PublicContract.MODEL_TERMS);
  private static final OpenRow.OfTable FIT_REASONS =
      new OpenRow.OfTable(GoldContract.FIT_REASONS, PublicContract.FIT_REASONS);
  private static final OpenRow.OfTable TERM_FLAGS =
      new OpenRow.OfTable(GoldContract.TERM_FLAGS, PublicContract.TERM_FLAGS);
  private static final OpenRow.OfTable FACTOR_TESTS =
      new OpenRow.OfTable(GoldContract.FACTOR_TESTS, PublicContract.FACTOR_TESTS);
  private static final OpenRow.OfTable STANDARDISED_RISKS =
      new OpenRow.OfTable(GoldContract.STANDARDISED_RISKS, PublicContract.STANDARDISED_RISKS);
  private static final OpenRow.OfTable POOLED_TERMS =
      new OpenRow.OfTable(GoldFigures.POOLED_TERMS, PublicContract.POOLED_TERMS);
  private static final OpenRow.OfTable MODEL_FITS =
      new OpenRow.OfTable(GoldContract.MODEL_FITS, PublicContract.MODEL_FITS);

  private final OpenCounts counts;
  private final DisclosurePolicy policy;
  private final EstimateDisclosure estimates;

  OpenModels(OpenCounts counts) {
    this.counts = counts;
    this.policy = counts.policy();
    this.estimates = new EstimateDisclosure(counts);
  }

  Row term(Row exact) {
    OpenRow row = MODEL_TERMS.of(exact);
    RegionFit fit = counts.fitOf(row);
    String factor = OpenRow.orEmpty(row.text("factor"));
    String level = OpenRow.orEmpty(row.text("level"));
    boolean isInteraction = factor.contains(":") && !fit.cells().factors().contains(factor);
    boolean countsWithheld =
        isInteraction ? counts.withholdCounts(row) : counts.setCounts(row, factor, level);
    boolean isIntercept = factor.isEmpty();
    boolean withheld =
        !policy.isOpen() && (isIntercept || estimates.isWithheld(fit, factor, level));
    if (withheld) {
      row.withhold(ESTIMATE);
    } else {
      row.twoDecimals(
              "estimate",
              "std_error",
              "conf_low",
              "conf_high",
              "robust_std_error",
              "ratio",
              "ratio_low",
              "ratio_high")
          .pValues("p_value", "q_value");
    }
    boolean hadEstimate = row.exact("estimate") != null;
    return row.set("suppression", OpenCounts.suppression(withheld && hadEstimate, countsWithheld))
        .build();
  }

  Row reason(Row exact) {
    OpenRow row = FIT_REASONS.of(exact);
    if (policy.isOpen()) {
      return row.build();
    }
    ReasonCode code = ReasonCode.valueOf(row.text("code"));
    return row.set("code", OpenReasons.code(code, counts, counts.fitOf(row)))
        .set("sentence", OpenReasons.meaning(code, counts, counts.fitOf(row)))
        .set("level", null) // which of the levels is few people is told by their counts, or not
        .build();
  }

  /**
   * Codes say how few there are in a level, so that only what is no code is told, and of estimates
   * that are shown.
   */
  Stream<Row> flag(Row exact) {
    OpenRow row = TERM_FLAGS.of(exact);
    if (policy.isOpen()) {
      return Stream.of(row.build());
    }
    RegionFit fit = counts.fitOf(row);
    boolean isCode =
        Arrays.stream(ReasonCode.values()).anyMatch(c -> c.name().equals(row.text("flag")));
    boolean isOfShown =
        fit.estimates().stream()
            .flatMap(e -> e.problem().design().terms().stream().skip(1))
            .filter(term -> term.label().equals(row.text("term")))
            .noneMatch(term -> estimates.isWithheld(fit, term.factor(), term.level()));
    return isCode || !isOfShown ? Stream.empty() : Stream.of(row.build());
  }

  Row test(Row exact) {
    OpenRow row = FACTOR_TESTS.of(exact);
    boolean withheld = estimates.isTestWithheld(counts.fitOf(row), row.text("factor"));
    if (withheld) {
      row.withhold(List.of("p_value", "q_value", "estimate", "std_error"));
    } else {
      row.twoDecimals("estimate", "std_error").pValues("p_value", "q_value");
    }
    return row.set("suppression", OpenCounts.suppression(withheld, false)).build();
  }

  Row risk(Row exact) {
    OpenRow row = STANDARDISED_RISKS.of(exact);
    boolean withheld =
        estimates.isWithheld(counts.fitOf(row), row.text("factor"), row.text("level"));
    if (withheld) {
      row.withhold(RISK);
    } else {
      row.round(value -> PublicNumber.figures(value, RISK_FIGURES), RISK);
    }
    return row.set("suppression", OpenCounts.suppression(withheld, false)).build();
  }

  Row pooled(Row exact) {
    OpenRow row = POOLED_TERMS.of(exact);
    boolean withheld = !policy.isOpen() && estimates.isPoolWithheld(row);
    if (withheld) {
      row.withhold(POOLED).withhold(List.of("p_value", "q_p_value"));
    } else {
      row.round(PublicNumber::twoDecimals, POOLED).pValues("p_value", "q_p_value");
    }
    return row.set("suppression", OpenCounts.suppression(withheld, false)).build();
  }

  Row fit(Row exact) {
    OpenRow row = MODEL_FITS.of(exact);
    RegionFit fit = counts.fitOf(row);
    boolean isInSums = fit.estimates().isPresent() || fit.model().strata().isEmpty();
    boolean withheld = isInSums ? counts.setCounts(row, "", "") : counts.withholdCounts(row);
    if (!policy.isOpen()) {
      row.set("sentence", OpenReasons.sentence(counts, fit));
    }
    return row.set("suppression", OpenCounts.suppression(false, withheld)).build();
  }
}
