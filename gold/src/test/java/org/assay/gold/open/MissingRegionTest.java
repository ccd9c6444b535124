package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assay.common.contract.GoldFigures;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.view.BatchViews;
import org.junit.jupiter.api.Test;

class MissingRegionTest {
  /** Four regions are listed, and of one of them nobody came. */
  @Test
  void aFigureOfTheNationSaysOfHowManyRegionsItIs() {
    SmallNation nation = new SmallNation(7, 3);
    List<CohortResult> results =
        nation.results().stream()
            .map(r -> new CohortResult(r.cohort(), r.period(), r.listed(), 4, r.nation(), r.fits()))
            .toList();

    assertThat(
            BatchViews.of(results, nation.cohorts(), PublishedProfiles.none())
                .get(GoldFigures.RATES))
        .filteredOn(row -> Attacker.value(GoldFigures.RATES, row, "area_type").equals("national"))
        .isNotEmpty()
        .allSatisfy(
            row -> assertThat(Attacker.value(GoldFigures.RATES, row, "regions")).isEqualTo(3));
  }
}
