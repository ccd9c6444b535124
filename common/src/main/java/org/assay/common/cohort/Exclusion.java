package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

/**
 * Rows of a population that are left out under a name. Three-valued: a row for which the condition
 * is null is neither excluded nor kept silently, but counted as unknown.
 *
 * @param name names the exclusion in the flow
 * @param when SQL condition over the population's columns
 */
public record Exclusion(String name, String when) {
  public Exclusion {
    requireNonNull(name, "name is null");
    requireNonNull(when, "when is null");
  }
}
