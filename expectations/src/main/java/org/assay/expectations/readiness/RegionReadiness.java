package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.ModelFactor;

/**
 * What is decided about a region and model before any model code runs.
 *
 * @param status the decision
 * @param factors the factors as they enter the model; empty where the region is held
 * @param adjustments levels left out or merged, in the order in which they were
 * @param reasons why, in the order of the decisions
 */
public record RegionReadiness(
    Status status, List<ModelFactor> factors, List<Adjustment> adjustments, List<Reason> reasons) {

  /** The decision about a region. */
  public enum Status {
    /** The model is fitted as it is specified. */
    FITTED,
    /** The model is fitted without some levels or factors. */
    ADJUSTED,
    /** The model is not fitted. */
    HELD
  }

  public RegionReadiness {
    requireNonNull(status, "status is null");
    factors = List.copyOf(factors);
    adjustments = List.copyOf(adjustments);
    reasons = List.copyOf(reasons);
  }
}
