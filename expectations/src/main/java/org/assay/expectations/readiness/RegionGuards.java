package org.assay.expectations.readiness;

import static java.util.function.Predicate.not;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Thresholds;

/** What is told of a region as a whole, before any of its levels is looked at. */
final class RegionGuards {
  /** Standard errors within which a rate may have moved by chance. */
  private static final double CHANCE = 5;

  private final RegionCells region;
  private final List<Factor> factors;
  private final Thresholds thresholds;
  private final List<Reason> reasons = new ArrayList<>();

  private RegionGuards(RegionCells region, List<Factor> factors, Thresholds thresholds) {
    this.region = region;
    this.factors = factors;
    this.thresholds = thresholds;
  }

  /** All that is told, in the order of the guards. */
  static List<Reason> of(RegionCells region, List<Factor> factors, Thresholds thresholds) {
    RegionGuards guards = new RegionGuards(region, factors, thresholds);
    guards.outcomeNotKnown();
    guards.repeats();
    factors.stream().filter(Factor::interest).forEach(guards::notKnown);
    region
        .before()
        .filter(before -> thresholds.comparison().with() == Thresholds.Comparison.With.PUBLISHED)
        .ifPresent(guards::compare);
    return List.copyOf(guards.reasons);
  }

  private Cell total() {
    return region.cells().total();
  }

  private void ofRegion(ReasonCode code, String sentence) {
    reasons.add(Reason.ofRegion(code, total(), sentence));
  }

  /**
   * Everybody who is counted: nobody knows in which stratum those are whose outcome is not known.
   */
  private long all() {
    return Math.addExact(region.people(), region.outcomeNotKnown());
  }

  private void outcomeNotKnown() {
    long missing = region.outcomeNotKnown();
    long all = all();
    double share = missing / (double) Math.max(1, all);
    Limit limit = thresholds.outcomeNotKnown();
    switch (limit.above(share)) {
      case HOLD ->
          ofRegion(
              ReasonCode.OUTCOME_NOT_KNOWN,
              RegionWording.outcomeNotKnown(missing, all, limit.hold()));
      case WARN ->
          ofRegion(
              ReasonCode.OUTCOME_OFTEN_NOT_KNOWN,
              RegionWording.outcomeNotKnown(missing, all, limit.warn()));
      case NONE -> {}
    }
  }

  private void repeats() {
    if (region.repeats() > 0) {
      ofRegion(ReasonCode.PEOPLE_REPEATED, RegionWording.repeats(region.repeats(), all()));
    }
  }

  private void notKnown(Factor factor) {
    long missing = notKnown(factor, region.cells().margin(factor.name()));
    double share = missing / (double) Math.max(1, total().n());
    Limit limit = thresholds.notKnown();
    ReasonCode code =
        switch (limit.above(share)) {
          case HOLD -> ReasonCode.FACTOR_NOT_KNOWN;
          case WARN -> ReasonCode.FACTOR_OFTEN_NOT_KNOWN;
          case NONE -> null;
        };
    if (code != null) {
      double allowed = code == ReasonCode.FACTOR_NOT_KNOWN ? limit.hold() : limit.warn();
      reasons.add(
          Reason.ofFactor(
              code,
              factor.name(),
              Cell.of(missing, 0),
              RegionWording.notKnown(factor.name(), missing, total().n(), allowed)));
    }
  }

  private static long notKnown(Factor factor, Map<String, Cell> margin) {
    return margin.entrySet().stream()
        .filter(level -> factor.isNotKnown(level.getKey()))
        .mapToLong(level -> level.getValue().n())
        .sum();
  }

  private void compare(Profile before) {
    size(before.total().n());
    rate(before.total());
    for (Factor factor : factors) {
      Map<String, Cell> was = before.margin(factor.name());
      Map<String, Cell> is = region.cells().margin(factor.name());
      if (!was.isEmpty() && !is.isEmpty()) {
        levels(factor, was, is);
        shares(factor, was, is);
        notKnownMoved(factor, was, is);
      }
    }
  }

  private void size(long was) {
    long is = total().n();
    double change = Math.abs(is - was) / (double) Math.max(1, was);
    switch (thresholds.comparison().sizeChange().above(change)) {
      case HOLD -> ofRegion(ReasonCode.SIZE_CHANGED, RegionWording.size(was, is));
      case WARN -> ofRegion(ReasonCode.SIZE_MOVED, RegionWording.size(was, is));
      case NONE -> {}
    }
  }

