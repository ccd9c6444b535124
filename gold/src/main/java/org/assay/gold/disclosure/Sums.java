package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Places that add up to others, and what bounds on some of them tell of the rest. */
final class Sums {
  private static final int MAX_ROUNDS = 200;

  /** For each sum its total and then its parts. */
  private final List<int[]> lines = new ArrayList<>();

  private final List<int[]> linesOf = new ArrayList<>();
  private final Set<List<Integer>> known = new HashSet<>();

  /** Adds the next place, which is in no sum yet. */
  void addPlace() {
    linesOf.add(new int[0]);
  }

  /** Adds a sum, or does nothing if it is there: people are the same in every cohort. */
  void add(int total, int[] parts) {
    int[] line = IntStream.concat(IntStream.of(total), Arrays.stream(parts)).toArray();
    if (known.add(Arrays.stream(line).boxed().toList())) {
      for (int place : line) {
        int[] of = linesOf.get(place);
        linesOf.set(place, Arrays.copyOf(of, of.length + 1));
        linesOf.get(place)[of.length] = lines.size();
      }
      lines.add(line);
    }
  }

  /** A sum: its total and then its parts. */
  int[] line(int number) {
    return lines.get(number);
  }

  /** The numbers of the sums in which a place is; not to be changed. */
  int[] of(int place) {
    return linesOf.get(place);
  }

  /** What a sum has told of a place. */
  interface Told {
    void of(int line, int place, Range was);
  }

  /** Propagates bounds through all sums until nothing changes; they become what follows. */
  Range[] propagate(Range[] ranges) {
    propagate(ranges, (line, place, was) -> {});
    return ranges;
  }

  /**
   * The same.
   *
   * @param told is told of every change
   */
  void propagate(Range[] ranges, Told told) {
    propagate(ranges, IntStream.range(0, lines.size()).boxed().toList(), told);
  }

  /**
   * Propagates bounds of which only some have changed.
   *
   * @param ranges bounds that were propagated, but for what has changed; they become what follows
   * @param before what has changed, as it was; what follows is added
   */
  void propagate(Range[] ranges, Map<Integer, Range> before) {
    List<Integer> open = new ArrayList<>();
    before.keySet().forEach(place -> IntStream.of(of(place)).forEach(open::add));
    propagate(ranges, open, (line, place, was) -> before.putIfAbsent(place, was));
  }

  /**
   * Propagates bounds of which only some have changed.
   *
   * @param ranges bounds that were propagated, but for what has changed; they become what follows
   * @param first the numbers of the sums that may tell something
   * @param told is told of every change
   */
  void propagate(Range[] ranges, Collection<Integer> first, Told told) {
    Deque<Integer> open = new ArrayDeque<>(first);
    boolean[] isOpen = new boolean[lines.size()];
    open.forEach(line -> isOpen[line] = true);
    Told andLookAgain =
        (by, place, was) -> {
          told.of(by, place, was);
          for (int line : of(place)) {
            if (!isOpen[line]) {
              isOpen[line] = true;
              open.addLast(line);
            }
          }
        };
    long most = (long) MAX_ROUNDS * lines.size();
    for (long steps = 0; !open.isEmpty() && steps < most; steps++) {
      int line = open.removeFirst();
      tighten(line, ranges, andLookAgain);
      isOpen[line] = false; // a sum sees what it tells of its own places
    }
  }

  private void tighten(int number, Range[] ranges, Told told) {
    int[] line = lines.get(number);
    long low = 0;
    long high = 0;
    int unbounded = 0;
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      low += part.low();
      unbounded += part.isUnbounded() ? 1 : 0;
      high += part.isUnbounded() ? 0 : part.high();
    }
    set(ranges, number, line[0], low, unbounded > 0 ? Range.MANY : high, told);
    Range total = ranges[line[0]];
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      long othersLow = low - part.low();
      boolean othersUnbounded = unbounded > (part.isUnbounded() ? 1 : 0);
      long othersHigh = high - (part.isUnbounded() ? 0 : part.high());
      set(
          ranges,
          number,
          line[i],
          othersUnbounded ? 0 : Math.max(0, total.low() - othersHigh),
          total.isUnbounded() ? Range.MANY : total.high() - othersLow,
          told);
      Range now = ranges[line[i]]; // so that the parts that follow see it
      low += now.low() - part.low();
      unbounded -= part.isUnbounded() && !now.isUnbounded() ? 1 : 0;
      high += (now.isUnbounded() ? 0 : now.high()) - (part.isUnbounded() ? 0 : part.high());
    }
  }

  private static void set(Range[] ranges, int line, int place, long low, long high, Told told) {
    Range was = ranges[place];
    if (low > was.low() || high < was.high()) {
      ranges[place] = was.and(new Range(low, high));
      told.of(line, place, was);
    }
  }
}
