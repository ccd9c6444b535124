package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.RegionReadiness.Status;

/**
 * Judges a region before a model sees it. Pure functions of its cells and of what it was before.
 */
public final class ReadinessGuards {
  /** Texts that programs write for a missing value. */
  private static final Set<String> NULL_SPELLINGS =
      Set.of("", "null", "na", "n/a", "#n/a", "nan", "none", "nil", "\\n");

  private ReadinessGuards() {}

  /**
   * Judges one region for a model of main effects by maximum likelihood.
   *
   * @param factors the model's factors, each with all its levels
   * @param thresholds when it is fit, and when it tells something
   */
  public static RegionReadiness judge(
      RegionCells region, List<Factor> factors, Thresholds thresholds) {
    List<Reason> reasons = unusable(region);
    return reasons.isEmpty()
        ? new Judgement(region, factors, thresholds, List.of(), false).judge()
        : held(reasons);
  }

  /**
   * Judges one region for one model, with its interactions and its method.
   *
   * @param factors the model's factors, each with all its levels
   */
  public static RegionReadiness judge(
      RegionCells region, List<Factor> factors, Thresholds thresholds, Model model) {
    List<Reason> reasons = unusable(region);
    return reasons.isEmpty()
        ? new Judgement(
                region,
                factors,
                thresholds,
                model.interactions(),
                model.method() == Model.Method.FIRTH)
            .judge()
        : held(reasons);
  }

  /** Why a region cannot be one, or its rows cannot be true. */
  private static List<Reason> unusable(RegionCells region) {
    List<Reason> reasons = new ArrayList<>();
    long n = region.cells().total().n();
    if (isUnknown(region.region())) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.REGION_UNKNOWN,
              region.cells().total(),
              Wording.regionUnknown(region.region(), n)));
    } else if (region.isUnlisted()) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.REGION_UNLISTED,
              region.cells().total(),
              RegionWording.unlisted(
                  region.region().orElseThrow(), region.list().orElseThrow(), n)));
    }
    if (region.impossible() > 0) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.COUNTS_IMPOSSIBLE,
              region.cells().total(),
              Wording.countsImpossible(region.impossible())));
    }
    return reasons;
  }

  /**
   * A region of which nobody came, though it is in the list or was published before.
   *
   * @param was people in it at the last publication; 0 if it was in none
   */
  public static RegionReadiness missing(CellTable nobody, Optional<RegionList> list, long was) {
    String sentence =
        was > 0
            ? RegionWording.vanished(was)
            : list.map(RegionWording::missing).orElseGet(RegionWording::gone);
    return held(List.of(Reason.ofRegion(ReasonCode.REGION_MISSING, nobody.total(), sentence)));
  }

  private static RegionReadiness held(List<Reason> reasons) {
    return new RegionReadiness(Status.HELD, List.of(), List.of(), reasons);
  }

  /** Whether a region is missing, blank or spelled like a null. */
  public static boolean isUnknown(Optional<String> region) {
    return region
        .map(String::strip)
        .map(r -> r.toLowerCase(Locale.ROOT))
        .filter(r -> !NULL_SPELLINGS.contains(r))
        .isEmpty();
  }
}
