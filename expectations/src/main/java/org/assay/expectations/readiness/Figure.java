package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

/**
 * What a guard found of a region, whether it says anything or not.
 *
 * @param guard the guard
 * @param about the factor it is about; empty where it is about the region
 * @param found the figure, in words
 * @param allowed the limit, in words; empty where there is none
 * @param verdict ok, noted, adjusted or held
 */
public record Figure(Guard guard, String about, String found, String allowed, String verdict) {
  public Figure {
    requireNonNull(guard, "guard is null");
    requireNonNull(found, "found is null");
    requireNonNull(verdict, "verdict is null");
  }
}
