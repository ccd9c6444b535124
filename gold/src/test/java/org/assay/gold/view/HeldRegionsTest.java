package org.assay.gold.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Model.Engine;
import org.assay.common.spark.CellTables;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.RegionReadiness;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFit;
import org.junit.jupiter.api.Test;

class HeldRegionsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");
  private static final Set<String> COHORT = Set.of("deaths");

  private static final Model MODEL =
      new Model(
          "full",
          List.of("ethnicity"),
          List.of(),
          List.of(),
          true,
          Engine.MLLIB,
          Model.Method.ML,
          Model.Family.BINOMIAL,
          Model.Link.LOGIT);

  private static RegionFit held(String region, long n) {
    Reason reason =
        new Reason(
            ReasonCode.REGION_UNKNOWN, n + " people", Optional.empty(), Optional.empty(), n, 0);
    RegionReadiness readiness =
        new RegionReadiness(Status.HELD, List.of(), List.of(), List.of(reason));
    CellTables.Key key = new CellTables.Key("all", "deaths", Optional.ofNullable(region));
    return new RegionFit(
        new ReadyRegion(key, "full", n, 0, readiness, Optional.empty()),
        MODEL,
        CellTable.empty(List.of("ethnicity")),
        CellTable.empty(List.of("ethnicity")),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Map<String, HeldRegion> monday(RegionFit... fits) {
    return HeldRegions.after(Map.of(), COHORT, List.of(fits), MONDAY);
  }

  private static HeldRegion only(Map<String, HeldRegion> regions) {
    assertThat(regions).hasSize(1);
    return regions.values().iterator().next();
  }

  @Test
  void aRegionHeldAsBeforeKeepsItsRow() {
    Map<String, HeldRegion> before = monday(held(null, 1));

    assertThat(HeldRegions.after(before, COHORT, List.of(held(null, 1)), TUESDAY))
        .isEqualTo(before);
  }

  @Test
  void aNewCountMovesOnlyWhenItWasLastSeen() {
    HeldRegion after =
        only(HeldRegions.after(monday(held(null, 1)), COHORT, List.of(held(null, 2)), TUESDAY));

    assertThat(after.n()).isEqualTo(2);
    assertThat(after.firstSeen()).isEqualTo(MONDAY);
    assertThat(after.lastSeen()).isEqualTo(TUESDAY);
  }

  @Test
  void aRegionThatIsFitAgainIsResolvedAndNotForgotten() {
    HeldRegion after = only(HeldRegions.after(monday(held("NA", 1)), COHORT, List.of(), TUESDAY));

    assertThat(after.status()).isEqualTo("resolved");
    assertThat(after.firstSeen()).isEqualTo(MONDAY);
  }

  @Test
  void otherCohortsKeepTheirRows() {
    Map<String, HeldRegion> before = monday(held("NA", 1));

    assertThat(HeldRegions.after(before, Set.of("admissions"), List.of(), TUESDAY))
        .isEqualTo(before);
  }

  @Test
  void nullAndItsSpellingAreTwoRegions() {
    assertThat(monday(held(null, 1), held("null", 1))).hasSize(2);
  }
}
