package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.ModelFactor;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldContract;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.WaldInference;

/**
 * The rows of {@code gold_exact.model_terms}: the intercept, then each factor's levels in order.
 */
public final class ModelTerms {
  private ModelTerms() {}

  /** The rows of a region; none where it is held. */
  public static List<Row> of(RegionFit fit) {
    return fit.estimates().map(estimates -> rows(fit, estimates)).orElse(List.of());
  }

  private static List<Row> rows(RegionFit fit, Estimates estimates) {
    List<Row> rows = new ArrayList<>();
    rows.add(intercept(fit, estimates));
    for (ModelFactor factor : fit.region().readiness().factors()) {
      Map<String, Cell> margin = fit.cells().margin(factor.name());
      for (String level : factor.levels()) {
        rows.add(level(fit, estimates, factor, level, margin.get(level), rows.size()));
      }
    }
    fit.region()
        .readiness()
        .factors()
        .forEach(factor -> rows.addAll(outside(fit, factor, rows.size())));
    return rows;
  }

  /** How many of a region's rows are of levels in the model. */
  public static long inModel(RegionFit fit) {
    return fit.estimates().isEmpty()
        ? 0
        : 1
            + fit.region().readiness().factors().stream()
                .mapToLong(factor -> factor.levels().size())
                .sum();
  }

  /** The levels of a factor that have people in the region and no coefficient of their own. */
  private static List<Row> outside(RegionFit fit, ModelFactor factor, int order) {
    List<Row> rows = new ArrayList<>();
    fit.all()
        .margin(factor.name())
        .forEach(
            (level, people) -> {
              if (!factor.levels().contains(level)) {
                Term term = new Term(factor.name(), level);
                ContractRow row =
                    Keys.set(GoldContract.MODEL_TERMS.row(), fit)
                        .set("term_order", order + rows.size())
                        .set("term", term.label())
                        .set("factor", factor.name())
                        .set("level", level)
                        .set("level_label", level)
                        .set("level_order", null)
                        .set("reference", factor.reference())
                        .set("is_reference", false)
                        .set("ratio_kind", null)
                        .set("status", outsideStatus(fit, term));
                rows.add(counts(setNothing(row), people).build());
              }
            });
    return rows;
  }

  private static String outsideStatus(RegionFit fit, Term term) {
    boolean isMerged = end(fit, term.factor(), term.level()).isPresent();
    boolean isNotKnown =
        fit.region().readiness().reasons().stream()
            .anyMatch(
                r ->
                    r.code() == ReasonCode.LEVEL_NOT_KNOWN
                        && r.factor().filter(term.factor()::equals).isPresent()
                        && r.level().filter(term.level()::equals).isPresent());
    return isMerged ? "merged" : isNotKnown ? "not known" : "left out";
  }

  /** The level of the model in which a level's people are counted in the end, if they are. */
  static Optional<String> end(RegionFit fit, String factor, String level) {
    Optional<String> into = Optional.of(level);
    for (Adjustment adjustment : fit.region().readiness().adjustments()) {
      if (adjustment.factor().equals(factor)
          && into.filter(adjustment.level()::equals).isPresent()) {
        into = adjustment.mergedInto();
      }
    }
    return into.filter(
        last ->
            fit.region().readiness().factors().stream()
                .anyMatch(f -> f.name().equals(factor) && f.levels().contains(last)));
  }

  private static ContractRow counts(ContractRow row, Cell people) {
    return row.set("n", people.n())
        .set("events", people.events())
        .set("crude_rate", people.size() == 0 ? null : people.rate());
  }

  private static ContractRow setNothing(ContractRow row) {
    return row.set("estimate", null)
        .set("std_error", null)
        .set("statistic", null)
        .set("p_value", null)
        .set("conf_low", null)
        .set("conf_high", null)
        .set("ratio", null)
        .set("ratio_low", null)
        .set("ratio_high", null);
  }

