package org.assay.gold.open;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.Attacker.Unknown;
import org.assay.gold.view.RegionKey;

/**
 * What is behind a publication: every count, and of which finest ones it is the sum. Counts of two
 * factors together are never published, and cannot be negative.
 */
record Truth(SmallNation nation) {
  private static final String AND = " and ";

  /** The people of one combination of levels in one region. */
  private record Finest(String region, List<String> levels) {
    boolean isIn(Unknown count) {
      boolean isInArea = count.area().equals(RegionKey.NATIONAL) || count.area().equals(region);
      return isInArea
          && (count.factor().isEmpty()
              || (isFine(count)
                  ? count.level().equals(String.join(AND, levels))
                  : count.level().equals(levels.get(SmallNation.FACTORS.indexOf(count.factor())))));
    }
  }

  /** Whether a count is of two factors together. */
  static boolean isFine(Unknown count) {
    return count.factor().contains(AND);
  }

  /** Those of them who have these levels. */
  static Unknown fine(Unknown of, List<String> levels) {
    return new Unknown(
        of.cohort(),
        of.area(),
        String.join(AND, SmallNation.FACTORS),
        String.join(AND, levels),
        of.what());
  }

  /** The same people, counted differently. */
  static Unknown with(Unknown of, String what) {
    return new Unknown(of.cohort(), of.area(), of.factor(), of.level(), what);
  }

  /** Every count, with its value. */
  Map<Unknown, Long> counts() {
    Map<Unknown, Long> counts = new LinkedHashMap<>();
    for (CohortResult result : nation.results()) {
      SortedMap<String, CellTable> areas = new TreeMap<>(result.listed());
      areas.put(RegionKey.NATIONAL, result.nation());
      areas.forEach(
          (area, cells) -> {
            Unknown all = new Unknown(result.cohort().name(), area, "", "", "");
            add(counts, all, cells.total());
            for (String factor : cells.factors()) {
              cells
                  .margin(factor)
                  .forEach(
                      (level, cell) ->
                          add(counts, new Unknown(all.cohort(), area, factor, level, ""), cell));
            }
            cells
                .collapseTo(SmallNation.FACTORS)
                .cells()
                .forEach((levels, cell) -> add(counts, fine(all, levels), cell));
          });
    }
    return counts;
  }

  private static void add(Map<Unknown, Long> counts, Unknown of, Cell cell) {
    counts.put(with(of, "n"), cell.n());
    counts.put(with(of, "events"), cell.events());
    if (!cell.isRate()) {
      counts.put(with(of, "others"), cell.n() - cell.events());
    }
  }

  /** Every count as a sum of the finest people, and of the finest events of each cohort. */
  Feasible<Unknown> feasible() {
    List<Finest> finest = new ArrayList<>();
    nation
        .results()
        .get(0)
        .listed()
        .forEach(
            (region, cells) ->
                cells
                    .collapseTo(SmallNation.FACTORS)
                    .cells()
                    .keySet()
                    .forEach(levels -> finest.add(new Finest(region, levels))));
    List<String> cohorts = nation.results().stream().map(r -> r.cohort().name()).toList();
    Feasible<Unknown> feasible = new Feasible<>();
    counts().forEach((count, value) -> feasible.add(count, of(count, finest, cohorts), value));
    return feasible;
  }

  private static double[] of(Unknown count, List<Finest> finest, List<String> cohorts) {
    double[] of = new double[finest.size() * (1 + cohorts.size())];
    int events = finest.size() * (1 + cohorts.indexOf(count.cohort()));
    for (int i = 0; i < finest.size(); i++) {
      if (finest.get(i).isIn(count)) {
        of[i] = count.what().equals("events") ? 0 : 1;
        of[events + i] = count.what().equals("n") ? 0 : count.what().equals("events") ? 1 : -1;
      }
    }
    return of;
  }
}
