package org.assay.gold.open;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.assay.common.cells.Cell;
import org.assay.gold.disclosure.PublicNumber;

/**
 * Some people by age, as figures see them.
 *
 * @param all everybody, rounded
 * @param ages each age, rounded
 */
record AgesSeen(Cell all, Map<String, Cell> ages) {
  /** Fewer people are no more than what rounding of the others leaves. */
  private static final long LEAST_LEFT = 10;

  private static final int SPREAD_FIGURES = 2;

  /**
   * With what the others leave of all for one count of people and one of events; empty for more,
   * and where hardly any people are left, or fewer than events.
   *
   * @param people the ages of which the number of people is withheld
   * @param events the ages of which the number of events is
   */
  Optional<Map<String, Cell>> but(Set<String> people, Set<String> events) {
    if (people.size() > 1 || events.size() > 1) {
      return Optional.empty();
    }
    Map<String, Cell> seen = new TreeMap<>(ages);
    for (String age : people) {
      Cell cell = ages.get(age);
      if (cell != null) {
        long n = left(age, Cell::n);
        boolean holdsEvents = cell.isRate() || events.contains(age) || n >= cell.events();
        if (n < LEAST_LEFT || !holdsEvents) {
          return Optional.empty();
        }
        seen.put(age, new Cell(n, n, cell.events(), cell.exposure() / cell.n() * n));
      }
    }
    for (String age : events) {
      seen.computeIfPresent(
          age,
          (a, cell) -> {
            long left = left(age, Cell::events);
            return new Cell(
                cell.n(),
                cell.people(),
                cell.isRate() ? left : Math.min(cell.n(), left),
                cell.exposure());
          });
    }
    return Optional.of(seen);
  }

  private long left(String age, ToLongFunction<Cell> what) {
    long others =
        ages.entrySet().stream()
            .filter(other -> !other.getKey().equals(age))
            .mapToLong(other -> what.applyAsLong(other.getValue()))
            .sum();
    return Math.max(0, what.applyAsLong(all) - others);
  }

  /**
   * Ages whose events come together as those of everybody in their area do: of each age alone it
   * would tell of few people.
   *
   * @param squaresByEvents of the area, the sum of squared events of people by their events
   */
  static Map<String, Cell> spread(Map<String, Cell> ages, double squaresByEvents) {
    Double spread = PublicNumber.figures(squaresByEvents, SPREAD_FIGURES);
    if (spread == null) {
      return ages;
    }
    Map<String, Cell> seen = new TreeMap<>();
    ages.forEach(
        (age, cell) ->
            seen.put(
                age,
                cell.isRate()
                    ? new Cell(
                        cell.n(),
                        cell.people(),
                        cell.events(),
                        cell.exposure(),
                        new Cell.Squares(cell.events() * spread, Double.NaN, Double.NaN))
                    : cell));
    return seen;
  }
}
