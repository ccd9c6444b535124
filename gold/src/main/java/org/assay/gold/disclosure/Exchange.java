package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whole people exchanged among the counts of a neighbourhood, so that one of them becomes another
 * and every sum of the neighbourhood still holds. An exchange that is found proves that nothing
 * there speaks against the other count, far sooner than a linear programme does; one that is not
 * found proves nothing.
 */
final class Exchange {
  /** Where an exchange is easily found it takes a dozen; where it is not, a programme decides. */
  private static final int MOST_STEPS = 300;

  private final Neighbourhood near;

  /** The sums in which each member is. */
  private final int[][] sumsOf;

  private final long[] changes;

  /** By how much what changed has made each sum wrong. */
  private final long[] excesses;

  private int steps;

  Exchange(Neighbourhood near) {
    this.near = near;
    this.changes = new long[near.size()];
    this.excesses = new long[near.sums().size()];
    this.sumsOf = sumsOf(near);
  }

  private static int[][] sumsOf(Neighbourhood near) {
    List<List<Integer>> sumsOf = new ArrayList<>();
    for (int member = 0; member < near.size(); member++) {
      sumsOf.add(new ArrayList<>());
    }
    for (int sum = 0; sum < near.sums().size(); sum++) {
      for (int member : near.sums().get(sum).members()) {
        sumsOf.get(member).add(sum);
      }
    }
    return sumsOf.stream()
        .map(sums -> sums.stream().mapToInt(sum -> sum).toArray())
        .toArray(int[][]::new);
  }

  /** Whether each of so many integers in a row, its count among them, is found to be possible. */
  boolean proves(int member, int integers) {
    if (!near.isTrue()) {
      return false;
    }
    long others = integers - 1;
    Range range = near.ranges()[member];
    boolean upFirst = range.high() - near.counts()[member] >= others;
    return LongStream.rangeClosed(0, others)
        .map(taken -> upFirst ? others - taken : taken)
        .anyMatch(most -> areFound(member, most - others, most));
  }

  private boolean areFound(int member, long least, long most) {
    return LongStream.rangeClosed(least, most).allMatch(change -> isFound(member, change));
  }

  private boolean isFound(int member, long change) {
    if (change == 0) {
      return true;
    }
    Arrays.fill(changes, 0);
    Arrays.fill(excesses, 0);
    steps = 0;
    if (!hasRoom(member, change)) {
      return false;
    }
    change(member, change);
    return balances();
  }

  /** Makes up for one sum after another, the one with the fewest ways first. */
  private boolean balances() {
    List<Integer> fewest = null;
    int worst = -1;
    for (int sum = 0; sum < excesses.length; sum++) {
      if (excesses[sum] != 0) {
        List<Integer> ways = ways(sum);
        if (fewest == null || ways.size() < fewest.size()) {
          fewest = ways;
          worst = sum;
        }
      }
    }
    if (fewest == null) {
      return true;
    }
    for (int member : fewest) {
      if (++steps > MOST_STEPS) {
        return false;
      }
      long change = makingUp(worst, member);
      change(member, change);
      if (balances()) {
        return true;
      }
      change(member, -change);
    }
    return false;
  }

  /** The members that can make up for a sum, who spoils least first; each changes once. */
  private List<Integer> ways(int sum) {
    return Arrays.stream(near.sums().get(sum).members())
        .filter(member -> hasRoom(member, makingUp(sum, member)))
        .boxed()
        .sorted(Comparator.comparingInt(member -> wrong(member, makingUp(sum, member))))
        .toList();
  }

  private long makingUp(int sum, int member) {
    return -excesses[sum] * sign(sum, member);
  }

  private boolean hasRoom(int member, long change) {
    return changes[member] == 0 && near.ranges()[member].contains(near.counts()[member] + change);
  }

  /** How many of a member's sums would be wrong after it has changed. */
  private int wrong(int member, long change) {
    int wrong = 0;
    for (int sum : sumsOf[member]) {
      wrong += excesses[sum] + sign(sum, member) * change == 0 ? 0 : 1;
    }
    return wrong;
  }

  private void change(int member, long change) {
    changes[member] += change;
    for (int sum : sumsOf[member]) {
      excesses[sum] += sign(sum, member) * change;
    }
  }

  private int sign(int sum, int member) {
    Neighbourhood.Sum of = near.sums().get(sum);
    for (int i = 0; i < of.members().length; i++) {
      if (of.members()[i] == member) {
        return of.signs()[i];
      }
    }
    return 0;
  }
}
