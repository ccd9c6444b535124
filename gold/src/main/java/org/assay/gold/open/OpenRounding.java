package org.assay.gold.open;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.AgeFactor;
import org.assay.gold.view.RegionKey;

/**
 * What figures see of counts, where some are withheld for the sake of others: rounded, these would
 * be told by every figure that is made of them. Of one count by age they see what is left of the
 * rounded total by the others, which everybody can compute; of two counts of people, or two of
 * events, they see nothing.
 */
final class OpenRounding implements Rounding {
  private final Rounding rounding;
  private final PublicCounts counts;
  private final CohortResult result;
  private final Map<List<Object>, Set<String>> hidden = new HashMap<>();

  /**
   * @param rounding of counts that are shown, and of small ones
   * @param counts which counts are shown
   * @param result the cohort
   */
  OpenRounding(Rounding rounding, PublicCounts counts, CohortResult result) {
    this.rounding = rounding;
    this.counts = counts;
    this.result = result;
  }

  @Override
  public Cell of(Cell cell) {
    return rounding.of(cell);
  }

  @Override
  public boolean withholds(String area) {
    Cell people = everybody(area).total();
    return !isShown(area, "", "", What.N, people.n())
        || !isShown(area, "", "", What.EVENTS, people.events());
  }

  @Override
  public Optional<Map<String, Cell>> byAge(
      String area, String factor, String level, Map<String, Cell> ages) {
    if (!counts.areFiguresShown(result.cohort().name(), area, factor, level)) {
      return Optional.empty();
    }
    Set<String> n = hidden(area, What.N);
    Set<String> events = hidden(area, What.EVENTS);
    if (!(n.isEmpty() && events.isEmpty()) && withholds(area)) {
      return Optional.empty();
    }
    Cell all = of(ages.values().stream().reduce(Cell.NOBODY, Cell::plus));
    Cell everybody = everybody(area).total();
    return new AgesSeen(all, rounding.byAge(area, factor, level, ages).orElseThrow())
        .but(n, events)
        .map(seen -> AgesSeen.spread(seen, everybody.squares().events() / everybody.events()));
  }

  /** The ages of which a count of everybody of an area is withheld, though it is not small. */
  private Set<String> hidden(String area, What what) {
    return hidden.computeIfAbsent(List.of(area, what), key -> agesHidden(area, what));
  }

  private Set<String> agesHidden(String area, What what) {
    return AgeFactor.of(result.cohort())
        .map(
            age ->
                everybody(area).margin(age.name()).entrySet().stream()
                    .filter(
                        band -> isHidden(area, age.name(), band.getKey(), what, band.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet()))
        .orElse(Set.of());
  }

  private boolean isHidden(String area, String factor, String level, What what, Cell people) {
    long count = what == What.N ? people.n() : people.events();
    return !counts.rule().suppresses(count) && !isShown(area, factor, level, what, count);
  }

  private boolean isShown(String area, String factor, String level, What what, long count) {
    return counts.isShown(result.cohort().name(), area, factor, level, what, count);
  }

  private CellTable everybody(String area) {
    return area.equals(RegionKey.NATIONAL) ? result.nation() : result.listed().get(area);
  }
}