  /** A rate may move by chance, the more the fewer people there are. */
  private void rate(Cell before) {
    Cell now = total();
    if (before.size() == 0 || now.size() == 0 || before.isRate() != now.isRate()) {
      return;
    }
    double was = before.rate();
    double is = now.rate();
    double error =
        now.isRate()
            ? Math.sqrt(was * (1 / before.size() + 1 / now.size()))
            : error(was, before.n(), now.n());
    double allowed = Math.max(CHANCE * error, thresholds.comparison().rateChange() * was);
    if (Math.abs(is - was) > allowed) {
      ofRegion(ReasonCode.RATE_MOVED, RegionWording.rate(before, now));
    }
  }

  private void levels(Factor factor, Map<String, Cell> was, Map<String, Cell> is) {
    is.keySet().stream()
        .filter(not(was::containsKey))
        .filter(level -> is.get(level).n() >= Math.max(1, thresholds.minLevel()))
        .forEach(
            level ->
                reasons.add(
                    Reason.ofLevel(
                        ReasonCode.LEVEL_APPEARED,
                        factor.name(),
                        level,
                        is.get(level),
                        RegionWording.appeared(factor.name(), level, is.get(level).n()))));
    was.keySet().stream()
        .filter(not(is::containsKey))
        .filter(level -> was.get(level).n() >= Math.max(1, thresholds.minLevel()))
        .forEach(
            level ->
                reasons.add(
                    Reason.ofLevel(
                        ReasonCode.LEVEL_VANISHED,
                        factor.name(),
                        level,
                        Cell.NOBODY,
                        RegionWording.vanished(factor.name(), level, was.get(level).n()))));
  }

  private void shares(Factor factor, Map<String, Cell> was, Map<String, Cell> is) {
    double distance = Drifts.totalVariation(was, is);
    double index = Drifts.stabilityIndex(was, is);
    Limit.Action action = thresholds.comparison().shareChange().above(distance);
    boolean isUnstable = index > thresholds.comparison().stabilityIndex();
    Optional<ReasonCode> code =
        action == Limit.Action.HOLD
            ? Optional.of(ReasonCode.SHARES_CHANGED)
            : action == Limit.Action.WARN || isUnstable
                ? Optional.of(ReasonCode.SHARES_MOVED)
                : Optional.empty();
    code.ifPresent(
        c ->
            reasons.add(
                Reason.ofFactor(
                    c,
                    factor.name(),
                    total(),
                    RegionWording.shares(factor.name(), was, is, distance, index))));
    if (code.isEmpty()) {
      moved(factor, was, is);
    }
  }

  /** A small level may double, and hardly move the distance of all. */
  private void moved(Factor factor, Map<String, Cell> was, Map<String, Cell> is) {
    for (String level : is.keySet()) {
      double before = Drifts.share(was, level);
      double now = Drifts.share(is, level);
      double error = error(before, sum(was), sum(is));
      double allowed = Math.max(CHANCE * error, thresholds.comparison().levelChange() * before);
      if (before > 0 && Math.abs(now - before) > allowed) {
        reasons.add(
            Reason.ofLevel(
                ReasonCode.LEVEL_MOVED,
                factor.name(),
                level,
                is.get(level),
                RegionWording.moved(factor.name(), level, was, is)));
      }
    }
  }

  /** Standard error of the difference of two shares that are the same. */
  private static double error(double share, long n, long m) {
    return Math.sqrt(share * (1 - share) * (1.0 / n + 1.0 / m));
  }

  private void notKnownMoved(Factor factor, Map<String, Cell> was, Map<String, Cell> is) {
    double before = notKnown(factor, was) / (double) sum(was);
    double now = notKnown(factor, is) / (double) sum(is);
    if (Math.abs(now - before) > thresholds.comparison().notKnownChange()) {
      reasons.add(
          Reason.ofFactor(
              ReasonCode.NOT_KNOWN_MOVED,
              factor.name(),
              Cell.of(notKnown(factor, is), 0),
              RegionWording.notKnownMoved(
                  factor.name(), notKnown(factor, was), sum(was), notKnown(factor, is), sum(is))));
    }
  }

  private static long sum(Map<String, Cell> margin) {
    return Math.max(1, margin.values().stream().mapToLong(Cell::n).sum());
  }
}
