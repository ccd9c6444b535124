package org.assay.gold.disclosure;

import org.assay.common.cells.Cell;

/** What formulas see of counts: the counts themselves, or what the public sees of them. */
public interface Rounding {
  /** Nothing is rounded. */
  Rounding EXACT = cell -> cell;

  /** The cell with its counts rounded. */
  Cell of(Cell cell);

  /**
   * Every count as the rule rounds it, small ones as well: whatever is computed from such cells
   * tells no more than they do. Time at risk is no count of people, and goes to the nearest 5.
   */
  static Rounding by(Rule rule) {
    return rule == Rule.NONE ? EXACT : cell -> rounded(rule, cell);
  }

  private static Cell rounded(Rule rule, Cell cell) {
    long n = rule.rounded(cell.n());
    long events = rule.rounded(cell.events());
    return new Cell(
        n,
        rule.rounded(cell.people()),
        cell.isRate() ? events : Math.min(n, events),
        Rule.nearest5(Math.round(cell.exposure())),
        new Cell.Squares(
            Rule.nearest5(Math.round(cell.squares().events())),
            Rule.nearest5(Math.round(cell.squares().eventsExposure())),
            Rule.nearest5(Math.round(cell.squares().exposure()))));
  }
}
