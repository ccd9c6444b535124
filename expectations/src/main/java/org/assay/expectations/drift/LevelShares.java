package org.assay.expectations.drift;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares how often values stand in two deliveries. */
public final class LevelShares {
  private LevelShares() {}

  /**
   * The total variation distance: half the sum of the absolute differences of shares, from 0 where
   * they are equal to 1 where no value is in both. Summed in the order of the values.
   *
   * @param before rows by value, one row or more
   * @param now rows by value, one row or more
   */
  public static double distance(Map<String, Long> before, Map<String, Long> now) {
    double rowsBefore = total(before);
    double rowsNow = total(now);
    Set<String> values = new TreeSet<>(before.keySet());
    values.addAll(now.keySet());
    double sum = 0;
    for (String value : values) {
      sum +=
          Math.abs(
              now.getOrDefault(value, 0L) / rowsNow - before.getOrDefault(value, 0L) / rowsBefore);
    }
    return sum / 2;
  }

  private static double total(Map<String, Long> rows) {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The values that are in one and not in the other. */
  public static Set<String> only(Map<String, Long> in, Map<String, Long> notIn) {
    Set<String> only = new TreeSet<>(in.keySet());
    only.removeAll(notIn.keySet());
    return only;
  }
}
