package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Deprivation;
import org.assay.common.cohort.Factor;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldFigures;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.inequality.DirectRate;
import org.assay.gold.inequality.Gap;
import org.assay.gold.inequality.SlopeIndex;
import org.assay.gold.inequality.SlopeIndex.Quantile;
import org.assay.gold.inference.WaldInference;

/**
 * The rows of {@code gold_exact.inequality}: of factors whose levels are ordered by deprivation.
 * Where ages can be standardised the levels' rates are.
 */
public final class Inequalities {
  private static final int FEWEST_FOR_SLOPE = 5;

  private Inequalities() {}

  /** The rows of a cohort. */
  public static List<Row> of(CohortResult result) {
    return of(result, Rounding.EXACT);
  }

  /** The rows of a cohort as they are computed from rounded counts. */
  public static List<Row> of(CohortResult result, Rounding rounding) {
    List<Row> rows = new ArrayList<>();
    for (Factor factor : result.cohort().population().factors()) {
      if (factor.isOfDeprivation()) {
        List<String> levels = factor.mostDeprivedFirst();
        Area.of(result).forEach(area -> rows.addAll(rows(result, rounding, area, factor, levels)));
      }
    }
    return rows;
  }

  /** What a measure says, with 95 % limits. */
  private record Measure(String name, double value, double stdError, double low, double high) {
    static Measure of(String name, double value, double stdError) {
      double reach = WaldInference.Z_95 * stdError;
      return new Measure(name, value, stdError, value - reach, value + reach);
    }

    static Measure ofRatio(String name, double value, double logStdError) {
      double reach = WaldInference.Z_95 * logStdError;
      return new Measure(
          name, value, logStdError, value * Math.exp(-reach), value * Math.exp(reach));
    }
  }

  private static List<Row> rows(
      CohortResult result, Rounding rounding, Area area, Factor factor, List<String> levels) {
    Map<String, CellTable> byLevel = new TreeMap<>();
    levels.stream()
        .filter(level -> area.cells().margin(factor.name()).containsKey(level))
        .forEach(level -> byLevel.put(level, area.cells().only(factor.name(), level)));
    List<String> present = levels.stream().filter(byLevel::containsKey).toList();
    Optional<AgeFactor> age =
        AgeFactor.of(result.cohort()).filter(a -> !a.name().equals(factor.name()));
    Map<String, Map<String, Cell>> ages = new TreeMap<>();
    age.ifPresent(
        a ->
            byLevel.forEach(
                (level, cells) ->
                    rounding
                        .byAge(area.key(), factor.name(), level, cells.margin(a.name()))
                        .ifPresent(of -> ages.put(level, of))));
    boolean isWithheld = age.isPresent() && ages.size() < byLevel.size();
    Optional<List<Quantile>> direct =
        age.filter(a -> !isWithheld).flatMap(a -> direct(a, present, byLevel, ages, rounding));
    List<Quantile> quantiles = direct.orElseGet(() -> crude(present, byLevel, rounding));
    Cell people = byLevel.values().stream().map(CellTable::total).reduce(Cell.NOBODY, Cell::plus);
    List<Row> rows = new ArrayList<>();
    boolean isComplete = levels.size() == present.size();
    for (Measure measure : measures(quantiles, isComplete && !isWithheld)) {
      ContractRow row =
          area.row(GoldFigures.INEQUALITY, result)
              .set("factor", factor.name())
              .set("measure", measure.name())
              .set("value", Keys.number(measure.value()))
              .set("std_error", Keys.number(measure.stdError()))
              .set("conf_low", Keys.number(measure.low()))
              .set("conf_high", Keys.number(measure.high()))
              .set("quantiles", present.size())
              .set("based_on", direct.isPresent() || isWithheld ? "direct" : "crude")
              .set("direction", "most_to_least")
              .set("most_deprived", levels.get(0))
              .set("least_deprived", levels.get(levels.size() - 1))
              .set(
                  "deprivation_index",
                  factor.deprivation().flatMap(Deprivation::index).orElse(null))
              .set(
                  "deprivation_quantiles",
                  factor
                      .deprivation()
                      .flatMap(Deprivation::quantiles)
                      .map(Keys::lower)
                      .orElse(null))
              .set("n", people.n())
              .set("events", people.events())
              .set(
                  "note",
                  isWithheld
                      ? Rates.WITHHELD
                      : Double.isFinite(measure.value()) && Double.isFinite(measure.stdError())
                          ? null
                          : note(levels, present));
      rows.add(row.build());
    }
    return rows;
  }

  private static String note(List<String> levels, List<String> present) {
    return present.size() < levels.size()
        ? "%d of %d levels have people.".formatted(present.size(), levels.size())
        : "Too few levels, or one without events.";
  }

  private static List<Measure> measures(List<Quantile> quantiles, boolean isComplete) {
    List<Measure> measures = new ArrayList<>();
    boolean hasSlope = isComplete && quantiles.size() >= FEWEST_FOR_SLOPE;
    if (hasSlope) {
      SlopeIndex index = SlopeIndex.of(quantiles);
      measures.add(Measure.of("sii", index.slope(), index.slopeStdError()));
      measures.add(Measure.of("rii", index.relative(), index.relativeStdError()));
    } else {
      measures.add(Measure.of("sii", Double.NaN, Double.NaN));
      measures.add(Measure.of("rii", Double.NaN, Double.NaN));
    }
    if (isComplete && quantiles.size() > 1) {
      Gap gap = new Gap(quantiles);
      measures.add(Measure.of("absolute_gap", gap.absolute(), gap.absoluteStdError()));
      measures.add(Measure.ofRatio("relative_gap", gap.relative(), gap.logRelativeStdError()));
      measures.add(Measure.of("paf", gap.attributable(), gap.attributableStdError()));
    } else {
      measures.add(Measure.of("absolute_gap", Double.NaN, Double.NaN));
      measures.add(Measure.of("relative_gap", Double.NaN, Double.NaN));
      measures.add(Measure.of("paf", Double.NaN, Double.NaN));
    }
    return measures;
  }

  private static List<Quantile> crude(
      List<String> levels, Map<String, CellTable> byLevel, Rounding rounding) {
    return levels.stream()
        .map(level -> rounding.of(byLevel.get(level).total()))
        .map(cell -> new Quantile(cell.size(), cell.rate(), crudeError(cell)))
        .toList();
  }

  /** Of none with the outcome, or all, the usual error is 0, as if that were certain. */
  private static double crudeError(Cell cell) {
    if (!cell.isMixed()) {
      return Double.NaN;
    }
    return cell.isRate()
        ? Math.sqrt(cell.events()) / cell.size()
        : Math.sqrt(cell.rate() * (1 - cell.rate()) / cell.size());
  }

  /** Empty unless every level has a directly standardised rate. */
  private static Optional<List<Quantile>> direct(
      AgeFactor age,
      List<String> levels,
      Map<String, CellTable> byLevel,
      Map<String, Map<String, Cell>> ages,
      Rounding rounding) {
    List<Quantile> quantiles = new ArrayList<>();
    for (String level : levels) {
      Optional<DirectRate> rate = Rates.DirectRates.of(age, ages.get(level));
      if (rate.isEmpty()) {
        return Optional.empty();
      }
      quantiles.add(
          new Quantile(
              rounding.of(byLevel.get(level).total()).size(),
              rate.get().value(),
              Math.sqrt(rate.get().variance())));
    }
    return Optional.of(quantiles);
  }
}
