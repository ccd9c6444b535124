package org.assay.expectations.readiness;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;

/**
 * The margins of a region: what a later delivery of it is compared with.
 *
 * @param total everybody
 * @param margins counts by level, by factor
 */
public record Profile(Cell total, SortedMap<String, SortedMap<String, Cell>> margins) {
  public Profile {
    SortedMap<String, SortedMap<String, Cell>> copy = new TreeMap<>();
    margins.forEach((factor, levels) -> copy.put(factor, new TreeMap<>(levels)));
    margins = copy;
  }

  /** The profile of some cells. */
  public static Profile of(CellTable cells) {
    SortedMap<String, SortedMap<String, Cell>> margins = new TreeMap<>();
    cells.factors().forEach(factor -> margins.put(factor, new TreeMap<>(cells.margin(factor))));
    return new Profile(cells.total(), margins);
  }

  /** Counts by level of a factor; empty if it has none of it. */
  public Map<String, Cell> margin(String factor) {
    return margins.getOrDefault(factor, new TreeMap<>());
  }
}
