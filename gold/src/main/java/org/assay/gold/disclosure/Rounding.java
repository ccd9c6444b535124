package org.assay.gold.disclosure;

import org.assay.common.cells.Cell;

/** What formulas see of counts: the counts themselves, or what the public sees of them. */
public interface Rounding {
  /** Nothing is rounded. */
  Rounding EXACT = cell -> cell;

  /** The cell with its counts rounded. */
  Cell of(Cell cell);

  /**
   * Every count to the nearest 5, small ones as well: whatever is computed from such cells tells no
   * more than they do.
   */
  static Rounding by(Rule rule) {
    return rule == Rule.NONE ? EXACT : Rounding::nearest5;
  }

  private static Cell nearest5(Cell cell) {
    long n = nearest5(cell.n());
    long events = nearest5(cell.events());
    return new Cell(
        n,
        nearest5(cell.people()),
        cell.isRate() ? events : Math.min(n, events),
        nearest5(Math.round(cell.exposure())),
        new Cell.Squares(
            nearest5(Math.round(cell.squares().events())),
            nearest5(Math.round(cell.squares().eventsExposure())),
            nearest5(Math.round(cell.squares().exposure()))));
  }

  private static long nearest5(long count) {
    return (count + 2) / 5 * 5;
  }
}
