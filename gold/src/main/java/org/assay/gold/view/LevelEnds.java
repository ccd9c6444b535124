package org.assay.gold.view;

import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.gold.fit.RegionFit;

/** Where the people of a level are counted after all adjustments of a region. */
public final class LevelEnds {
  private LevelEnds() {}

  /** The level of the model in which a level's people are counted in the end, if they are. */
  public static Optional<String> of(RegionFit fit, String factor, String level) {
    Optional<String> into = Optional.of(level);
    for (Adjustment adjustment : fit.region().readiness().adjustments()) {
      if (adjustment.factor().equals(factor)
          && into.filter(adjustment.level()::equals).isPresent()) {
        into = adjustment.mergedInto();
      }
    }
    return into.filter(
        last ->
            fit.region().readiness().factors().stream()
                .anyMatch(f -> f.name().equals(factor) && f.levels().contains(last)));
  }
}
