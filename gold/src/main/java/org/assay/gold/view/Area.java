package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.TableContract;
import org.assay.gold.fit.CohortResult;

/**
 * A region, or all listed regions together.
 *
 * @param region empty for all of them
 * @param cells over the population's factors
 */
record Area(Optional<String> region, CellTable cells) {

  /** The regions, and then the nation. */
  static List<Area> of(CohortResult result) {
    List<Area> areas = new ArrayList<>();
    result.listed().forEach((region, cells) -> areas.add(new Area(Optional.of(region), cells)));
    areas.add(new Area(Optional.empty(), result.nation()));
    return areas;
  }

  String key() {
    return region.orElse(RegionKey.NATIONAL);
  }

  /** A row about it. */
  ContractRow row(TableContract contract, CohortResult result) {
    return contract
        .row()
        .set("period", result.period())
        .set("cohort", result.cohort().name())
        .set("region", region.orElse(null))
        .set("region_key", key())
        .set("area_type", region.isPresent() ? "region" : "national");
  }
}
