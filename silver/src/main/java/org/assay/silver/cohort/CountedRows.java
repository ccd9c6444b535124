package org.assay.silver.cohort;

import java.util.List;
import org.assay.common.cells.Cell;

/**
 * What was counted of a population's rows that have the same region, place in the flow and, if they
 * are counted, the same levels.
 *
 * @param place where they are in the flow
 * @param levels by factor, in the order of the population's; of no meaning for rows that left it
 * @param cells by cohort, in the order in which they were counted: those whose outcome is known,
 *     and possible; empty for rows that left the flow
 */
record CountedRows(PlaceCount place, List<String> levels, List<Cell> cells) {
  CountedRows {
    levels = List.copyOf(levels);
    cells = List.copyOf(cells);
  }
}
