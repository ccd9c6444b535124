package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldContract;
import org.assay.common.spark.CellTables;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.TermLimits;

/**
 * The rows of {@code gold_exact.model_terms}: the intercept, then each factor's levels in order,
 * then interactions.
 */
public final class ModelTerms {
  private final QValues<Test> qValues;

  /** A term of a fit, by its names. */
  private record Test(CellTables.Key key, String model, Term term) {
    static Test of(RegionFit fit, Term term) {
      return new Test(fit.region().key(), fit.region().model(), term);
    }
  }

  private ModelTerms(QValues<Test> qValues) {
    this.qValues = qValues;
  }

  /** The rows of all fits; of those that are held none. */
  public static List<Row> of(List<RegionFit> fits) {
    QValues<Test> qValues = new QValues<>();
    for (RegionFit fit : fits) {
      fit.estimates().ifPresent(estimates -> addTests(qValues, fit, estimates));
    }
    ModelTerms terms = new ModelTerms(qValues.settled());
    List<Row> rows = new ArrayList<>();
    for (RegionFit fit : fits) {
      fit.estimates().ifPresent(estimates -> rows.addAll(terms.rows(fit, estimates)));
    }
    return rows;
  }

  private static void addTests(QValues<Test> qValues, RegionFit fit, Estimates estimates) {
    List<Term> terms = estimates.problem().design().terms();
    for (int j = 1; j < terms.size(); j++) {
      List<Object> family =
          List.of(
              fit.region().key().period(),
              fit.region().key().outcome(),
              fit.region().model(),
              terms.get(j).factor());
      qValues.add(family, Test.of(fit, terms.get(j)), estimates.limits().get(j).pValue());
    }
  }

