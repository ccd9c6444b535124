package org.assay.silver.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.spark.CellTables;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionReadiness;

/** Judges every region for every model of the cohorts on a population. Plain Java. */
final class JudgedRegions {
  private JudgedRegions() {}

  /**
   * A judgement.
   *
   * @param key period, cohort and region
   * @param model the model
   * @param total everybody in the region
   * @param readiness the decision
   */
  record Judged(CellTables.Key key, Model model, Cell total, RegionReadiness readiness) {}

  /**
   * All judgements, in the order of period, cohort, region and model.
   *
   * @param impossible rows whose outcome is impossible, by what they are about
   */
  static List<Judged> of(
      List<Cohort> cohorts,
      SortedMap<CellTables.Key, CellTable> cells,
      Map<CellTables.Key, Long> impossible) {
    List<Judged> judged = new ArrayList<>();
    for (Cohort cohort : cohorts) {
      List<Factor> factors = factors(cohort, trusted(cells, impossible));
      cells.forEach(
          (key, table) -> {
            if (key.outcome().equals(cohort.name())) {
              cohort
                  .models()
                  .forEach(
                      model ->
                          judged.add(
                              judge(
                                  cohort,
                                  model,
                                  key,
                                  table,
                                  factors,
                                  impossible.getOrDefault(key, 0L))));
            }
          });
    }
    return judged;
  }

  private static Map<CellTables.Key, CellTable> trusted(
      Map<CellTables.Key, CellTable> cells, Map<CellTables.Key, Long> impossible) {
    Map<CellTables.Key, CellTable> trusted = new TreeMap<>(cells);
    trusted.keySet().removeAll(impossible.keySet());
    return trusted;
  }

  private static Judged judge(
      Cohort cohort,
      Model model,
      CellTables.Key key,
      CellTable table,
      List<Factor> factors,
      long impossible) {
    List<Factor> inModel =
        model.terms().stream()
            .flatMap(term -> factors.stream().filter(factor -> factor.name().equals(term)))
            .toList();
    CellTable ofModel = table.collapseTo(model.terms());
    RegionReadiness readiness =
        impossible > 0
            ? ReadinessGuards.impossible(key.region(), ofModel, impossible)
            : ReadinessGuards.judge(key.region(), ofModel, inModel, cohort.thresholds());
    return new Judged(key, model, table.total(), readiness);
  }

  /**
   * The cohort's factors; one that lists no levels gets those of all regions that are large enough,
   * sorted, so that a stray region changes nothing elsewhere.
   */
  private static List<Factor> factors(Cohort cohort, Map<CellTables.Key, CellTable> cells) {
    return cohort.population().factors().stream()
        .map(factor -> factor.levels().isEmpty() ? withLevels(factor, cohort, cells) : factor)
        .toList();
  }

  private static Factor withLevels(
      Factor factor, Cohort cohort, Map<CellTables.Key, CellTable> cells) {
    SortedSet<String> levels = new TreeSet<>(List.of(factor.reference()));
    cells.forEach(
        (key, table) -> {
          boolean judged =
              key.outcome().equals(cohort.name())
                  && !ReadinessGuards.isUnknown(key.region())
                  && table.total().n() >= cohort.thresholds().minCohort();
          if (judged) {
            levels.addAll(table.margin(factor.name()).keySet());
          }
        });
    levels.remove(Factor.NOT_KNOWN);
    return factor.withLevels(List.copyOf(levels));
  }
}
