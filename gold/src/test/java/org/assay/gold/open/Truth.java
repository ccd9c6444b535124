package org.assay.gold.open;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.Attacker.Unknown;
import org.assay.gold.view.RegionKey;

/** What is behind a publication: every count, and how they add up. */
record Truth(SmallNation nation) {

  private static SortedMap<String, CellTable> areas(CohortResult result) {
    SortedMap<String, CellTable> areas = new TreeMap<>(result.listed());
    areas.put(RegionKey.NATIONAL, result.nation());
    return areas;
  }

  Map<Unknown, Long> counts() {
    Map<Unknown, Long> counts = new LinkedHashMap<>();
    for (CohortResult result : nation.results()) {
      String cohort = result.cohort().name();
      areas(result)
          .forEach(
              (area, cells) -> {
                add(counts, new Unknown(cohort, area, "", "", ""), cells.total());
                for (String factor : cells.factors()) {
                  cells
                      .margin(factor)
                      .forEach(
                          (level, cell) ->
                              add(counts, new Unknown(cohort, area, factor, level, ""), cell));
                }
              });
    }
    return counts;
  }

  private static void add(Map<Unknown, Long> counts, Unknown of, Cell cell) {
    counts.put(with(of, "n"), cell.n());
    counts.put(with(of, "events"), cell.events());
    counts.put(with(of, "others"), cell.n() - cell.events());
  }

  private static Unknown with(Unknown of, String what) {
    return new Unknown(of.cohort(), of.area(), of.factor(), of.level(), what);
  }

  /** Each a total and then its parts; people are the same in every cohort. */
  List<List<Unknown>> sums() {
    List<List<Unknown>> sums = new ArrayList<>();
    String first = nation.results().get(0).cohort().name();
    for (Unknown of : counts().keySet()) {
      if (of.what().equals("n")) {
        sums.add(List.of(of, with(of, "events"), with(of, "others")));
        if (!of.cohort().equals(first)) {
          sums.add(List.of(of, new Unknown(first, of.area(), of.factor(), of.level(), "n")));
        }
      }
      if (of.factor().isEmpty()) {
        for (String factor : List.of("ethnicity", "age")) {
          sums.add(sum(of, part -> part.factor().equals(factor) && part.area().equals(of.area())));
        }
      }
      if (of.area().equals(RegionKey.NATIONAL)) {
        sums.add(
            sum(
                of,
                part ->
                    !part.area().equals(of.area())
                        && part.factor().equals(of.factor())
                        && part.level().equals(of.level())));
      }
    }
    return sums;
  }

  private List<Unknown> sum(Unknown total, Predicate<Unknown> isPart) {
    List<Unknown> sum = new ArrayList<>(List.of(total));
    counts().keySet().stream()
        .filter(part -> part.cohort().equals(total.cohort()) && part.what().equals(total.what()))
        .filter(isPart)
        .forEach(sum::add);
    return sum;
  }
}
