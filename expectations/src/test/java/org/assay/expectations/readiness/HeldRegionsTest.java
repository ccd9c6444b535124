package org.assay.expectations.readiness;

import static org.assay.expectations.readiness.JudgedRegion.AGE;
import static org.assay.expectations.readiness.JudgedRegion.ETHNICITY;
import static org.assay.expectations.readiness.JudgedRegion.NAMES;
import static org.assay.expectations.readiness.JudgedRegion.SMALL;
import static org.assay.expectations.readiness.JudgedRegion.codes;
import static org.assay.expectations.readiness.JudgedRegion.sentences;
import static org.assay.expectations.readiness.JudgedRegion.sound;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.JudgedRegion.Region;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** Regions that no model can be fitted in, and one that needs nothing changed. */
class HeldRegionsTest {
  @Example
  void aSoundRegionIsFittedAsSpecified() {
    RegionReadiness readiness = sound().judged("North", SMALL, ETHNICITY, AGE);

    assertThat(readiness.status()).isEqualTo(Status.FITTED);
    assertThat(readiness.reasons()).isEmpty();
    assertThat(readiness.factors())
        .containsExactly(
            new ModelFactor("ethnicity", "White", ETHNICITY.levels()),
            new ModelFactor("age_band", "young", AGE.levels()));
  }

  @Example
  void theIncidentIsHeld() {
    for (String region : new String[] {null, "", " ", "null", "NULL", "NA", "n/a", "NaN"}) {
      RegionReadiness readiness =
          new Region()
              .with("White", "old", 1, 0)
              .judged(region, Thresholds.LEAST.withPeople(1000, 20), ETHNICITY, AGE);

      assertThat(readiness.status()).as("region %s", region).isEqualTo(Status.HELD);
      assertThat(codes(readiness)).containsExactly(ReasonCode.REGION_UNKNOWN);
    }
  }

  @Example
  void anUnknownRegionIsToldAsItCame() {
    Region one = new Region().with("White", "old", 1, 0);

    assertThat(sentences(one.judged(null, SMALL, ETHNICITY)))
        .containsExactly("The region is empty for 1 person.");
    assertThat(sentences(one.judged("NA", SMALL, ETHNICITY)))
        .containsExactly("The region is \"NA\" for 1 person.");
  }

  @Example
  void tooFewPeopleAreHeld() {
    RegionReadiness readiness =
        new Region()
            .with("White", "old", 743, 10)
            .judged("North", Thresholds.LEAST.withPeople(1000, 20), ETHNICITY, AGE);

    assertThat(readiness.status()).isEqualTo(Status.HELD);
    assertThat(sentences(readiness))
        .containsExactly("743 people; this cohort needs at least 1,000.");
  }

  @Example
  void anOutcomeThatNobodyOrEverybodyHasIsHeld() {
    Region nobody = new Region().with("White", "old", 114, 0).with("Asian", "young", 100, 0);
    Region everybody = new Region().with("White", "old", 114, 114).with("Asian", "young", 100, 100);

    assertThat(sentences(nobody.judged("North", SMALL, ETHNICITY, AGE)))
        .containsExactly("None of 214 people had the outcome; there is no difference to measure.");
    assertThat(sentences(everybody.judged("North", SMALL, ETHNICITY, AGE)))
        .containsExactly("All of 214 people had the outcome; there is no difference to measure.");
  }

  @Example
  void aRegionWithoutReferenceIsHeld() {
    Region region =
        new Region()
            .with("Asian", "young", 100, 10)
            .with("Black", "old", 100, 30)
            .with("Asian", "old", 50, 9);

    assertThat(codes(region.judged("North", SMALL, ETHNICITY, AGE)))
        .contains(ReasonCode.REFERENCE_MISSING)
        .doesNotContain(ReasonCode.NOT_ESTIMABLE);
  }

  private static Thresholds withEvents(double warn, double hold) {
    Thresholds least = Thresholds.LEAST;
    return new Thresholds(
        1,
        0,
        new Limit(warn, hold),
        least.outcomeNotKnown(),
        least.notKnown(),
        least.comparison(),
        least.estimates());
  }

  @Example
  void fewOfTheRarerOutcomeAreToldAndVeryFewHeld() {
    Thresholds thresholds = withEvents(10, 2);
    Region few = new Region();
    Region veryFew = new Region();
    for (String ethnicity : ETHNICITY.levels()) {
      for (String age : AGE.levels()) {
        few.with(ethnicity, age, 100, 2);
        veryFew.with(ethnicity, age, 100, age.equals("old") ? 1 : 0);
      }
    }
    veryFew
        .with("White", "young", 0, 0)
        .with("White", "middle", 10, 1)
        .with("Asian", "young", 9, 1);

    assertThat(sentences(few.judged("North", thresholds, ETHNICITY, AGE)))
        .containsExactly("18 people had the outcome, for 4 coefficients; each needs at least 10.");
    assertThat(codes(veryFew.judged("North", thresholds, ETHNICITY, AGE)))
        .contains(ReasonCode.EVENTS_TOO_FEW);
  }

  @Example
  void aRegionThatIsNotListedIsHeldAndOneThatIsMissingIsTold() {
    RegionList boards = RegionList.ofCodes("boards on 2026-03-31", List.of("North", "South"));
    CellTable cells = sound().cells.build();

    assertThat(
            sentences(
                ReadinessGuards.judge(
                    new RegionCells(
                        Optional.of("Nroth"),
                        cells,
                        cells.total().n(),
                        0,
                        0,
                        0,
                        Optional.of(boards),
                        Optional.empty()),
                    List.of(ETHNICITY, AGE),
                    SMALL)))
        .containsExactly(
            "\"Nroth\" is not one of the 2 regions of boards on 2026-03-31; 900 people came for it.");
    assertThat(sentences(ReadinessGuards.missing(CellTable.empty(NAMES), Optional.of(boards), 0)))
        .containsExactly("Nobody came for it, and boards on 2026-03-31 has it.");
    assertThat(sentences(ReadinessGuards.missing(CellTable.empty(NAMES), Optional.empty(), 1234)))
        .containsExactly("Nobody came for it; at the last publication there were 1,234 people.");
  }

  @Example
  void aRegionThatCameWithoutAnyKnownOutcomeIsHeldForThat() {
    Thresholds thresholds =
        new Thresholds(
            1,
            0,
            Thresholds.LEAST.eventsPerTerm(),
            new Limit(0.01, 0.05),
            Thresholds.LEAST.notKnown(),
            Thresholds.LEAST.comparison(),
            Thresholds.LEAST.estimates());
    RegionReadiness readiness =
        ReadinessGuards.judge(
            new RegionCells(
                Optional.of("North"),
                CellTable.empty(NAMES),
                0,
                0,
                5_000,
                0,
                Optional.empty(),
                Optional.empty()),
            List.of(ETHNICITY, AGE),
            thresholds);

    assertThat(readiness.status()).isEqualTo(Status.HELD);
    assertThat(sentences(readiness))
        .contains(
            "The outcome is not known for 5,000 of 5,000 people (100.0 %); at most 5.0 % may be.");
  }
}
