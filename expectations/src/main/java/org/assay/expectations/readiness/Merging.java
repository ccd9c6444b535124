package org.assay.expectations.readiness;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Sparse;

/** Finds the level that a sparse one is counted with. */
final class Merging {
  private Merging() {}

  /**
   * The level that is configured, if anybody is in it; never what others are compared with, and
   * nothing for that itself, whose meaning must be the same in every region.
   *
   * @param margin counts by inhabited level
   */
  static Optional<String> into(Factor factor, String level, Map<String, Cell> margin) {
    String reference = reference(factor, margin);
    if (level.equals(factor.reference()) || level.equals(reference)) {
      return Optional.empty();
    }
    Optional<String> into =
        factor.sparse() instanceof Sparse.IntoLevel named
            ? Optional.of(named.level()).filter(margin::containsKey)
            : factor.sparse() instanceof Sparse.IntoNeighbour
                ? neighbour(factor, level, margin, reference)
                : Optional.empty();
    return into.filter(name -> !name.equals(level) && !name.equals(reference));
  }

  /** The reference, or what stands in for it where nobody is in it. */
  private static String reference(Factor factor, Map<String, Cell> margin) {
    return margin.containsKey(factor.reference())
        ? factor.reference()
        : factor.fallbacks().stream()
            .filter(margin::containsKey)
            .findFirst()
            .orElse(factor.reference());
  }

  /** The inhabited level beside this one, the smaller of two. */
  private static Optional<String> neighbour(
      Factor factor, String level, Map<String, Cell> margin, String reference) {
    List<String> inhabited = factor.levels().stream().filter(margin::containsKey).toList();
    int at = inhabited.indexOf(level);
    return Stream.of(at - 1, at + 1)
        .filter(i -> i >= 0 && i < inhabited.size())
        .map(inhabited::get)
        .filter(beside -> !beside.equals(reference))
        .min(Comparator.comparingLong(beside -> margin.get(beside).n()));
  }
}
