package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;

/** Judges a region's cells before a model sees them. Pure functions of the cells. */
public final class ReadinessGuards {
  /** Texts that programs write for a missing value. */
  private static final Set<String> NULL_SPELLINGS =
      Set.of("", "null", "na", "n/a", "#n/a", "nan", "none", "nil", "\\n");

  private ReadinessGuards() {}

  /**
   * Judges one region for one model.
   *
   * @param region the region as it came; empty where it is null
   * @param cells the region's cells over exactly the model's factors, in their order
   * @param factors the model's factors, each with all its levels
   * @param thresholds how many people a model needs
   */
  public static RegionReadiness judge(
      Optional<String> region, CellTable cells, List<Factor> factors, Thresholds thresholds) {
    if (isUnknown(region)) {
      return new Judgement(cells, factors, thresholds)
          .held(ReasonCode.REGION_UNKNOWN, Wording.regionUnknown(region, cells.total().n()));
    }
    return new Judgement(cells, factors, thresholds).judge();
  }

  /**
   * Holds a region of which some rows cannot be true.
   *
   * @param region the region as it came; empty where it is null
   * @param cells its other cells
   * @param rows how many rows have more events than people, or fewer than none
   */
  public static RegionReadiness impossible(Optional<String> region, CellTable cells, long rows) {
    List<Reason> reasons = new ArrayList<>();
    if (isUnknown(region)) {
      reasons.add(
          Reason.ofRegion(
              ReasonCode.REGION_UNKNOWN,
              cells.total(),
              Wording.regionUnknown(region, cells.total().n())));
    }
    reasons.add(
        Reason.ofRegion(
            ReasonCode.COUNTS_IMPOSSIBLE, cells.total(), Wording.countsImpossible(rows)));
    return new RegionReadiness(RegionReadiness.Status.HELD, List.of(), List.of(), reasons);
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
