package org.assay.expectations.readiness;

import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** The figures behind a judgement, for whoever asks why. */
public final class GuardFigures {
  private final RegionCells region;
  private final List<Factor> factors;
  private final Thresholds thresholds;
  private final RegionReadiness readiness;
  private final List<Figure> figures = new ArrayList<>();

  private GuardFigures(
      RegionCells region, List<Factor> factors, Thresholds thresholds, RegionReadiness readiness) {
    this.region = region;
    this.factors = factors;
    this.thresholds = thresholds;
    this.readiness = readiness;
  }

  /**
   * All figures that can be told, in the order of the guards.
   *
   * @param readiness what was decided of exactly these
   */
  public static List<Figure> of(
      RegionCells region, List<Factor> factors, Thresholds thresholds, RegionReadiness readiness) {
    GuardFigures all = new GuardFigures(region, factors, thresholds, readiness);
    all.ofRegion();
    factors.forEach(all::ofFactor);
    if (readiness.status() != Status.HELD) {
      all.ofDesign();
    }
    return all.figures.stream().sorted(Comparator.comparing(Figure::guard)).toList();
  }

  private void add(Guard guard, Optional<String> about, String found, String allowed) {
    figures.add(
        new Figure(guard, about.orElse(""), found, allowed, verdict(readiness, guard, about)));
  }

  /** The worst that a guard says of a region or factor. */
  public static String verdict(RegionReadiness readiness, Guard guard, Optional<String> about) {
    return readiness.reasons().stream()
        .filter(reason -> guard.codes().contains(reason.code()))
        .filter(reason -> about.isEmpty() || reason.factor().equals(about))
        .map(reason -> reason.code().effect())
        .min(Comparator.naturalOrder())
        .map(
            effect ->
                switch (effect) {
                  case HOLDS -> "held";
                  case ADJUSTS -> "adjusted";
                  case NOTES -> "noted";
                })
        .orElse("ok");
  }

  private void ofRegion() {
    Cell total = region.cells().total();
    add(
        Guard.G01,
        Optional.empty(),
        region.region().map(code -> "\"" + code + "\"").orElse("null"),
        region.list().map(list -> "one of " + list.says()).orElse("any name"));
    long missing = region.outcomeNotKnown();
    add(
        Guard.G04,
        Optional.empty(),
        format(
            "%s without outcome (%s)",
            people(missing), percent(missing / (double) Math.max(1, total.n() + missing))),
        atMost(thresholds.outcomeNotKnown()));
    add(
        Guard.G06,
        Optional.empty(),
        people(total.n()),
        format("at least %,d", thresholds.minCohort()));
    add(
        Guard.G07,
        Optional.empty(),
        total.isRate()
            ? format("%,d events", total.events())
            : format("%,d with the outcome", total.events()),
        "some, not all");
    region
        .before()
        .ifPresent(
            before -> {
              long was = before.total().n();
              add(
                  Guard.G03,
                  Optional.empty(),
                  format(
                      "%s, %,d before (%s)",
                      people(total.n()),
                      was,
                      percent(Math.abs(total.n() - was) / (double) Math.max(1, was))),
                  atMost(thresholds.comparison().sizeChange()));
            });
  }

  private void ofFactor(Factor factor) {
    Optional<String> about = Optional.of(factor.name());
    Map<String, Cell> margin = region.cells().margin(factor.name());
    add(Guard.G09, about, format("%,d levels with people", margin.size()), "at least 2");
    if (factor.interest()) {
      long missing =
          margin.entrySet().stream()
              .filter(level -> factor.isNotKnown(level.getKey()))
              .mapToLong(level -> level.getValue().n())
              .sum();
      add(
          Guard.G19,
          about,
          format(
              "not known for %s (%s)",
              people(missing), percent(missing / (double) Math.max(1, region.cells().total().n()))),
          atMost(thresholds.notKnown()));
    }
    region
        .before()
        .map(before -> before.margin(factor.name()))
        .filter(was -> !was.isEmpty() && !margin.isEmpty())
        .ifPresent(
            was ->
                add(
                    Guard.G20,
                    about,
                    format(
                        "shares moved by %s, index %.3f",
                        percent(Drifts.totalVariation(was, margin)),
                        Drifts.stabilityIndex(was, margin)),
                    atMost(thresholds.comparison().shareChange())
                        + format(", index %.2f", thresholds.comparison().stabilityIndex())));
  }

  private void ofDesign() {
    CellTable left = Adjustment.applyAll(region.cells(), readiness.adjustments());
    for (ModelFactor factor : readiness.factors()) {
      Map<String, Cell> margin = left.margin(factor.name());
      String smallest =
          factor.levels().stream()
              .min(Comparator.comparingLong(level -> margin.get(level).n()))
              .orElseThrow();
      add(
          Guard.G10,
          Optional.of(factor.name()),
          format("fewest in %s: %s", smallest, people(margin.get(smallest).n())),
          format("at least %,d", thresholds.minLevel()));
      add(
          Guard.G12,
          Optional.of(factor.name()),
          format("%s in %s", people(margin.get(factor.reference()).n()), factor.reference()),
          "somebody");
    }
    DesignMatrix design = Judgement.design(left, readiness.factors());
    Separation separation = Separation.of(design);
    Cell total = left.total();
    add(
        Guard.G08,
        Optional.empty(),
        format(
            "%.1f for each coefficient",
            total.rarer() / (double) Math.max(1, design.columns() - 1)),
        format(
            "at least %s, %s to be fitted",
            Wording.number(thresholds.eventsPerTerm().warn()),
            Wording.number(thresholds.eventsPerTerm().hold())));
    add(
        Guard.G13,
        Optional.empty(),
        format("rank %d", DesignRank.of(design).rank()),
        format("%d columns", design.columns()));
    add(
        Guard.G14,
        Optional.empty(),
        format(
            "%s; decided by %s",
            separation.direction().isPresent() ? "separated" : "all estimates finite",
            switch (separation.how()) {
              case RANK -> "the rank of cells with both outcomes";
              case ONE_VECTOR -> "the signs of one vector";
              case LINEAR_PROGRAMME -> "a linear programme";
            }),
        "finite");
    add(
        Guard.G15,
        Optional.empty(),
        format("%,d cells, %,d coefficients", design.rows(), design.columns()),
        format("at least %,d more", thresholds.estimates().minResidualDf()));
  }

  private static String atMost(Limit limit) {
    return limit.hold() == Double.MAX_VALUE
        ? ""
        : format("at most %s, %s to be fitted", percent(limit.warn()), percent(limit.hold()));
  }

  private static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }
}
