package org.assay.gold.open;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.PublicNumber;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.FunnelPoints;
import org.assay.gold.view.Inequalities;
import org.assay.gold.view.Rates;
import org.assay.gold.view.RegionKey;

/** The public tables of some cohorts: what of their batch views everybody may see. */
public final class OpenViews {
  private static final int RISK_FIGURES = 3;
  private static final List<String> ESTIMATE =
      List.of(
          "estimate",
          "std_error",
          "p_value",
          "q_value",
          "conf_low",
          "conf_high",
          "robust_std_error",
          "ratio",
          "ratio_low",
          "ratio_high");

  /** Of rates that are made of finer counts than those that are shown. */
  private static final List<String> STANDARDISED =
      List.of("denominator", "value", "conf_low", "conf_high", "conf_low_998", "conf_high_998");

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

  private static final OpenRow.OfTable DIM_FACTOR_LEVEL =
      new OpenRow.OfTable(GoldStar.DIM_FACTOR_LEVEL, PublicContract.DIM_FACTOR_LEVEL);
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
  private static final OpenRow.OfTable RATES =
      new OpenRow.OfTable(GoldFigures.RATES, PublicContract.RATES);
  private static final OpenRow.OfTable INEQUALITY =
      new OpenRow.OfTable(GoldFigures.INEQUALITY, PublicContract.INEQUALITY);
  private static final OpenRow.OfTable FUNNEL =
      new OpenRow.OfTable(GoldFigures.FUNNEL, PublicContract.FUNNEL);
  private static final OpenRow.OfTable POOLED_TERMS =
      new OpenRow.OfTable(GoldFigures.POOLED_TERMS, PublicContract.POOLED_TERMS);
  private static final OpenRow.OfTable DIM_COHORT =
      new OpenRow.OfTable(GoldStar.DIM_COHORT, PublicContract.DIM_COHORT);
  private static final OpenRow.OfTable MODEL_FITS =
      new OpenRow.OfTable(GoldContract.MODEL_FITS, PublicContract.MODEL_FITS);

  private final DisclosurePolicy policy;
  private final Map<List<String>, PublicCounts> counts = new HashMap<>();
  private final Map<List<String>, RegionFit> fits = new HashMap<>();
  private final Map<List<String>, CohortResult> results = new HashMap<>();
  private final Rounding rounding;
  private final List<PublicCounts.Count> lost = new ArrayList<>();

