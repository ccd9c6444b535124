package org.assay.gold.open;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
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
 * rounded total by the others, which everybody can compute; of more they see nothing.
 */
final class OpenRounding implements Rounding {
  private final Rounding rounding;
  private final PublicCounts counts;
  private final CohortResult result;
  private final Map<List<Object>, List<String>> hidden = new HashMap<>();

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
  public Optional<Map<String, Cell>> byAge(String area, Map<String, Cell> ages) {
    List<String> n = hidden(area, What.N);
    List<String> events = hidden(area, What.EVENTS);
    if (n.isEmpty() && events.isEmpty()) {
      return rounding.byAge(area, ages);
    }
    if (n.size() > 1 || events.size() > 1 || withholds(area)) {
      return Optional.empty();
    }
    Cell all = of(ages.values().stream().reduce(Cell.NOBODY, Cell::plus));
    Map<String, Cell> rounded = rounding.byAge(area, ages).orElseThrow();
    Map<String, Cell> seen = new TreeMap<>();
    rounded.forEach(
        (band, cell) ->
            seen.put(
                band,
                new Left(all, rounded, band).of(cell, n.contains(band), events.contains(band))));
    return Optional.of(seen);
  }

  /**
   * What the other ages leave of everybody for one.
   *
   * @param all everybody, rounded
   * @param ages all ages, rounded
   * @param band the one
   */
  private record Left(Cell all, Map<String, Cell> ages, String band) {

    /** Its cell, with people or events as they are left; people are there, or it had no cell. */
    Cell of(Cell cell, boolean hidesPeople, boolean hidesEvents) {
      if (!hidesPeople && !hidesEvents) {
        return cell;
      }
      long n = hidesPeople ? Math.max(1, left(Cell::n)) : cell.n();
      long events = hidesEvents ? left(Cell::events) : cell.events();
      double share = all.events() == 0 ? 0 : (double) events / all.events();
      return new Cell(
          n,
          n,
          cell.isRate() ? events : Math.min(n, events),
          hidesPeople ? all.exposure() * n / all.n() : cell.exposure(),
          all.squares().times(share));
    }

    private long left(ToLongFunction<Cell> what) {
      long others =
          ages.entrySet().stream()
              .filter(age -> !age.getKey().equals(band))
              .mapToLong(age -> what.applyAsLong(age.getValue()))
              .sum();
      return Math.max(0, what.applyAsLong(all) - others);
    }
  }

  /** The ages of which a count of everybody of an area is withheld, though it is not small. */
  private List<String> hidden(String area, What what) {
    return hidden.computeIfAbsent(List.of(area, what), key -> agesHidden(area, what));
  }

  private List<String> agesHidden(String area, What what) {
    return AgeFactor.of(result.cohort())
        .map(
            age ->
                everybody(area).margin(age.name()).entrySet().stream()
                    .filter(
                        band -> isHidden(area, age.name(), band.getKey(), what, band.getValue()))
                    .map(Map.Entry::getKey)
                    .toList())
        .orElse(List.of());
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
