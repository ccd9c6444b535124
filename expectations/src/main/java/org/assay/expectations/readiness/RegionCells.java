package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.assay.common.cells.CellTable;

/**
 * What is known of a region and outcome before it is judged.
 *
 * @param region the region as it came; empty where it is null
 * @param cells its cells over exactly the model's factors, in their order; of a model by strata
 *     those of its stratum
 * @param people all of its people whose outcome is known, in whatever stratum they are
 * @param impossible rows with more events than people, or fewer than none
 * @param outcomeNotKnown people who are in no cell because their outcome is not known
 * @param repeats rows of people who are counted already, if these hold a region
 * @param list the regions that there are; empty where none are listed
 * @param before what the region was when it was accepted last; empty if it never was
 */
public record RegionCells(
    Optional<String> region,
    CellTable cells,
    long people,
    long impossible,
    long outcomeNotKnown,
    long repeats,
    Optional<RegionList> list,
    Optional<Profile> before) {
  public RegionCells {
    requireNonNull(region, "region is null");
    requireNonNull(cells, "cells is null");
    if (people < cells.total().n()) {
      throw new IllegalArgumentException("Fewer people in the region than in its cells");
    }
    if (impossible < 0 || outcomeNotKnown < 0 || repeats < 0) {
      throw new IllegalArgumentException("Fewer rows than none");
    }
  }

  /** A region of which nothing but its cells is known. */
  public static RegionCells of(Optional<String> region, CellTable cells) {
    return new RegionCells(
        region, cells, cells.total().n(), 0, 0, 0, Optional.empty(), Optional.empty());
  }

  /** The same region, compared with this. */
  public RegionCells comparedWith(Profile profile) {
    return new RegionCells(
        region, cells, people, impossible, outcomeNotKnown, repeats, list, Optional.of(profile));
  }

  /** Whether there is a list and the region is not in it. */
  boolean isUnlisted() {
    return list.isPresent() && !list.get().codes().contains(region.orElse(""));
  }
}
