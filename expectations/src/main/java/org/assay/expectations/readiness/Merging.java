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
   * The level that is configured, if anybody is in it; never the reference, and nothing for the
   * reference itself, whose meaning must be the same in every region.
   *
   * @param margin counts by inhabited level
   */
  static Optional<String> into(Factor factor, String level, Map<String, Cell> margin) {
    if (level.equals(factor.reference())) {
      return Optional.empty();
    }
    if (factor.sparse() instanceof Sparse.IntoLevel into) {
      return Optional.of(into.level())
          .filter(name -> !name.equals(level) && margin.containsKey(name));
    }
    return factor.sparse() instanceof Sparse.IntoNeighbour
        ? neighbour(factor, level, margin)
        : Optional.empty();
  }

  /** The inhabited level beside this one, the smaller of two. */
  private static Optional<String> neighbour(Factor factor, String level, Map<String, Cell> margin) {
    List<String> inhabited = factor.levels().stream().filter(margin::containsKey).toList();
    int at = inhabited.indexOf(level);
    return Stream.of(at - 1, at + 1)
        .filter(i -> i >= 0 && i < inhabited.size())
        .map(inhabited::get)
        .filter(beside -> !beside.equals(factor.reference()))
        .min(Comparator.comparingLong(beside -> margin.get(beside).n()));
  }
}
