package org.assay.expectations.readiness;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assay.common.cells.Cell;

/** How far the shares of a factor's levels lie apart. */
final class Drifts {
  /** What takes the place of a share of 0 in a logarithm: half a person. */
  private static final double HALF = 0.5;

  private Drifts() {}

  /** ½ Σ |p − q|: the share of people who would have to change their level; 0 to 1. */
  static double totalVariation(Map<String, Cell> before, Map<String, Cell> after) {
    double sum = 0;
    for (String level : levels(before, after)) {
      sum += Math.abs(share(after, level) - share(before, level));
    }
    return sum / 2;
  }

  /** Σ (p − q) ln(p / q), the population stability index; an empty level counts half a person. */
  static double stabilityIndex(Map<String, Cell> before, Map<String, Cell> after) {
    double sum = 0;
    for (String level : levels(before, after)) {
      double p = atLeastHalf(after, level);
      double q = atLeastHalf(before, level);
      sum += (p - q) * Math.log(p / q);
    }
    return sum;
  }

  /** Share of the people of a margin who are in a level. */
  static double share(Map<String, Cell> margin, String level) {
    return n(margin, level) / (double) Math.max(1, total(margin));
  }

  private static double atLeastHalf(Map<String, Cell> margin, String level) {
    return Math.max(HALF, n(margin, level)) / Math.max(1, total(margin));
  }

  /** The people of a margin who are in a level. */
  static long n(Map<String, Cell> margin, String level) {
    return margin.getOrDefault(level, Cell.NOBODY).n();
  }

  private static long total(Map<String, Cell> margin) {
    return margin.values().stream().mapToLong(Cell::n).sum();
  }

  private static Set<String> levels(Map<String, Cell> before, Map<String, Cell> after) {
    Set<String> levels = new TreeSet<>(before.keySet());
    levels.addAll(after.keySet());
    return levels;
  }
}
