package org.assay.expectations.readiness;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Factor;

/** Finds the level that a sparse one is merged with. */
final class Neighbours {
  private Neighbours() {}

  /**
   * The inhabited level beside this one, the smaller of two; never the reference, and nothing for
   * the reference itself, whose meaning must be the same in every region.
   *
   * @param margin counts by inhabited level
   */
  static Optional<String> of(Factor factor, String level, Map<String, Cell> margin) {
    if (factor.sparse() != Factor.Sparse.NEIGHBOUR || level.equals(factor.reference())) {
      return Optional.empty();
    }
    List<String> inhabited = factor.levels().stream().filter(margin::containsKey).toList();
    int at = inhabited.indexOf(level);
    return Stream.of(at - 1, at + 1)
        .filter(i -> i >= 0 && i < inhabited.size())
        .map(inhabited::get)
        .filter(beside -> !beside.equals(factor.reference()))
        .min(Comparator.comparingLong(beside -> margin.get(beside).n()));
  }
}
