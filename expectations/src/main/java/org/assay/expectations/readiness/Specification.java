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

/** The factors as they enter the model, from the levels that are left. */
final class Specification {
  private final CellTable all;
  private final Levels levels;
  private final List<ModelFactor> factors = new ArrayList<>();
  private final List<Reason> reasons = new ArrayList<>();

  private Specification(CellTable all, Levels levels) {
    this.all = all;
    this.levels = levels;
  }

  static Specification of(CellTable all, Levels levels, List<Factor> factors) {
    Specification specification = new Specification(all, levels);
    factors.forEach(specification::specify);
    specification.refuseWithout(factors);
    return specification;
  }

  /** The factors that the model can have. */
  List<ModelFactor> factors() {
    return List.copyOf(factors);
  }

  /** What is told of the others, and of levels without people. */
  List<Reason> reasons() {
    return List.copyOf(reasons);
  }

  private void specify(Factor factor) {
    Map<String, Cell> margin = levels.left().margin(factor.name());
    if (!margin.isEmpty() && !Levels.isUsable(factor, margin)) {
      reasons.add(
          Reason.ofFactor(
              ReasonCode.FACTOR_UNUSABLE,
              factor.name(),
              levels.left().total(),
              Wording.unusable(factor.name())));
      return;
    }
    List<String> present = present(factor);
    noteEmptyLevels(factor, present);
    noteEmptiedLevels(factor, present);
    if (present.size() < 2) {
      reasons.add(
          Reason.ofFactor(
              ReasonCode.FACTOR_SINGLE_LEVEL,
              factor.name(),
              levels.left().total(),
              Wording.singleLevel(factor.name(), present, levels.left().total().n())));
      return;
    }
    reference(factor, present)
        .ifPresent(reference -> factors.add(new ModelFactor(factor.name(), reference, present)));
  }

  private Optional<String> reference(Factor factor, List<String> present) {
    if (present.contains(factor.reference())) {
      return Optional.of(factor.reference());
    }
    Optional<String> fallback = factor.fallbacks().stream().filter(present::contains).findFirst();
    ReasonCode code =
        fallback.isPresent() ? ReasonCode.REFERENCE_FALLBACK : ReasonCode.REFERENCE_MISSING;
    reasons.add(
        Reason.ofFactor(
            code,
            factor.name(),
            levels.left().total(),
            fallback
                .map(level -> Wording.referenceFallback(factor, level))
                .orElseGet(() -> Wording.referenceMissing(factor))));
    return fallback;
  }

  /** Without the factor that the cohort is about, or without any, there is nothing to estimate. */
  private void refuseWithout(List<Factor> declared) {
    boolean isRefused = reasons.stream().anyMatch(r -> r.code() == ReasonCode.REFERENCE_MISSING);
    List<String> names = factors.stream().map(ModelFactor::name).toList();
    Optional<String> lost =
        declared.stream()
            .filter(f -> f.interest() && !names.contains(f.name()))
            .map(Factor::name)
            .findFirst();
    if (!isRefused && (lost.isPresent() || names.isEmpty())) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.NOT_ESTIMABLE, levels.left().total(), Wording.notEstimable(lost)));
    }
  }

  private List<String> present(Factor factor) {
    Set<String> inhabited = levels.left().margin(factor.name()).keySet();
    List<String> listed = factor.levels().stream().filter(inhabited::contains).toList();
    return listed.isEmpty() ? List.copyOf(inhabited) : listed;
  }

  private void noteEmptyLevels(Factor factor, List<String> present) {
    Set<String> everInhabited = all.margin(factor.name()).keySet();
    List<String> empty =
        factor.levels().stream().filter(level -> !everInhabited.contains(level)).toList();
    if (!empty.isEmpty()) {
      noted(factor, Wording.levelsEmpty(factor.name(), empty, present));
    }
  }

  /** Levels whose people all left with levels of other factors. */
  private void noteEmptiedLevels(Factor factor, List<String> present) {
    List<String> adjusted =
        levels.adjustments().stream()
            .filter(a -> a.factor().equals(factor.name()))
            .map(Adjustment::level)
            .toList();
    List<String> emptied =
        all.margin(factor.name()).keySet().stream()
            .filter(level -> !present.contains(level) && !adjusted.contains(level))
            .toList();
    if (!emptied.isEmpty()) {
      noted(factor, Wording.levelsEmptied(factor.name(), emptied));
    }
  }

  private void noted(Factor factor, String sentence) {
    reasons.add(Reason.ofFactor(ReasonCode.LEVEL_EMPTY, factor.name(), Cell.NOBODY, sentence));
  }
}
