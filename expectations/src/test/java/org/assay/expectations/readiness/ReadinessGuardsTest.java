package org.assay.expectations.readiness;

import static org.assay.expectations.readiness.JudgedRegion.AGE;
import static org.assay.expectations.readiness.JudgedRegion.ETHNICITY;
import static org.assay.expectations.readiness.JudgedRegion.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** What holds of every region, whatever its cells. */
class ReadinessGuardsTest {
  @Provide
  Arbitrary<CellTable> regions() {
    Arbitrary<Cell> cell =
        Arbitraries.integers()
            .between(0, 12)
            .flatMap(n -> Arbitraries.integers().between(0, n).map(k -> Cell.of(n, k)));
    return Combinators.combine(
            Arbitraries.of("White", "Asian", "Black"),
            Arbitraries.of("young", "middle", "old"),
            cell)
        .as((e, a, c) -> CellTable.over(NAMES).add(List.of(e, a), c).build())
        .list()
        .ofMaxSize(12)
        .map(parts -> parts.stream().reduce(CellTable.empty(NAMES), CellTable::plus));
  }

  @Property
  void noLevelWithoutBothOutcomesEverReachesAModel(@ForAll("regions") CellTable cells) {
    RegionReadiness readiness =
        ReadinessGuards.judge(
            RegionCells.of(Optional.of("North"), cells),
            List.of(ETHNICITY, AGE),
            Thresholds.LEAST.withPeople(1, 3));
    CellTable left = Adjustment.applyAll(cells, readiness.adjustments());

    for (ModelFactor factor : readiness.factors()) {
      assertThat(left.margin(factor.name()).keySet())
          .containsExactlyInAnyOrderElementsOf(factor.levels());
      assertThat(left.margin(factor.name()).values())
          .allMatch(level -> level.n() >= 3 && level.events() > 0 && level.events() < level.n());
      assertThat(factor.levels()).hasSizeGreaterThan(1);
    }
  }

  @Property
  void everybodyLeftOutIsCountedInAReason(@ForAll("regions") CellTable cells) {
    RegionReadiness readiness =
        ReadinessGuards.judge(
            RegionCells.of(Optional.of("North"), cells),
            List.of(ETHNICITY, AGE),
            Thresholds.LEAST.withPeople(1, 3));
    long leftOut =
        cells.total().n() - Adjustment.applyAll(cells, readiness.adjustments()).total().n();

    assertThat(
            readiness.reasons().stream()
                .filter(r -> r.level().isPresent())
                .mapToLong(Reason::n)
                .sum())
        .isEqualTo(leftOut);
    assertThat(readiness.status() == Status.FITTED)
        .isEqualTo(readiness.reasons().stream().allMatch(r -> r.code().effect() == Effect.NOTES));
  }

  @Property
  void twoDeliveriesMergedAreJudgedAsTheWhole(
      @ForAll("regions") CellTable one, @ForAll("regions") CellTable other) {
    CellTable.Builder whole = CellTable.over(NAMES);
    other.cells().forEach(whole::add);
    one.cells().forEach(whole::add);
    Thresholds thresholds = Thresholds.LEAST.withPeople(1, 3);

    assertThat(
            ReadinessGuards.judge(
                RegionCells.of(Optional.of("North"), one.plus(other)),
                List.of(ETHNICITY, AGE),
                thresholds))
        .isEqualTo(
            ReadinessGuards.judge(
                RegionCells.of(Optional.of("North"), whole.build()),
                List.of(ETHNICITY, AGE),
                thresholds));
  }
}
