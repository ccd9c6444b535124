package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What each count of a table may be, kept while more and more of it is withheld: of a large table
 * little changes with each count, and only that is propagated anew.
 */
final class Bounds {
  private static final int[] NOBODY = {};

  private final AdditiveTable<?> table;
  private Range[] alone;
  private final Range[] ranges;

  /** For each place the sums that told of it since it was known only by itself. */
  private final int[][] tellers;

  Bounds(AdditiveTable<?> table) {
    this.table = table;
    this.alone = table.alone();
    this.ranges = alone.clone();
    this.tellers = new int[alone.length][];
    Arrays.fill(tellers, NOBODY);
    table.sums().propagate(ranges, this::told);
  }

  /** Those of the table as it is now, the same as {@link AdditiveTable#propagated()}. */
  Range[] now() {
    Range[] before = alone;
    alone = table.alone();
    List<Integer> changed =
        IntStream.range(0, alone.length)
            .filter(place -> !alone[place].equals(before[place]))
            .boxed()
            .toList();
    table.sums().propagate(ranges, forget(changed), this::told);
    return ranges;
  }

  private void told(int line, int place, Range was) {
    if (!isTeller(line, place)) {
      int[] before = tellers[place];
      tellers[place] = Arrays.copyOf(before, before.length + 1);
      tellers[place][before.length] = line;
    }
  }

  private boolean isTeller(int line, int place) {
    for (int teller : tellers[place]) {
      if (teller == line) {
        return true;
      }
    }
    return false;
  }

  /**
   * Forgets what was told by sums with a place that has changed or is forgotten. The rest was told
   * by sums in which all is as it was, so that they would tell it again.
   *
   * @return the sums of what is forgotten, which may tell something else
   */
  private Set<Integer> forget(List<Integer> changed) {
    Deque<Integer> forgotten = new ArrayDeque<>(changed);
    changed.forEach(place -> tellers[place] = NOBODY);
    Set<Integer> open = new LinkedHashSet<>();
    while (!forgotten.isEmpty()) {
      int place = forgotten.removeFirst();
      ranges[place] = alone[place];
      for (int line : table.sums().of(place)) {
        if (open.add(line)) {
          for (int beside : table.sums().line(line)) {
            if (isTeller(line, beside)) {
              tellers[beside] = NOBODY;
              forgotten.add(beside);
            }
          }
        }
      }
    }
    return open;
  }
}
