package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model.Interaction;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.expectations.readiness.RegionReadiness.Status;

/**
 * One region and model under judgement: first the region as a whole, then its levels, then the
 * factors that are left, and last the design they make.
 */
final class Judgement {
  private final RegionCells region;
  private final List<Factor> factors;
  private final Thresholds thresholds;
  private final List<Interaction> interactions;
  private final boolean isPenalised;
  private final List<Reason> reasons = new ArrayList<>();
  private List<Adjustment> adjustments = List.of();

  /**
   * @param interactions of the model's factors
   * @param isPenalised whether estimates exist even where levels decide the outcome
   */
  Judgement(
      RegionCells region,
      List<Factor> factors,
      Thresholds thresholds,
      List<Interaction> interactions,
      boolean isPenalised) {
    this.interactions = List.copyOf(interactions);
    this.isPenalised = isPenalised;
    this.region = region;
    this.factors = List.copyOf(factors);
    this.thresholds = thresholds;
  }

  RegionReadiness judge() {
    CellTable all = region.cells();
    reasons.addAll(RegionGuards.of(region, factors, thresholds));
    unfit(all).ifPresent(reasons::add);
    if (isHeld()) {
      return held();
    }
    Levels levels = Levels.settle(all, factors, thresholds, isPenalised);
    adjustments = levels.adjustments();
    reasons.addAll(levels.reasons());
    if (!adjustments.isEmpty()) {
      unfit(levels.left()).ifPresent(reasons::add);
      if (isHeld()) {
        return held();
      }
    }
    Specification specification = Specification.of(all, levels, factors);
    reasons.addAll(specification.reasons());
    return isHeld() ? held() : decided(levels.left(), specification.factors());
  }

  private RegionReadiness decided(CellTable left, List<ModelFactor> specified) {
    DesignGuards design =
        DesignGuards.of(left, specified, interest(), thresholds, interactions, isPenalised);
    reasons.addAll(design.reasons());
    if (isHeld()) {
      return held();
    }
    boolean isAdjusted = reasons.stream().anyMatch(r -> r.code().effect() == Effect.ADJUSTS);
    return new RegionReadiness(
        isAdjusted ? Status.ADJUSTED : Status.FITTED, design.factors(), adjustments, reasons);
  }

  private List<String> interest() {
    return factors.stream().filter(Factor::interest).map(Factor::name).toList();
  }

  /** Why these people cannot be modelled, however they are divided. */
  private Optional<Reason> unfit(CellTable left) {
    Cell total = left.total();
    if (total.n() < thresholds.minCohort()) {
      return Optional.of(
          Reason.ofRegion(
              ReasonCode.COHORT_TOO_SMALL,
              total,
              Wording.cohortTooSmall(
                  total.n(), region.cells().total().n(), thresholds.minCohort())));
    }
    if (total.events() == 0 || total.isAllEvents()) {
      return Optional.of(
          Reason.ofRegion(ReasonCode.OUTCOME_CONSTANT, total, Wording.outcomeConstant(total)));
    }
    return Optional.empty();
  }

  private boolean isHeld() {
    return reasons.stream().anyMatch(reason -> reason.code().effect() == Effect.HOLDS);
  }

  private RegionReadiness held() {
    return new RegionReadiness(Status.HELD, List.of(), adjustments, reasons);
  }

  /** The design of cells under these factors. */
  static DesignMatrix design(CellTable cells, List<ModelFactor> factors) {
    return design(cells, factors, List.of());
  }

  /** The design of cells under these factors, and those of the interactions that they can have. */
  static DesignMatrix design(
      CellTable cells, List<ModelFactor> factors, List<Interaction> interactions) {
    return DesignMatrix.ofTerms(
        cells.collapseTo(factors.stream().map(ModelFactor::name).toList()),
        DesignTerm.of(
            factors, interactions.stream().map(i -> List.of(i.first(), i.second())).toList()));
  }
}
