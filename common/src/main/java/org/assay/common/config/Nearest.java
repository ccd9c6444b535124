package org.assay.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The allowed word that is at most a third of its letters away, if there is one. */
  static Optional<String> to(String word, Collection<String> allowed) {
    return allowed.stream()
        .min(
            Comparator.<String>comparingInt(known -> distance(word, known))
                .thenComparing(known -> known))
        .filter(known -> distance(word, known) <= Math.max(2, known.length() / 3));
  }

  /** Levenshtein distance with adjacent swaps counted once (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, d);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] d) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
