package org.assay.gold.fit;

import java.util.List;
import java.util.SortedMap;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;

/**
 * What gold has of a cohort in one period.
 *
 * @param cohort the cohort
 * @param period the period
 * @param listed the cells of every listed region that has any, fitted or held
 * @param regionsListed how many regions are listed, those without cells among them
 * @param nation the cells of all of them together
 * @param fits of all regions and models, in the order of region and model
 */
public record CohortResult(
    Cohort cohort,
    String period,
    SortedMap<String, CellTable> listed,
    int regionsListed,
    CellTable nation,
    List<RegionFit> fits) {
  public CohortResult {
    fits = List.copyOf(fits);
  }
}
