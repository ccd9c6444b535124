package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is not known near a count, and the sums of which all else is known. Its members are numbered
 * from 0, in the order of their places.
 *
 * @param places where each member is in the table
 * @param counts what each is
 * @param ranges what each may be as far as bounds tell
 * @param sums what must hold between them
 */
record Neighbourhood(int[] places, long[] counts, Range[] ranges, List<Sum> sums) {
  /** So many members at least; what is further away bounds little. */
  private static final int NEAREST = 60;

  /**
   * That members add up, their total with a sign of its own.
   *
   * @param members which
   * @param signs 1 for a part and -1 for the total, member by member
   * @param sum what they come to with these signs, as all others are known
   */
  record Sum(int[] members, int[] signs, long sum) {}

  /** Of a count: what is reached through sums of others that are not known, the nearest. */
  static Neighbourhood of(AdditiveTable<?> table, Range[] ranges, int place) {
    int[] places = connected(table, ranges, place);
    BitSet lines = new BitSet();
    for (int near : places) {
      IntStream.of(table.sums().of(near)).forEach(lines::set);
    }
    List<Sum> sums =
        lines.stream()
            .mapToObj(line -> table.sums().line(line))
            .filter(line -> isInside(places, ranges, line))
            .map(line -> sum(places, ranges, line))
            .toList();
    return new Neighbourhood(
        places,
        Arrays.stream(places).mapToLong(table::count).toArray(),
        Arrays.stream(places).mapToObj(near -> ranges[near]).toArray(Range[]::new),
        sums);
  }

  /** Breadth first. */
  private static int[] connected(AdditiveTable<?> table, Range[] ranges, int place) {
    Set<Integer> reached = new HashSet<>(Set.of(place));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty() && reached.size() < NEAREST) {
      for (int line : table.sums().of(open.removeFirst())) {
        for (int i : table.sums().line(line)) {
          if (isOpen(ranges[i]) && reached.add(i)) {
            open.addLast(i);
          }
        }
      }
    }
    return reached.stream().mapToInt(i -> i).sorted().toArray();
  }

  private static boolean isOpen(Range range) {
    return range.size() > 1;
  }

  private static boolean isInside(int[] places, Range[] ranges, int[] line) {
    for (int place : line) {
      if (isOpen(ranges[place]) && Arrays.binarySearch(places, place) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Sum sum(int[] places, Range[] ranges, int[] line) {
    int[] members = new int[line.length];
    int[] signs = new int[line.length];
    int size = 0;
    long sum = 0;
    for (int i = 0; i < line.length; i++) {
      int sign = i == 0 ? -1 : 1;
      int member = Arrays.binarySearch(places, line[i]);
      if (member >= 0) {
        members[size] = member;
        signs[size++] = sign;
      } else {
        sum -= sign * ranges[line[i]].low(); // known, so that it is at its least
      }
    }
    return new Sum(Arrays.copyOf(members, size), Arrays.copyOf(signs, size), sum);
  }

  int size() {
    return places.length;
  }

  /** The member at a place of the table. */
  int member(int place) {
    return Arrays.binarySearch(places, place);
  }

  /** Whether the counts are among what they may be, and add up: not if too much is held known. */
  boolean isTrue() {
    return IntStream.range(0, size()).allMatch(i -> ranges[i].contains(counts[i]))
        && sums.stream().allMatch(this::holds);
  }

  private boolean holds(Sum sum) {
    long left = -sum.sum();
    for (int i = 0; i < sum.members().length; i++) {
      left += sum.signs()[i] * counts[sum.members()[i]];
    }
    return left == 0;
  }
}
