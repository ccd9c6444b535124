package org.assay.silver.cohort;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many rows of a region are at one place of the flow.
 *
 * @param region as it came; empty where it was null
 * @param place 0: counted; i: excluded by the i-th exclusion; -i: the i-th could not be decided;
 *     {@link PopulationRows#COUNT_UNKNOWN}: the rows do not say how many they count
 * @param rows how many rows they are
 * @param people how many people they count
 * @param repeats how many of them are counted although their person has been counted before
 * @param lost by cohort, in the order in which they were counted: those who are in none of its
 *     cells; empty for rows that are not counted
 */
record PlaceCount(
    Optional<String> region, int place, long rows, long people, long repeats, List<Lost> lost) {
  /** The place of rows that are counted. */
  static final int COUNTED = 0;

  /**
   * Counted rows, and the people they count, that say nothing of a cohort's outcome.
   *
   * @param unknownRows whose outcome is not known
   * @param unknown their people
   * @param impossibleRows with more events than people, or fewer than none
   * @param impossible their people
   */
  record Lost(long unknownRows, long unknown, long impossibleRows, long impossible) {
    Lost plus(Lost other) {
      return new Lost(
          unknownRows + other.unknownRows,
          unknown + other.unknown,
          impossibleRows + other.impossibleRows,
          impossible + other.impossible);
    }
  }

  PlaceCount {
    lost = List.copyOf(lost);
  }

  boolean isCounted() {
    return place == COUNTED;
  }

  /** Both together; they must be of one region and place. */
  PlaceCount plus(PlaceCount other) {
    List<Lost> sums = new ArrayList<>();
    for (int i = 0; i < lost.size(); i++) {
      sums.add(lost.get(i).plus(other.lost.get(i)));
    }
    return new PlaceCount(
        region, place, rows + other.rows, people + other.people, repeats + other.repeats, sums);
  }
}
