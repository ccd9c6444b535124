package org.assay.gold.disclosure;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.cells.Cell;

/** What formulas see of counts: the counts themselves, or what the public sees of them. */
public interface Rounding {
  /** Nothing is rounded. */
  Rounding EXACT = cell -> cell;

  /** Figures of what is no count. */
  int FIGURES = 3;

  /** The cell with its counts rounded. */
  Cell of(Cell cell);

  /**
   * Some people of an area by age, with their counts rounded; empty where figures made of them
   * would tell of a count that is withheld.
   *
   * @param area a key of {@code dim_region}
   * @param factor the factor whose level these people have; empty for everybody
   * @param level their level; empty for everybody
   */
  default Optional<Map<String, Cell>> byAge(
      String area, String factor, String level, Map<String, Cell> ages) {
    Map<String, Cell> rounded = new TreeMap<>();
    ages.forEach((band, cell) -> rounded.put(band, of(cell)));
    return Optional.of(rounded);
  }

  /** The same of everybody of an area. */
  default Optional<Map<String, Cell>> byAge(String area, Map<String, Cell> ages) {
    return byAge(area, "", "", ages);
  }

  /**
   * Whether a count of everybody of an area is withheld.
   *
   * @param area a key of {@code dim_region}
   */
  default boolean withholds(String area) {
    return false;
  }

  /**
   * Every count as the rule rounds it, and all that are withheld because they are small alike:
   * whatever is computed from such cells tells no more than they do. Time at risk is rounded people
   * times their mean time, to three figures, as where everybody is at risk all the time it would
   * tell how many they are; and of how events come together nothing is known.
   */
  static Rounding by(Rule rule) {
    return rule == Rule.NONE ? EXACT : cell -> rounded(rule, cell);
  }

  private static Cell rounded(Rule rule, Cell cell) {
    long n = cell.n() == 0 ? 0 : rounded(rule, cell.n());
    long events = rounded(rule, cell.events());
    return cell.isRate() && n > 0
        ? new Cell(n, n, events, n * PublicNumber.figures(cell.exposure() / cell.n(), FIGURES))
        : Cell.of(n, Math.min(n, events));
  }

  private static long rounded(Rule rule, long count) {
    return rule.suppresses(count) ? Rule.WITHHELD : rule.rounded(count);
  }
}
