package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * The column that holds the region, and which regions there are.
 *
 * @param code the population's column with the region's code
 * @param list the regions that there are; without it every region is one that has a name
 * @param refuseAbove share of people in regions that are not listed, beyond which nothing is
 *     judged; without it such regions are held, whatever their share
 */
public record RegionColumn(
    String code, Optional<RegionListing> list, Optional<Double> refuseAbove) {
  public RegionColumn {
    requireNonNull(code, "code is null");
    requireNonNull(list, "list is null");
    if (refuseAbove.isPresent() && list.isEmpty()) {
      throw new IllegalArgumentException("refuse_above needs list: without it all are listed.");
    }
    if (refuseAbove.filter(share -> !(share >= 0 && share <= 1)).isPresent()) {
      throw new IllegalArgumentException(
          "refuse_above must be a share from 0 to 1, not %s.".formatted(refuseAbove.get()));
    }
  }

  /** Reads {@code region}. */
  static Optional<RegionColumn> from(Section region, Collection<String> extracts) {
    String code = region.text("code");
    Optional<RegionListing> list = RegionListing.from(region, extracts);
    if (region.has("name") && list.flatMap(RegionListing::extractName).isEmpty()) {
      region.problem(
          "name", "names are a column of the extract that lists the regions; give list.");
    }
    Optional<Double> above =
        region.has("refuse_above")
            ? Optional.of(region.decimal("refuse_above", 1))
            : Optional.empty();
    return region.build(() -> new RegionColumn(code, list, above));
  }
}
