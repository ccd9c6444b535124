package org.assay.gold.inference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Benjamini and Hochberg's control of the false discovery rate (1995, JRSS-B 57:289). */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The q-value of each test: min over j ≥ i of min(1, m p₍ⱼ₎ / j). What is not a number was not
   * tested, stays so, and is not counted in m.
   */
  public static double[] qValues(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .mapToInt(i -> i)
            .toArray();
    double[] q = p.clone();
    double smallest = 1;
    for (int k = 0; k < order.length; k++) {
      int rank = order.length - k;
      smallest = Math.min(smallest, p[order[k]] * order.length / rank);
      q[order[k]] = smallest;
    }
    return q;
  }
}
