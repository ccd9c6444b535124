package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Sparse;
import org.assay.common.cohort.Thresholds;

/** Leaves out or merges levels until all that are left can be estimated. */
final class Levels {
  private final List<Factor> factors;
  private final Thresholds thresholds;
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();
  private final boolean isPenalised;
  private CellTable left;

  private Levels(
      CellTable cells, List<Factor> factors, Thresholds thresholds, boolean isPenalised) {
    this.isPenalised = isPenalised;
    this.left = cells;
    this.factors = factors;
    this.thresholds = thresholds;
  }

  /**
   * Adjusts level after level, since leaving one out may empty another, until all are sound.
   *
   * @param isPenalised whether levels may be without events, or have nothing else
   */
  static Levels settle(
      CellTable cells, List<Factor> factors, Thresholds thresholds, boolean isPenalised) {
    Levels levels = new Levels(cells, factors, thresholds, isPenalised);
    boolean isAdjusted = true;
    while (isAdjusted) {
      int before = levels.adjustments.size();
      factors.forEach(levels::adjust);
      isAdjusted = levels.adjustments.size() > before;
    }
    return levels;
  }

  /** The cells that are left. */
  CellTable left() {
    return left;
  }

  /** What was done, in order. */
  List<Adjustment> adjustments() {
    return List.copyOf(adjustments);
  }

  /** Why, in the same order. */
  List<Reason> reasons() {
    return List.copyOf(reasons);
  }

  /** Whether anybody is in a level that a model could have; without one the factor leaves. */
  static boolean isUsable(Factor factor, Map<String, Cell> margin) {
    return margin.keySet().stream()
        .anyMatch(level -> factor.levels().contains(level) && !factor.isNotKnown(level));
  }

  private void adjust(Factor factor) {
    Map<String, Cell> margin = left.margin(factor.name());
    if (margin.isEmpty() || !isUsable(factor, margin)) {
      return; // left out as a whole once it is specified, and not its people
    }
    if (margin.size() < 2) {
      return; // so is a factor with one level
    }
    for (String level : inTurn(factor, margin)) {
      Optional<ReasonCode> fault = fault(factor, level, margin.get(level));
      if (fault.isPresent()) {
        boolean isMerged = adjust(factor, level, margin.get(level), fault.get());
        if (isMerged) {
          adjust(factor); // the margin has changed
          return;
        }
      }
    }
  }

  /** In their order, but the level that others are counted with comes last: it may yet grow. */
  private static List<String> inTurn(Factor factor, Map<String, Cell> margin) {
    List<String> levels = new ArrayList<>(margin.keySet());
    if (factor.sparse() instanceof Sparse.IntoLevel into && levels.remove(into.level())) {
      levels.add(into.level());
    }
    return levels;
  }

  private boolean adjust(Factor factor, String level, Cell people, ReasonCode fault) {
    Optional<String> into =
        fault == ReasonCode.LEVEL_UNLISTED || fault == ReasonCode.LEVEL_NOT_KNOWN
            ? Optional.empty()
            : Merging.into(factor, level, left.margin(factor.name()));
    Adjustment adjustment = new Adjustment(factor.name(), level, into);
    adjustments.add(adjustment);
    reasons.add(
        Reason.ofLevel(
            fault,
            factor.name(),
            level,
            people,
            Wording.level(fault, factor.name(), level, people, thresholds)
                + Wording.done(adjustment)));
    left = adjustment.applyTo(left);
    return into.isPresent();
  }

  private Optional<ReasonCode> fault(Factor factor, String level, Cell people) {
    if (factor.isNotKnown(level)) {
      return Optional.of(ReasonCode.LEVEL_NOT_KNOWN);
    }
    if (!factor.levels().contains(level)) {
      return Optional.of(ReasonCode.LEVEL_UNLISTED);
    }
    if (people.n() < thresholds.minLevel()) {
      return Optional.of(ReasonCode.LEVEL_TOO_SMALL);
    }
    if (isPenalised) {
      return Optional.empty();
    }
    if (people.events() == 0) {
      return Optional.of(ReasonCode.LEVEL_NO_EVENTS);
    }
    return people.isAllEvents() ? Optional.of(ReasonCode.LEVEL_ALL_EVENTS) : Optional.empty();
  }
}
