package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Model.Interaction;
import org.assay.common.cohort.Thresholds;

/** Whether the design that is left has an estimate: its rank, separation, and enough of events. */
final class DesignGuards {
  private final CellTable cells;
  private final List<String> interest;
  private final Thresholds thresholds;
  private final List<Interaction> interactions;
  private final boolean isPenalised;
  private final List<Reason> reasons = new ArrayList<>();
  private List<ModelFactor> factors;

  private DesignGuards(
      CellTable cells,
      List<ModelFactor> factors,
      List<String> interest,
      Thresholds thresholds,
      List<Interaction> interactions,
      boolean isPenalised) {
    this.interactions = interactions;
    this.isPenalised = isPenalised;
    this.cells = cells;
    this.factors = factors;
    this.interest = interest;
    this.thresholds = thresholds;
  }

  /**
   * Judges a design.
   *
   * @param interest factors that may not be left out
   * @param interactions of the model; one that people are too few for is left out
   * @param isPenalised whether estimates exist even where levels decide the outcome
   */
  static DesignGuards of(
      CellTable cells,
      List<ModelFactor> factors,
      List<String> interest,
      Thresholds thresholds,
      List<Interaction> interactions,
      boolean isPenalised) {
    DesignGuards guards =
        new DesignGuards(cells, factors, interest, thresholds, interactions, isPenalised);
    guards
        .ofFullRank()
        .ifPresent(
            design -> {
              DesignMatrix whole = guards.withInteractions(design);
              guards.separation(whole);
              guards.events(whole);
              guards.degreesOfFreedom(whole);
            });
    return guards;
  }

  /** The factors that are left. */
  List<ModelFactor> factors() {
    return factors;
  }

  /** What is told of the design. */
  List<Reason> reasons() {
    return List.copyOf(reasons);
  }

  /** The design without factors that say what others say; empty if that does not help. */
  private Optional<DesignMatrix> ofFullRank() {
    while (true) {
      List<ModelFactor> ordered = interestFirst();
      DesignMatrix design = Judgement.design(cells, ordered);
      DesignRank rank = DesignRank.of(design);
      if (rank.dependent().isEmpty()) {
        return Optional.of(design);
      }
      Optional<ModelFactor> aliased = aliased(rank, ordered);
      if (aliased.isEmpty()) {
        disconnected(design, rank);
        return Optional.empty();
      }
      reasons.add(
          Reason.ofFactor(
              ReasonCode.ALIASED,
              aliased.get().name(),
              cells.total(),
              Wording.aliased(aliased.get().name(), others(design, rank, aliased.get().name()))));
      factors = factors.stream().filter(f -> !f.equals(aliased.get())).toList();
    }
  }

  /** With the interactions that the region's people tell apart; the others are left out. */
  private DesignMatrix withInteractions(DesignMatrix mainEffects) {
    DesignMatrix design = mainEffects;
    List<Interaction> kept = new ArrayList<>();
    for (Interaction interaction : interactions) {
      kept.add(interaction);
      DesignMatrix more = Judgement.design(cells, interestFirst(), kept);
      if (DesignRank.of(more).dependent().isEmpty()) {
        design = more;
      } else {
        kept.remove(interaction);
        reasons.add(
            Reason.ofFactor(
                ReasonCode.INTERACTION_LEFT_OUT,
                interaction.label(),
                cells.total(),
                Wording.interaction(interaction.label())));
      }
    }
    return design;
  }

  /** What the cohort is about comes first, so that of two that say the same the other leaves. */
  private List<ModelFactor> interestFirst() {
    return factors.stream()
        .sorted(Comparator.comparing(factor -> !interest.contains(factor.name())))
        .toList();
  }

  /** The last factor without which the design tells as much, if it may be left out. */
  private Optional<ModelFactor> aliased(DesignRank rank, List<ModelFactor> ordered) {
    return ordered.stream()
        .filter(factor -> !interest.contains(factor.name()))
        .filter(
            factor -> {
              List<ModelFactor> others =
                  ordered.stream().filter(other -> !other.equals(factor)).toList();
              return DesignRank.of(Judgement.design(cells, others)).rank() == rank.rank();
            })
        .reduce((first, last) -> last);
  }

  private static Set<String> others(DesignMatrix design, DesignRank rank, String factor) {
    Set<String> others = new TreeSet<>();
    for (double[] vector : rank.nullSpace()) {
      Set<String> named = named(design, vector, true);
      if (named.contains(factor)) {
        others.addAll(named);
      }
    }
    others.remove(factor);
    return others;
  }

  private void disconnected(DesignMatrix design, DesignRank rank) {
    Set<String> levels = new TreeSet<>();
    rank.nullSpace().forEach(vector -> levels.addAll(named(design, vector, false)));
    reasons.add(
        Reason.ofRegion(ReasonCode.DISCONNECTED, cells.total(), Wording.disconnected(levels)));
  }

  /** The factors, or factors with levels, in which a vector is not 0. */
  private static Set<String> named(DesignMatrix design, double[] vector, boolean factorsOnly) {
    Set<String> named = new TreeSet<>();
    for (int column = 0; column < vector.length; column++) {
      Term term = design.terms().get(column);
      if (vector[column] != 0 && !term.equals(Term.INTERCEPT)) {
        named.add(factorsOnly ? term.factor() : Wording.named(term.factor(), term.level()));
      }
    }
    return named;
  }

  private void separation(DesignMatrix design) {
    Separation.of(design)
        .direction()
        .ifPresent(
            direction ->
                reasons.add(
                    Reason.ofRegion(
                        isPenalised ? ReasonCode.SEPARATED_PENALISED : ReasonCode.SEPARATED,
                        cells.total(),
                        Wording.separated(named(design, direction, false)))));
  }

  private void events(DesignMatrix design) {
    Cell total = cells.total();
    int coefficients = design.columns() - 1;
    Limit limit = thresholds.eventsPerTerm();
    switch (limit.below(total.rarer() / (double) coefficients)) {
      case HOLD ->
          reasons.add(
              Reason.ofRegion(
                  ReasonCode.EVENTS_TOO_FEW,
                  total,
                  Wording.events(total, coefficients, limit.hold())));
      case WARN ->
          reasons.add(
              Reason.ofRegion(
                  ReasonCode.LOW_EPV, total, Wording.events(total, coefficients, limit.warn())));
      case NONE -> {}
    }
  }

  private void degreesOfFreedom(DesignMatrix design) {
    int df = design.rows() - design.columns();
    if (df < 1) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.SATURATED, cells.total(), Wording.saturated(design.columns())));
    } else if (df < thresholds.estimates().minResidualDf()) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.FEW_RESIDUAL_DF,
              cells.total(),
              Wording.fewResidualDf(
                  design.rows(), design.columns(), thresholds.estimates().minResidualDf())));
    }
  }
}
