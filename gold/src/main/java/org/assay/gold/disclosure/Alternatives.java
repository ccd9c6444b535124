package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks for tables that are shown like the true one and have another value of one count: changes
 * it, then mends each sum that no longer holds by changing one more of its counts, as far as what
 * is shown allows. What is found is a proof; that nothing is found is none.
 */
final class Alternatives {
  /** So many counts are changed at most; longer chains are left to a programme. */
  private static final int LONGEST = 24;

  private static final int MAX_TRIES = 12;

  private final AdditiveTable<?> table;
  private final Range[] alone;
  private int tries;

  /**
   * @param alone what each count may be before anything is added up
   */
  Alternatives(AdditiveTable<?> table, Range[] alone) {
    this.table = table;
    this.alone = alone;
  }

  /**
   * Whether at least so many values of a count are proved to be possible, the true one included.
   */
  boolean areAtLeast(int wanted, int place) {
    int found = 1;
    for (int distance = 1; distance < wanted && found < wanted; distance++) {
      found += isPossible(place, distance) ? 1 : 0;
      found += found < wanted && isPossible(place, -distance) ? 1 : 0;
    }
    return found >= wanted;
  }

  private boolean isPossible(int place, int change) {
    tries = 0;
    Map<Integer, Integer> changes = new HashMap<>();
    return allows(place, change) && mended(place, change, changes, new ArrayDeque<>());
  }

  private boolean allows(int place, int change) {
    return alone[place].contains(table.count(place) + change);
  }

  /** Changes a count, and mends what that breaks; leaves nothing changed if it cannot. */
  private boolean mended(
      int place, int change, Map<Integer, Integer> changes, Deque<Integer> broken) {
    changes.put(place, change);
    Deque<Integer> open = new ArrayDeque<>(broken);
    open.addAll(table.linesOf(place));
    if (mended(changes, open)) {
      return true;
    }
    changes.remove(place);
    return false;
  }

  private boolean mended(Map<Integer, Integer> changes, Deque<Integer> open) {
    int[] line = null;
    int missing = 0;
    while (missing == 0 && !open.isEmpty()) {
      line = table.lines().get(open.removeFirst());
      missing = missing(line, changes);
    }
    if (missing == 0) {
      return true;
    }
    if (changes.size() >= LONGEST || ++tries > MAX_TRIES) {
      return false;
    }
    int total = line[0];
    int lack = missing;
    int[] candidates =
        Arrays.stream(line)
            .filter(place -> !changes.containsKey(place))
            .filter(place -> allows(place, place == total ? lack : -lack))
            .boxed()
            .sorted(Comparator.comparing((Integer place) -> -alone[place].size()))
            .mapToInt(place -> place)
            .toArray();
    Deque<Integer> rest = new ArrayDeque<>(open);
    return IntStream.of(candidates)
        .anyMatch(place -> mended(place, place == total ? lack : -lack, changes, rest));
  }

  /** By how much the parts of a sum have grown more than its total. */
  private static int missing(int[] line, Map<Integer, Integer> changes) {
    int missing = -changes.getOrDefault(line[0], 0);
    for (int i = 1; i < line.length; i++) {
      missing += changes.getOrDefault(line[i], 0);
    }
    return missing;
  }
}
