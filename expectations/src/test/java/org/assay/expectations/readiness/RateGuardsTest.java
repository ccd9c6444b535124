package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;
import org.junit.jupiter.api.Test;

/** Guards of events over time at risk, of which there may be more than people. */
class RateGuardsTest {
  private static final Factor SEX = Factor.of("sex", "F", List.of("F", "M", "X"));

  private static RegionReadiness judged(Cell f, Cell m, Cell x) {
    CellTable cells =
        CellTable.over(List.of("sex"))
            .add(List.of("F"), f)
            .add(List.of("M"), m)
            .add(List.of("X"), x)
            .build();
    return ReadinessGuards.judge(
        RegionCells.of(Optional.of("North"), cells), List.of(SEX), Thresholds.LEAST);
  }

  private static Cell rate(long people, long events, double years) {
    return new Cell(people, people, events, years);
  }

  @Test
  void asManyEventsAsPeopleDecideNothing() {
    RegionReadiness judged = judged(rate(100, 100, 90), rate(100, 250, 80), rate(50, 50, 50));

    assertThat(judged.factors().get(0).levels()).containsExactly("F", "M", "X");
    assertThat(judged.reasons()).extracting(Reason::code).containsExactly(ReasonCode.SATURATED);
  }

  @Test
  void aLevelWithoutEventsHasNoRate() {
    RegionReadiness judged = judged(rate(100, 100, 90), rate(100, 250, 80), rate(50, 0, 50));

    assertThat(judged.factors().get(0).levels()).containsExactly("F", "M");
    assertThat(judged.reasons())
        .extracting(Reason::sentence)
        .contains(
            "None of 50 people in sex X had the outcome, so its rate ratio has no finite estimate; left out.");
  }

  @Test
  void eventsAloneAreCountedForEachCoefficient() {
    assertThat(rate(250, 7, 220).rarer()).isEqualTo(7);
    assertThat(Cell.of(10, 7).rarer()).isEqualTo(3);
    assertThat(Wording.events(rate(250, 7, 220), 2, 10))
        .isEqualTo("7 events, for 2 coefficients; each needs at least 10.");
  }
}