  private OpenViews(List<CohortResult> results, DisclosurePolicy policy, PublishedCounts before) {
    this.policy = policy;
    this.rounding = Rounding.by(policy.rule());
    Map<List<String>, List<CohortResult>> together =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> List.of(result.period(), result.cohort().population().name())));
    together
        .values()
        .forEach(
            ofPopulation -> {
              PublicCounts shown = PublicCounts.of(ofPopulation, policy, before);
              lost.addAll(shown.lost());
              ofPopulation.forEach(
                  result -> counts.put(List.of(result.period(), result.cohort().name()), shown));
            });
    for (CohortResult result : results) {
      this.results.put(List.of(result.period(), result.cohort().name()), result);
      for (RegionFit fit : result.fits()) {
        fits.put(
            List.of(
                result.period(),
                result.cohort().name(),
                fit.region().model(),
                fit.region().key().region().orElse("")),
            fit);
      }
    }
  }

  /**
   * The rows of each public table.
   *
   * @param exact the rows of gold_exact, by table
   * @param before what was published of the same cohorts before
   * @param labels how areas and periods are shown
   */
  public static Opened of(
      List<CohortResult> results,
      Map<TableContract, List<Row>> exact,
      DisclosurePolicy policy,
      PublishedCounts before,
      Labels labels) {
    OpenViews views = new OpenViews(results, policy, before);
    Map<TableContract, List<Row>> open = new LinkedHashMap<>();
    open.put(
        PublicContract.MODEL_TERMS,
        exact.get(GoldContract.MODEL_TERMS).stream().map(views::term).toList());
    open.put(
        PublicContract.FIT_REASONS,
        exact.get(GoldContract.FIT_REASONS).stream().map(views::reason).toList());
    open.put(
        PublicContract.TERM_FLAGS,
        exact.get(GoldContract.TERM_FLAGS).stream().flatMap(views::flag).toList());
    open.put(
        PublicContract.FACTOR_TESTS,
        exact.get(GoldContract.FACTOR_TESTS).stream().map(views::test).toList());
    open.put(
        PublicContract.STANDARDISED_RISKS,
        exact.get(GoldContract.STANDARDISED_RISKS).stream().map(views::risk).toList());
    open.put(
        PublicContract.RATES,
        results.stream()
            .flatMap(r -> Rates.of(r, views.rounding).stream())
            .map(views::rate)
            .toList());
    open.put(
        PublicContract.INEQUALITY,
        results.stream()
            .flatMap(r -> Inequalities.of(r, views.rounding).stream())
            .map(views::inequality)
            .toList());
    open.put(
        PublicContract.POOLED_TERMS,
        exact.get(GoldFigures.POOLED_TERMS).stream().map(views::pooled).toList());
    open.put(
        PublicContract.FUNNEL,
        results.stream()
            .flatMap(r -> FunnelPoints.of(r, views.rounding).stream())
            .map(views::point)
            .toList());
    open.put(
        PublicContract.DIM_COHORT,
        exact.get(GoldStar.DIM_COHORT).stream().map(views::cohort).toList());
    open.put(
        PublicContract.DIM_FACTOR_LEVEL,
        exact.get(GoldStar.DIM_FACTOR_LEVEL).stream()
            .map(row -> DIM_FACTOR_LEVEL.of(row).build())
            .toList());
    open.put(
        PublicContract.INDICATORS, Indicators.of(results, open.get(PublicContract.RATES), labels));
    open.put(
        PublicContract.MODEL_FITS,
        exact.get(GoldContract.MODEL_FITS).stream().map(views::fit).toList());
    return new Opened(open, views.lost.size());
  }

  /**
   * The public tables.
   *
   * @param rows of each table
   * @param lost how many small counts follow from these and the last publication together, whatever
   *     is withheld
   */
  public record Opened(Map<TableContract, List<Row>> rows, int lost) {}

  private RegionFit fitOf(OpenRow row) {
    return fits.get(
        List.of(
            row.text("period"),
            row.text("cohort"),
            row.text("model"),
            Optional.ofNullable(row.text("region")).orElse("")));
  }

  private PublicCounts countsOf(OpenRow row) {
    return counts.get(List.of(row.text("period"), row.text("cohort")));
  }

  /** Sets n and events; says whether one of them is withheld. */
  private boolean setCounts(OpenRow row, String factor, String level) {
    boolean isWithheld = false;
    for (What what : List.of(What.N, What.EVENTS)) {
      String column = what == What.N ? "n" : "events";
      Optional<Long> count =
          countsOf(row)
              .shown(
                  row.text("cohort"),
                  row.text("region_key"),
                  factor,
                  level,
                  what,
                  (Long) row.exact(column));
      row.set(column, count.orElse(null));
      isWithheld |= count.isEmpty();
    }
    return isWithheld;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private Row term(Row exact) {
    OpenRow row = MODEL_TERMS.of(exact);
    RegionFit fit = fitOf(row);
    String factor = orEmpty(row.text("factor"));
    String level = orEmpty(row.text("level"));
    boolean isInteraction = factor.contains(":") && !fit.cells().factors().contains(factor);
    boolean countsWithheld = isInteraction ? withholdCounts(row) : setCounts(row, factor, level);
    boolean isIntercept = factor.isEmpty();
    boolean withheld = !policy.isOpen() && (isIntercept || isWithheld(fit, factor, level));
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
    return row.set("suppression", suppression(withheld && hadEstimate, countsWithheld)).build();
  }

  /** The counts of combinations of levels are in no sum, and are not shown at all. */
  private boolean withholdCounts(OpenRow row) {
    if (policy.isOpen()) {
      return false;
    }
    row.withhold(List.of("n", "events"));
    return true;
  }

  private static String suppression(boolean estimate, boolean count) {
    return estimate ? "estimate" : count ? "counts" : "none";
  }

  /**
   * Whether the estimate of a level would tell of few people, or of counts that are withheld, or
   * its model of all of them. An estimate compares with the reference, so it tells of that as well.
   */
  private boolean isWithheld(RegionFit fit, String factor, String level) {
    if (policy.isOpen() || fit.estimates().isEmpty()) {
      return false;
    }
    return nearlyRepeats(fit)
        || policy.estimates() == DisclosurePolicy.Estimates.WITHHOLD
            && (isToldBy(fit, factor, level)
                || isReferenceTold(fit, factor)
                || hasSmallCombination(fit, factor));
  }

  /** Whether factors that interact, this among them, have a combination of few people. */
  private boolean hasSmallCombination(RegionFit fit, String factor) {
    List<String> of = List.of(factor.split(":"));
    return fit.model().interactions().stream()
        .filter(pair -> of.contains(pair.first()) || of.contains(pair.second()))
        .filter(pair -> fit.cells().factors().containsAll(List.of(pair.first(), pair.second())))
        .flatMap(
            pair ->
                fit
                    .cells()
                    .collapseTo(List.of(pair.first(), pair.second()))
                    .cells()
                    .values()
                    .stream())
        .anyMatch(this::isSmall);
  }

  /** Whether a count of any level of a factor is small or withheld. */
  private boolean isAnyTold(RegionFit fit, String factor) {
    return fit.cells().factors().contains(factor)
        && fit.cells().margin(factor).keySet().stream()
            .anyMatch(level -> isToldBy(fit, factor, level));
  }

  private static boolean nearlyRepeats(RegionFit fit) {
    return fit.estimates()
        .filter(e -> e.goodness().dfResidualCells() < DisclosurePolicy.LEAST_RESIDUAL_DF)
        .isPresent();
  }

  private boolean isReferenceTold(RegionFit fit, String factor) {
    return fit.region().readiness().factors().stream()
        .filter(f -> List.of(factor.split(":")).contains(f.name()))
        .anyMatch(f -> isToldBy(fit, f.name(), f.reference()));
  }

  /** Whether a count of the level that its estimate would tell is small, or withheld. */
  private boolean isToldBy(RegionFit fit, String factor, String level) {
    if (!fit.cells().factors().contains(factor)) {
      return false;
    }
    Cell people = fit.cells().margin(factor).get(level);
    return people != null && (isSmall(people) || hasWithheld(fit, factor, level, people));
  }

  private boolean isSmall(Cell people) {
    return policy.rule().isSmall(people.n())
        || policy.rule().isSmall(people.events())
        || !people.isRate() && policy.rule().isSmall(people.n() - people.events());
  }

  private boolean hasWithheld(RegionFit fit, String factor, String level, Cell people) {
    String cohort = fit.region().key().outcome();
    String area = RegionKey.of(fit.region().key().region());
    PublicCounts shown = counts.get(List.of(fit.region().key().period(), cohort));
    return !shown.isShown(cohort, area, factor, level, What.N, people.n())
        || !shown.isShown(cohort, area, factor, level, What.EVENTS, people.events());
  }

  private Row reason(Row exact) {
    OpenRow row = FIT_REASONS.of(exact);
    return policy.isOpen()
        ? row.build()
        : row.set("sentence", ReasonCode.valueOf(row.text("code")).meaning())
            .set("level", null) // which of the levels is few people is told by their counts, or not
            .build();
  }

  /** Codes say how few there are in a level, so that only what is no code is told. */
  private Stream<Row> flag(Row exact) {
    OpenRow row = TERM_FLAGS.of(exact);
    boolean isCode =
        Arrays.stream(ReasonCode.values()).anyMatch(c -> c.name().equals(row.text("flag")));
    return isCode && !policy.isOpen() ? Stream.empty() : Stream.of(row.build());
  }

  private Row test(Row exact) {
    OpenRow row = FACTOR_TESTS.of(exact);
    RegionFit fit = fitOf(row);
    boolean isOfOneEstimate = row.text("test").equals("trend") || (Integer) row.exact("df") == 1;
    boolean withheld =
        !policy.isOpen()
            && (nearlyRepeats(fit)
                || policy.estimates() == DisclosurePolicy.Estimates.WITHHOLD
                    && isOfOneEstimate
                    && (isAnyTold(fit, row.text("factor"))
                        || hasSmallCombination(fit, row.text("factor"))));
    if (withheld) {
      row.withhold(List.of("p_value", "q_value", "estimate", "std_error"));
    } else {
      row.twoDecimals("estimate", "std_error").pValues("p_value", "q_value");
    }
    return row.set("suppression", suppression(withheld, false)).build();
  }

  private Row risk(Row exact) {
    OpenRow row = STANDARDISED_RISKS.of(exact);
    boolean withheld = isWithheld(fitOf(row), row.text("factor"), row.text("level"));
    if (withheld) {
      row.withhold(RISK);
    } else {
      row.round(value -> PublicNumber.figures(value, RISK_FIGURES), RISK);
    }
    return row.set("suppression", suppression(withheld, false)).build();
  }

  private Row rate(Row exact) {
    OpenRow row = RATES.of(exact);
    boolean withheld = setCounts(row, orEmpty(row.text("factor")), orEmpty(row.text("level")));
    if (withheld) {
      row.withhold(
              List.of(
                  "denominator",
                  "value",
                  "conf_low",
                  "conf_high",
                  "conf_low_998",
                  "conf_high_998",
                  "limits"))
          .set("note", "Withheld: small counts.");
    } else if (!policy.isOpen() && !row.text("statistic").equals("crude")) {
      row.round(value -> PublicNumber.figures(value, RISK_FIGURES), STANDARDISED);
    }
    return row.set("suppression", suppression(false, withheld)).build();
  }

  private Row inequality(Row exact) {
    OpenRow row = INEQUALITY.of(exact);
    boolean withheld = isAreaWithheld(row) || isLevelWithheld(row);
    List<String> values = List.of("value", "std_error", "conf_low", "conf_high");
    if (withheld) {
      row.withhold(values).set("note", "Withheld: small counts.");
    } else if (!policy.isOpen()) {
      row.round(value -> PublicNumber.figures(value, RISK_FIGURES), values);
    }
    return row.set("suppression", suppression(false, withheld)).build();
  }

  private Row point(Row exact) {
    OpenRow row = FUNNEL.of(exact);
    boolean withheld = isAreaWithheld(row);
    if (withheld) {
      row.withhold(List.of("events", "denominator", "value", "z", "z_adjusted"))
          .withhold(List.of("limit_low_95", "limit_high_95", "limit_low_998", "limit_high_998"))
          .withhold(List.of("significance", "significance_adjusted"));
    } else if (!policy.isOpen()) {
      row.round(
          value -> PublicNumber.figures(value, RISK_FIGURES),
          List.of(
              "denominator",
              "value",
              "z",
              "z_adjusted",
              "limit_low_95",
              "limit_high_95",
              "limit_low_998",
              "limit_high_998"));
    }
    return row.set("suppression", suppression(false, withheld)).build();
  }

  /** Whether the people of a level of the row's factor, or their events, are withheld. */
  private boolean isLevelWithheld(OpenRow row) {
    CohortResult result = results.get(List.of(row.text("period"), row.text("cohort")));
    String area = row.text("region_key");
    CellTable cells = area.equals(RegionKey.NATIONAL) ? result.nation() : result.listed().get(area);
    return cells.margin(row.text("factor")).entrySet().stream()
        .anyMatch(level -> isCountWithheld(row, area, level.getKey(), level.getValue()));
  }

  private boolean isCountWithheld(OpenRow row, String area, String level, Cell people) {
    String cohort = row.text("cohort");
    String factor = row.text("factor");
    return isSmall(people)
        || !countsOf(row).isShown(cohort, area, factor, level, What.N, people.n())
        || !countsOf(row).isShown(cohort, area, factor, level, What.EVENTS, people.events());
  }

  /** Whether the people of an area as a whole, or their events, are withheld. */
  private boolean isAreaWithheld(OpenRow row) {
    CohortResult result = results.get(List.of(row.text("period"), row.text("cohort")));
    String area = row.text("region_key");
    Cell people =
        area.equals(RegionKey.NATIONAL)
            ? result.nation().total()
            : result.listed().get(area).total();
    return !countsOf(row).isShown(row.text("cohort"), area, "", "", What.N, people.n())
        || !countsOf(row).isShown(row.text("cohort"), area, "", "", What.EVENTS, people.events());
  }

  private Row pooled(Row exact) {
    OpenRow row = POOLED_TERMS.of(exact);
    boolean withheld = !policy.isOpen() && isPoolWithheld(row);
    if (withheld) {
      row.withhold(POOLED).withhold(List.of("p_value", "q_p_value"));
    } else {
      row.round(PublicNumber::twoDecimals, POOLED).pValues("p_value", "q_p_value");
    }
    return row.set("suppression", suppression(withheld, false)).build();
  }

  /**
   * Of one national fit, whether a count of the level or the reference is withheld in the nation;
   * of pooled estimates, whether just one region's is withheld, which all others would tell.
   */
  private boolean isPoolWithheld(OpenRow row) {
    CohortResult result = results.get(List.of(row.text("period"), row.text("cohort")));
    String factor = row.text("factor");
    String level = orEmpty(row.text("level"));
    if (row.text("pooling").equals("national_fit")) {
      return !result.nation().factors().contains(factor)
          || Stream.of(level, result.cohort().population().factor(factor).reference())
              .anyMatch(
                  l ->
                      isCountWithheld(
                          row, RegionKey.NATIONAL, l, result.nation().margin(factor).get(l)));
    }
    return result.fits().stream()
            .filter(fit -> fit.region().model().equals(row.text("model")))
            .filter(fit -> isWithheld(fit, factor, level))
            .count()
        == 1;
  }

  private Row cohort(Row exact) {
    return DIM_COHORT
        .of(exact)
        .set("disclosure_rule", policy.name())
        .set("disclosure_because", policy.isOpen() ? policy.because() : null)
        .build();
  }

  private Row fit(Row exact) {
    OpenRow row = MODEL_FITS.of(exact);
    RegionFit fit = fitOf(row);
    boolean isInSums = fit.estimates().isPresent() || fit.model().strata().isEmpty();
    boolean withheld = isInSums ? setCounts(row, "", "") : withholdCounts(row);
    if (!policy.isOpen()) {
      row.set("sentence", OpenSentence.of(fit));
    }
    return row.set("suppression", suppression(false, withheld)).build();
  }
}
