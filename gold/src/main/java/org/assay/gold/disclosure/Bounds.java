package org.assay.gold.disclosure;

/**
 * What each count of a table may be, kept while more and more of it is withheld: of a large table
 * little changes with each count, and only that is propagated anew.
 */
final class Bounds {
  private final AdditiveTable<?> table;
  private Range[] alone;
  private final Range[] ranges;

  Bounds(AdditiveTable<?> table) {
    this.table = table;
    this.alone = table.alone();
    this.ranges = table.sums().propagate(alone.clone());
  }

  /** Those of the table as it is now, the same as {@link AdditiveTable#propagated()}. */
  Range[] now() {
    Range[] before = alone;
    alone = table.alone();
    table.sums().propagateAnew(ranges, before, alone);
    return ranges;
  }
}
