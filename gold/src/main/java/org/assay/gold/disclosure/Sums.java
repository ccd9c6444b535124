package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Places that add up to others, and what bounds on some of them tell of the rest. */
final class Sums {
  private static final int MAX_ROUNDS = 200;

  /** For each sum its total and then its parts. */
  private final List<int[]> lines = new ArrayList<>();

  private final List<List<Integer>> linesOf = new ArrayList<>();
  private final Set<List<Integer>> known = new HashSet<>();

  /** Adds the next place, which is in no sum yet. */
  void addPlace() {
    linesOf.add(new ArrayList<>());
  }

  /** Adds a sum, or does nothing if it is there: people are the same in every cohort. */
  void add(int total, int[] parts) {
    int[] line = IntStream.concat(IntStream.of(total), Arrays.stream(parts)).toArray();
    if (known.add(Arrays.stream(line).boxed().toList())) {
      for (int place : line) {
        linesOf.get(place).add(lines.size());
      }
      lines.add(line);
    }
  }

  /** A sum: its total and then its parts. */
  int[] line(int number) {
    return lines.get(number);
  }

  /** The numbers of the sums in which a place is. */
  List<Integer> of(int place) {
    return Collections.unmodifiableList(linesOf.get(place));
  }

  /** Propagates bounds through all sums until nothing changes. */
  Range[] propagated(Range[] ranges) {
    boolean isTighter = true;
    for (int round = 0; isTighter && round < MAX_ROUNDS; round++) {
      isTighter = false;
      for (int[] line : lines) {
        isTighter |= tighten(line, ranges);
      }
    }
    return ranges;
  }

  /**
   * Propagates bounds of which only some have changed.
   *
   * @param before bounds that were propagated
   * @param now the same with what has changed; they become what follows
   */
  Range[] propagatedFrom(Range[] before, Range[] now) {
    Deque<Integer> open = new ArrayDeque<>();
    IntStream.range(0, now.length)
        .filter(i -> !now[i].equals(before[i]))
        .forEach(i -> open.addAll(linesOf.get(i)));
    for (int steps = 0; !open.isEmpty() && steps < MAX_ROUNDS * lines.size(); steps++) {
      int[] line = lines.get(open.removeFirst());
      Range[] was = Arrays.stream(line).mapToObj(of -> now[of]).toArray(Range[]::new);
      if (tighten(line, now)) {
        IntStream.range(0, line.length)
            .filter(i -> !now[line[i]].equals(was[i]))
            .forEach(i -> open.addAll(linesOf.get(line[i])));
      }
    }
    return now;
  }

  /** Whether a sum has told anything of its counts. */
  private static boolean tighten(int[] line, Range[] ranges) {
    long low = 0;
    long high = 0;
    int unbounded = 0;
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      low += part.low();
      unbounded += part.isUnbounded() ? 1 : 0;
      high += part.isUnbounded() ? 0 : part.high();
    }
    boolean isTighter = set(ranges, line[0], new Range(low, unbounded > 0 ? Range.MANY : high));
    Range total = ranges[line[0]];
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      long othersLow = low - part.low();
      boolean othersUnbounded = unbounded > (part.isUnbounded() ? 1 : 0);
      long othersHigh = high - (part.isUnbounded() ? 0 : part.high());
      Range left =
          new Range(
              othersUnbounded ? 0 : Math.max(0, total.low() - othersHigh),
              total.isUnbounded() ? Range.MANY : total.high() - othersLow);
      isTighter |= set(ranges, line[i], left);
      Range now = ranges[line[i]]; // so that the parts that follow see it
      low += now.low() - part.low();
      unbounded -= part.isUnbounded() && !now.isUnbounded() ? 1 : 0;
      high += (now.isUnbounded() ? 0 : now.high()) - (part.isUnbounded() ? 0 : part.high());
    }
    return isTighter;
  }

  private static boolean set(Range[] ranges, int place, Range range) {
    Range both = ranges[place].and(range);
    boolean isTighter = !both.equals(ranges[place]);
    ranges[place] = both;
    return isTighter;
  }
}