  private static Row intercept(RegionFit fit, Estimates estimates) {
    ContractRow row =
        Keys.set(GoldContract.MODEL_TERMS.row(), fit)
            .set("term_order", 0)
            .set("term", Term.INTERCEPT.label())
            .set("factor", null)
            .set("level", null)
            .set("level_label", null)
            .set("level_order", null)
            .set("reference", null)
            .set("is_reference", false)
            .set("ratio", null)
            .set("ratio_low", null)
            .set("ratio_high", null)
            .set("ratio_kind", null)
            .set("status", "estimated");
    return counts(setEstimate(row, estimates.inference(), 0), fit.total()).build();
  }

  private static Row level(
      RegionFit fit,
      Estimates estimates,
      ModelFactor factor,
      String level,
      Cell people,
      int order) {
    boolean isReference = level.equals(factor.reference());
    Term term = new Term(factor.name(), level);
    ContractRow row =
        Keys.set(GoldContract.MODEL_TERMS.row(), fit)
            .set("term_order", order)
            .set("term", term.label())
            .set("factor", factor.name())
            .set("level", level)
            .set("level_label", label(fit, factor, level))
            .set("level_order", factor.levels().indexOf(level) + 1)
            .set("reference", factor.reference())
            .set("is_reference", isReference)
            .set("ratio_kind", ratioKind(estimates))
            .set("status", isReference ? "reference" : "estimated");
    counts(row, people);
    int column = estimates.problem().design().terms().indexOf(term);
    return (isReference ? setReference(row) : setRatio(row, estimates.inference(), column)).build();
  }

  private static String ratioKind(Estimates estimates) {
    return switch (estimates.problem().family()) {
      case BINOMIAL -> "odds_ratio";
      case POISSON -> "rate_ratio";
    };
  }

  private static ContractRow setReference(ContractRow row) {
    return setNothing(row).set("estimate", 0.0).set("ratio", 1.0);
  }

  private static ContractRow setRatio(ContractRow row, WaldInference inference, int term) {
    return setEstimate(row, inference, term)
        .set("ratio", Math.exp(inference.beta()[term]))
        .set("ratio_low", Math.exp(inference.confLow(term)))
        .set("ratio_high", Math.exp(inference.confHigh(term)));
  }

  private static ContractRow setEstimate(ContractRow row, WaldInference inference, int term) {
    return row.set("estimate", inference.beta()[term])
        .set("std_error", inference.stdError(term))
        .set("statistic", inference.statistic(term))
        .set("p_value", inference.pValue(term))
        .set("conf_low", inference.confLow(term))
        .set("conf_high", inference.confHigh(term));
  }

  /** The level's own name, and those of the levels that were counted with it. */
  private static String label(RegionFit fit, ModelFactor factor, String level) {
    return counted(fit.region().readiness().adjustments(), factor.name(), level)
        .collect(Collectors.joining(" + "));
  }

  private static Stream<String> counted(List<Adjustment> adjustments, String factor, String level) {
    Stream<String> merged =
        adjustments.stream()
            .filter(a -> a.factor().equals(factor))
            .filter(a -> a.mergedInto().filter(level::equals).isPresent())
            .flatMap(a -> counted(adjustments, factor, a.level()));
    return Stream.concat(Stream.of(level), merged);
  }

  /** The columns that all gold tables begin and end with. */
  static final class Keys {
    private Keys() {}

    static ContractRow key(ContractRow row, RegionFit fit) {
      return row.set("period", fit.region().key().period())
          .set("cohort", fit.region().key().outcome())
          .set("model", fit.region().model())
          .set("region", fit.region().key().region().orElse(null));
    }

    static ContractRow set(ContractRow row, RegionFit fit) {
      return key(row, fit)
          .set("method", "ml")
          .set("engine", fit.engine().name().toLowerCase(Locale.ROOT));
    }
  }
}
