package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.assay.common.config.Section;

/**
 * What makes a factor one of deprivation: its levels are quantiles of an index, in order.
 *
 * @param mostDeprived which end of the levels is the most deprived
 * @param index the index and its version, for display
 * @param quantiles of which areas the levels are quantiles, if it is said
 */
public record Deprivation(
    Factor.End mostDeprived, Optional<String> index, Optional<Quantiles> quantiles) {

  /** Of which areas levels are quantiles. */
  public enum Quantiles {
    /** Of all areas of the country: levels mean the same everywhere. */
    NATIONAL,
    /** Of the areas of each region: every region has as many people in each level. */
    LOCAL
  }

  public Deprivation {
    requireNonNull(mostDeprived, "mostDeprived is null");
  }

  /** Reads {@code most_deprived}, {@code index} and {@code quantiles} of a factor. */
  static Optional<Deprivation> from(Section factor) {
    Optional<String> index = factor.optionalText("index");
    Optional<Quantiles> quantiles =
        factor.has("quantiles")
            ? Optional.of(factor.choice("quantiles", Quantiles.class))
            : Optional.empty();
    if (!factor.has("most_deprived")) {
      if (index.isPresent() || quantiles.isPresent()) {
        factor.problem(
            "most_deprived",
            "is missing: say whether the first or the last level is the most deprived.");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Deprivation(factor.choice("most_deprived", Factor.End.class), index, quantiles));
  }
}
