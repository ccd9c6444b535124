package org.assay.common.cells;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What was done to a level before its region was modelled.
 *
 * @param factor the factor
 * @param level the level
 * @param mergedInto the level its people are counted in; empty where they are left out
 */
public record Adjustment(String factor, String level, Optional<String> mergedInto) {
  public Adjustment {
    requireNonNull(factor, "factor is null");
    requireNonNull(level, "level is null");
    requireNonNull(mergedInto, "mergedInto is null");
  }

  /** The level leaves the model with its people. */
  public static Adjustment leftOut(String factor, String level) {
    return new Adjustment(factor, level, Optional.empty());
  }

  /** The level's people are counted in another level. */
  public static Adjustment merged(String factor, String level, String into) {
    return new Adjustment(factor, level, Optional.of(into));
  }

  /** The cells after this adjustment. */
  public CellTable applyTo(CellTable cells) {
    return mergedInto
        .map(into -> cells.relabel(factor, name -> name.equals(level) ? into : name))
        .orElseGet(() -> cells.without(factor, level));
  }

  /** The cells after adjustments, made in order. */
  public static CellTable applyAll(CellTable cells, List<Adjustment> adjustments) {
    CellTable adjusted = cells;
    for (Adjustment adjustment : adjustments) {
      adjusted = adjustment.applyTo(adjusted);
    }
    return adjusted;
  }
}