  private List<Row> rows(RegionFit fit, Estimates estimates) {
    double[] robust = fit.total().isRate() ? estimates.robustStdErrors() : new double[0];
    List<Row> rows = new ArrayList<>();
    rows.add(intercept(fit, estimates, robust));
    for (ModelFactor factor : fit.region().readiness().factors()) {
      Map<String, Cell> margin = fit.cells().margin(factor.name());
      for (String level : factor.levels()) {
        rows.add(level(fit, estimates, robust, factor, level, margin.get(level), rows.size()));
      }
    }
    for (DesignTerm term : estimates.formula()) {
      if (term instanceof DesignTerm.Interaction interaction) {
        interaction
            .columns()
            .forEach(column -> rows.add(interaction(fit, estimates, robust, column, rows.size())));
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
                    row(fit, term, order + rows.size())
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

  private static ContractRow row(RegionFit fit, Term term, int order) {
    return Keys.row(GoldContract.MODEL_TERMS, fit)
        .set("term_order", order)
        .set("term", term.label())
        .set("factor", term.factor().isEmpty() ? null : term.factor())
        .set("level", term.level().isEmpty() ? null : term.level())
        .set("method", Keys.method(fit))
        .set("engine", Keys.engine(fit));
  }

  /** What became of a level that has no coefficient of its own. */
  static String outsideStatus(RegionFit fit, Term term) {
    boolean isMerged = LevelEnds.of(fit, term.factor(), term.level()).isPresent();
    boolean isNotKnown =
        fit.region().readiness().reasons().stream()
            .anyMatch(
                r ->
                    r.code() == ReasonCode.LEVEL_NOT_KNOWN
                        && r.factor().filter(term.factor()::equals).isPresent()
                        && r.level().filter(term.level()::equals).isPresent());
    return isMerged ? "merged" : isNotKnown ? "not known" : "left out";
  }

  private static ContractRow counts(ContractRow row, Cell people) {
    return row.set("n", people.n())
        .set("events", people.events())
        .set("crude_rate", people.size() == 0 ? null : people.rate());
  }

  private static ContractRow setNothing(ContractRow row) {
    for (String column :
        List.of(
            "estimate",
            "std_error",
            "statistic",
            "p_value",
            "q_value",
            "tests",
            "conf_low",
            "conf_high",
            "conf_method",
            "quasi_std_error",
            "robust_std_error",
            "ratio",
            "ratio_low",
            "ratio_high")) {
      row.set(column, null);
    }
    return row;
  }

  private Row intercept(RegionFit fit, Estimates estimates, double[] robust) {
    ContractRow row =
        row(fit, Term.INTERCEPT, 0)
            .set("level_label", null)
            .set("level_order", null)
            .set("reference", null)
            .set("is_reference", false)
            .set("ratio_kind", null)
            .set("status", "estimated");
    return counts(setEstimate(row, fit, estimates, robust, 0, false), fit.cells().total()).build();
  }

  private Row level(
      RegionFit fit,
      Estimates estimates,
      double[] robust,
      ModelFactor factor,
      String level,
      Cell people,
      int order) {
    boolean isReference = level.equals(factor.reference());
    Term term = new Term(factor.name(), level);
    ContractRow row =
        row(fit, term, order)
            .set("level_label", label(fit, factor, level))
            .set("level_order", factor.levels().indexOf(level) + 1)
            .set("reference", factor.reference())
            .set("is_reference", isReference)
            .set("ratio_kind", ratioKind(fit))
            .set("status", isReference ? "reference" : "estimated");
    counts(row, people);
    int column = estimates.problem().design().terms().indexOf(term);
    return (isReference
            ? setReference(row, fit)
            : setEstimate(row, fit, estimates, robust, column, true))
        .build();
  }

  private Row interaction(
      RegionFit fit, Estimates estimates, double[] robust, Term term, int order) {
    ContractRow row =
        row(fit, term, order)
            .set("level_label", term.level())
            .set("level_order", null)
            .set("reference", null)
            .set("is_reference", false)
            .set("ratio_kind", ratioKind(fit))
            .set("status", "estimated");
    int column = estimates.problem().design().terms().indexOf(term);
    Cell people =
        IntStream.range(0, estimates.problem().design().rows())
            .filter(
                r ->
                    IntStream.of(estimates.problem().design().nonZero(r))
                        .anyMatch(c -> c == column))
            .mapToObj(estimates.problem().design()::cell)
            .reduce(Cell.NOBODY, Cell::plus);
    return counts(setEstimate(row, fit, estimates, robust, column, true), people).build();
  }

  /** What exp(coefficient) is; null where it has no name. */
  static String ratioKind(RegionFit fit) {
    return switch (fit.model().link()) {
      case LOGIT -> "odds_ratio";
      case CLOGLOG -> "hazard_ratio";
      case LOG -> "rate_ratio";
      case PROBIT -> null;
    };
  }

  private static ContractRow setReference(ContractRow row, RegionFit fit) {
    return setNothing(row)
        .set("estimate", 0.0)
        .set("ratio", ratioKind(fit) == null ? null : (Object) 1.0);
  }

  private ContractRow setEstimate(
      ContractRow row,
      RegionFit fit,
      Estimates estimates,
      double[] robust,
      int column,
      boolean isContrast) {
    TermLimits limits = estimates.limits().get(column);
    Test test = Test.of(fit, estimates.problem().design().terms().get(column));
    double estimate = estimates.inference().beta()[column];
    Double low = limits.low().isPresent() ? (Double) limits.low().getAsDouble() : null;
    Double high = limits.high().isPresent() ? (Double) limits.high().getAsDouble() : null;
    boolean hasRatio = isContrast && ratioKind(fit) != null;
    double stdError = estimates.inference().stdError(column);
    return row.set("estimate", estimate)
        .set("std_error", stdError)
        .set("statistic", estimates.inference().statistic(column))
        .set("p_value", Keys.number(limits.pValue()))
        .set("q_value", qValues.qValue(test))
        .set("tests", qValues.tests(test))
        .set("conf_low", low)
        .set("conf_high", high)
        .set("conf_method", Keys.lower(limits.method()))
        .set(
            "quasi_std_error",
            stdError * Math.sqrt(Math.max(1, estimates.goodness().dispersion().orElse(1))))
        .set("robust_std_error", robust.length == 0 ? null : Keys.number(robust[column]))
        .set("ratio", hasRatio ? (Double) Math.exp(estimate) : null)
        .set("ratio_low", hasRatio && low != null ? (Double) Math.exp(low) : null)
        .set("ratio_high", hasRatio && high != null ? (Double) Math.exp(high) : null);
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
}
