package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts that add up: whoever knows a total and all parts but one knows that one. Each count is
 * shown, rounded, or withheld; from what is shown, bounds follow for what is not.
 *
 * @param <K> what names a count
 */
public final class AdditiveTable<K> {
  private static final int MAX_ROUNDS = 200;

  private final Rule rule;
  private final Map<K, Integer> places = new HashMap<>();
  private final List<K> names = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final List<Boolean> shown = new ArrayList<>();
  private final List<Boolean> meant = new ArrayList<>();
  private final List<Sum> sums = new ArrayList<>();

  /** A total and its parts. */
  private record Sum(int total, int[] parts) {}

  public AdditiveTable(Rule rule) {
    this.rule = rule;
  }

  /**
   * Adds a count, or does nothing if it is there.
   *
   * @param isPublished whether it is meant to be shown; what is never shown, such as people without
   *     the outcome, has to be protected all the same
   */
  public void add(K name, long count, boolean isPublished) {
    if (!places.containsKey(name)) {
      places.put(name, names.size());
      names.add(name);
      counts.add(count);
      shown.add(isPublished && !rule.suppresses(count));
      meant.add(isPublished);
    }
  }

  /** Says that some counts add up to another; all must have been added. */
  public void sum(K total, List<K> parts) {
    long added = parts.stream().mapToLong(part -> counts.get(places.get(part))).sum();
    if (added != counts.get(places.get(total))) {
      throw new IllegalArgumentException(
          "%s do not add up to %s: %d and %d"
              .formatted(parts, total, added, counts.get(places.get(total))));
    }
    sums.add(new Sum(places.get(total), parts.stream().mapToInt(places::get).toArray()));
  }

  /** Whether a count is there. */
  public boolean has(K name) {
    return places.containsKey(name);
  }

  /** Whether a count is shown. */
  public boolean isShown(K name) {
    return shown.get(places.get(name));
  }

  /** Shows it no longer. */
  void hide(int place) {
    shown.set(place, false);
  }

  /** All counts. */
  public List<K> names() {
    return List.copyOf(names);
  }

  int size() {
    return names.size();
  }

  long count(int place) {
    return counts.get(place);
  }

  /**
   * Whether nobody may learn it: a small count, or one that is withheld as if it were. What may be
   * any count at all, such as how many of a level another factor leaves out, is told by nothing.
   */
  boolean isProtected(int place) {
    return rule.isSmall(counts.get(place))
        || meant.get(place) && rule.suppresses(counts.get(place));
  }

  boolean isShown(int place) {
    return shown.get(place);
  }

  K name(int place) {
    return names.get(place);
  }

  Rule rule() {
    return rule;
  }

  /** For each sum its total and parts, as places. */
  List<int[]> lines() {
    List<int[]> lines = new ArrayList<>();
    for (Sum sum : sums) {
      int[] line = new int[sum.parts().length + 1];
      line[0] = sum.total();
      System.arraycopy(sum.parts(), 0, line, 1, sum.parts().length);
      lines.add(line);
    }
    return lines;
  }

  /**
   * What each count may be before anything is added up. Nobody is told whether a count is withheld
   * because it is small or for the sake of others; an attacker who knows is assumed.
   */
  Range[] alone() {
    Range[] ranges = new Range[size()];
    for (int i = 0; i < size(); i++) {
      boolean isBehindARule = shown.get(i) || meant.get(i) && rule.suppresses(counts.get(i));
      ranges[i] = isBehindARule ? rule.behind(counts.get(i)) : Range.ANY;
    }
    return ranges;
  }

  /**
   * What each count may be after everything is added up, by propagating bounds through the sums
   * until nothing changes: at least all that is possible.
   */
  public Map<K, Range> bounds() {
    Range[] ranges = propagated();
    Map<K, Range> bounds = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      bounds.put(names.get(i), ranges[i]);
    }
    return bounds;
  }

  Range[] propagated() {
    Range[] ranges = alone();
    Range[] before;
    int round = 0;
    do {
      before = ranges.clone();
      for (Sum sum : sums) {
        tighten(sum, ranges);
      }
    } while (!Arrays.equals(before, ranges) && ++round < MAX_ROUNDS);
    return ranges;
  }

  private static void tighten(Sum sum, Range[] ranges) {
    Range all = Range.exactly(0);
    for (int part : sum.parts()) {
      all = all.plus(ranges[part]);
    }
    ranges[sum.total()] = ranges[sum.total()].and(all);
    for (int part : sum.parts()) {
      Range others = Range.exactly(0);
      for (int other : sum.parts()) {
        if (other != part) {
          others = others.plus(ranges[other]);
        }
      }
      ranges[part] = ranges[part].and(ranges[sum.total()].minus(others));
    }
  }
}
