package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** One region and model under judgement: the cells that are left, and what was decided so far. */
final class Judgement {
  private final CellTable all;
  private final List<Factor> factors;
  private final Thresholds thresholds;
  private final List<Adjustment> adjustments = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();
  private CellTable left;

  Judgement(CellTable cells, List<Factor> factors, Thresholds thresholds) {
    this.all = cells;
    this.left = cells;
    this.factors = factors;
    this.thresholds = thresholds;
  }

  RegionReadiness judge() {
    return holdIfUnfit()
        .or(
            () -> {
              settleLevels();
              return adjustments.isEmpty() ? Optional.empty() : holdIfUnfit();
            })
        .orElseGet(this::specify);
  }

  RegionReadiness held(ReasonCode code, String sentence) {
    reasons.add(Reason.ofRegion(code, left.total(), sentence));
    return held();
  }

  private RegionReadiness held() {
    return new RegionReadiness(Status.HELD, List.of(), adjustments, reasons);
  }

  private Optional<RegionReadiness> holdIfUnfit() {
    Cell total = left.total();
    if (total.n() < thresholds.minCohort()) {
      return Optional.of(
          held(
              ReasonCode.COHORT_TOO_SMALL,
              Wording.cohortTooSmall(total.n(), all.total().n(), thresholds.minCohort())));
    }
    if (total.events() == 0 || total.events() == total.n()) {
      return Optional.of(held(ReasonCode.OUTCOME_CONSTANT, Wording.outcomeConstant(total)));
    }
    return Optional.empty();
  }

  /** Adjusts level after level, since leaving one out may empty another, until all are sound. */
  private void settleLevels() {
    boolean adjusted = true;
    while (adjusted) {
      int before = adjustments.size();
      factors.forEach(this::adjust);
      adjusted = adjustments.size() > before;
    }
  }

  private void adjust(Factor factor) {
    Map<String, Cell> margin = left.margin(factor.name());
    if (margin.size() < 2) {
      return; // left out as a whole in specify()
    }
    for (Map.Entry<String, Cell> level : margin.entrySet()) {
      Optional<ReasonCode> fault = fault(factor, level.getKey(), level.getValue());
      if (fault.isPresent()) {
        boolean merged = adjust(factor, level.getKey(), level.getValue(), fault.get());
        if (merged) {
          adjust(factor); // the margin has changed
          return;
        }
      }
    }
  }

  private boolean adjust(Factor factor, String level, Cell people, ReasonCode fault) {
    Optional<String> neighbour =
        fault == ReasonCode.LEVEL_UNLISTED || fault == ReasonCode.LEVEL_NOT_KNOWN
            ? Optional.empty()
            : Neighbours.of(factor, level, left.margin(factor.name()));
    Adjustment adjustment = new Adjustment(factor.name(), level, neighbour);
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
    return neighbour.isPresent();
  }

  private Optional<ReasonCode> fault(Factor factor, String level, Cell people) {
    boolean listed = factor.levels().contains(level);
    if (level.equals(Factor.NOT_KNOWN) && !listed) {
      return Optional.of(ReasonCode.LEVEL_NOT_KNOWN);
    }
    if (!listed) {
      return Optional.of(ReasonCode.LEVEL_UNLISTED);
    }
    if (people.n() < thresholds.minLevel()) {
      return Optional.of(ReasonCode.LEVEL_TOO_SMALL);
    }
    if (people.events() == 0) {
      return Optional.of(ReasonCode.LEVEL_NO_EVENTS);
    }
    return people.events() == people.n()
        ? Optional.of(ReasonCode.LEVEL_ALL_EVENTS)
        : Optional.empty();
  }

  private RegionReadiness specify() {
    List<ModelFactor> specified = new ArrayList<>();
    for (Factor factor : factors) {
      List<String> present = present(factor);
      noteEmptyLevels(factor, present);
      noteEmptiedLevels(factor, present);
      if (present.size() < 2) {
        leaveOut(factor, present);
      } else if (!present.contains(factor.reference())) {
        reasons.add(
            Reason.ofFactor(
                ReasonCode.REFERENCE_MISSING,
                factor.name(),
                left.total(),
                Wording.referenceMissing(factor)));
        return held();
      } else {
        specified.add(new ModelFactor(factor.name(), factor.reference(), present));
      }
    }
    return decided(specified);
  }

  private RegionReadiness decided(List<ModelFactor> specified) {
    List<String> names = specified.stream().map(ModelFactor::name).toList();
    Optional<Factor> lostInterest =
        factors.stream().filter(f -> f.interest() && !names.contains(f.name())).findFirst();
    if (lostInterest.isPresent() || specified.isEmpty()) {
      return held(ReasonCode.NOT_ESTIMABLE, Wording.notEstimable(lostInterest.map(Factor::name)));
    }
    Status status = reasons.isEmpty() ? Status.FITTED : Status.ADJUSTED;
    return new RegionReadiness(status, specified, adjustments, reasons);
  }

  private List<String> present(Factor factor) {
    Set<String> inhabited = left.margin(factor.name()).keySet();
    List<String> listed = factor.levels().stream().filter(inhabited::contains).toList();
    return listed.isEmpty() ? List.copyOf(inhabited) : listed;
  }

  private void noteEmptyLevels(Factor factor, List<String> present) {
    Set<String> everInhabited = all.margin(factor.name()).keySet();
    List<String> empty =
        factor.levels().stream().filter(level -> !everInhabited.contains(level)).toList();
    if (!empty.isEmpty()) {
      reasons.add(
          Reason.ofFactor(
              ReasonCode.LEVEL_EMPTY,
              factor.name(),
              Cell.NOBODY,
              Wording.levelsEmpty(factor.name(), empty, present)));
    }
  }

  /** Levels whose people all left with levels of other factors. */
  private void noteEmptiedLevels(Factor factor, List<String> present) {
    List<String> adjusted =
        adjustments.stream()
            .filter(a -> a.factor().equals(factor.name()))
            .map(Adjustment::level)
            .toList();
    List<String> emptied =
        all.margin(factor.name()).keySet().stream()
            .filter(level -> !present.contains(level) && !adjusted.contains(level))
            .toList();
    if (!emptied.isEmpty()) {
      reasons.add(
          Reason.ofFactor(
              ReasonCode.LEVEL_EMPTY,
              factor.name(),
              Cell.NOBODY,
              Wording.levelsEmptied(factor.name(), emptied)));
    }
  }

  private void leaveOut(Factor factor, List<String> present) {
    reasons.add(
        Reason.ofFactor(
            ReasonCode.FACTOR_SINGLE_LEVEL,
            factor.name(),
            left.total(),
            Wording.singleLevel(factor.name(), present, left.total().n())));
  }
}
