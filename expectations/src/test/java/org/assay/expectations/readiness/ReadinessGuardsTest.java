package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Sparse;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.expectations.readiness.RegionReadiness.Status;

class ReadinessGuardsTest {
  private static final List<String> NAMES = List.of("ethnicity", "age_band");
  private static final Sparse LEFT_OUT = new Sparse.LeftOut();
  private static final Thresholds SMALL = Thresholds.LEAST;

  private static Factor factor(String name, Sparse sparse, boolean interest, String... levels) {
    Factor factor = Factor.of(name, levels[0], List.of(levels)).withSparse(sparse);
    return interest ? factor.ofInterest() : factor;
  }

  private static final Factor ETHNICITY =
      factor("ethnicity", LEFT_OUT, true, "White", "Asian", "Black");
  private static final Factor AGE = factor("age_band", LEFT_OUT, false, "young", "middle", "old");

  private static final class Region {
    private final CellTable.Builder cells = CellTable.over(NAMES);

    Region with(String ethnicity, String age, long n, long events) {
      cells.add(List.of(ethnicity, age), Cell.of(n, events));
      return this;
    }

    RegionReadiness judged(String region, Thresholds thresholds, Factor... factors) {
      return ReadinessGuards.judge(
          RegionCells.of(Optional.ofNullable(region), cells.build()), List.of(factors), thresholds);
    }
  }

  private static Region sound() {
    Region region = new Region();
    for (String ethnicity : ETHNICITY.levels()) {
      AGE.levels().forEach(age -> region.with(ethnicity, age, 100, 10));
    }
    return region;
  }

  private static List<String> sentences(RegionReadiness readiness) {
    return readiness.reasons().stream().map(Reason::sentence).toList();
  }

  private static List<ReasonCode> codes(RegionReadiness readiness) {
    return readiness.reasons().stream().map(Reason::code).toList();
  }

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
  void aFactorWithOneLevelIsLeftOutAndToldSo() {
    Region neonatal = new Region().with("White", "young", 1000, 90).with("Asian", "young", 226, 24);

    RegionReadiness readiness =
        neonatal.judged("North", SMALL, ETHNICITY, factor("age_band", LEFT_OUT, false, "young"));

    assertThat(readiness.status()).isEqualTo(Status.ADJUSTED);
    assertThat(readiness.factors()).extracting(ModelFactor::name).containsExactly("ethnicity");
    assertThat(sentences(readiness))
        .contains(
            "All 1,226 people are in age band young, so age band cannot be a factor here; it was left out.");
  }

  @Example
  void aRegionIsHeldWhereTheFactorOfInterestHasOneLevel() {
    Region white = new Region().with("White", "young", 100, 10).with("White", "old", 100, 30);

    RegionReadiness readiness = white.judged("North", SMALL, ETHNICITY, AGE);

    assertThat(readiness.status()).isEqualTo(Status.HELD);
    assertThat(codes(readiness))
        .contains(ReasonCode.FACTOR_SINGLE_LEVEL)
        .endsWith(ReasonCode.NOT_ESTIMABLE);
  }

  @Example
  void aLevelWithoutEventsIsLeftOutWithItsPeople() {
    Region region = sound().with("Mixed", "old", 72, 0);

    RegionReadiness readiness =
        region.judged(
            "Shetland",
            SMALL,
            factor("ethnicity", LEFT_OUT, true, "White", "Asian", "Black", "Mixed"),
            AGE);

    assertThat(readiness.status()).isEqualTo(Status.ADJUSTED);
    assertThat(readiness.adjustments()).containsExactly(Adjustment.leftOut("ethnicity", "Mixed"));
    assertThat(sentences(readiness))
        .containsExactly(
            "None of 72 people in ethnicity Mixed had the outcome, so its odds ratio has no finite estimate; left out.");
  }

  @Example
  void leavingOutALevelMayEmptyAnother() {
    // everybody in "ancient" with the outcome is Mixed, and nobody Mixed is without it
    Region region = sound().with("Mixed", "ancient", 5, 5).with("White", "ancient", 50, 0);

    RegionReadiness readiness =
        region.judged(
            "North",
            SMALL,
            factor("ethnicity", LEFT_OUT, true, "White", "Asian", "Black", "Mixed"),
            factor("age_band", LEFT_OUT, false, "young", "middle", "old", "ancient"));

    assertThat(readiness.adjustments())
        .containsExactly(
            Adjustment.leftOut("ethnicity", "Mixed"), Adjustment.leftOut("age_band", "ancient"));
  }

  @Example
  void aSparseLevelIsMergedWithTheSmallerNeighbourThatIsNotTheReference() {
    Factor age =
        factor("age_band", new Sparse.IntoNeighbour(), false, "young", "middle", "old", "ancient");
    Region region = sound().with("White", "ancient", 3, 1);

    RegionReadiness readiness =
        region.judged("North", Thresholds.LEAST.withPeople(1, 20), ETHNICITY, age);

    assertThat(readiness.adjustments())
        .containsExactly(Adjustment.merged("age_band", "ancient", "old"));
    assertThat(sentences(readiness))
        .containsExactly(
            "3 people in age band ancient; a level needs at least 20; counted with age band old.");
  }

  @Example
  void aSparseLevelIsNeverMergedIntoTheReference() {
    Factor age = factor("age_band", new Sparse.IntoNeighbour(), false, "middle", "young");
    Region region =
        new Region()
            .with("White", "middle", 100, 10)
            .with("Asian", "middle", 100, 10)
            .with("White", "young", 3, 1);

    RegionReadiness readiness =
        region.judged("North", Thresholds.LEAST.withPeople(1, 20), ETHNICITY, age);

    assertThat(readiness.adjustments()).contains(Adjustment.leftOut("age_band", "young"));
  }

  @Example
  void levelsThatNobodyIsInAreToldAndNotInTheDesign() {
    Factor deprivation = factor("age_band", LEFT_OUT, false, "young", "middle", "old", "4", "5");

    RegionReadiness readiness = sound().judged("Orkney", SMALL, ETHNICITY, deprivation);

    assertThat(readiness.factors().get(1).levels()).containsExactly("young", "middle", "old");
    assertThat(sentences(readiness))
        .containsExactly(
            "Nobody is in age band 4 and 5; the levels left are young, middle and old.");
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

  @Example
  void unlistedAndUnknownLevelsAreLeftOutByName() {
    Region region = sound().with("Martian", "old", 40, 4).with(Factor.NOT_KNOWN, "old", 60, 6);

    RegionReadiness readiness = region.judged("North", SMALL, ETHNICITY, AGE);

    assertThat(sentences(readiness))
        .containsExactly(
            "40 people in ethnicity Martian, which is not one of the levels of ethnicity; left out.",
            "ethnicity is not known for 60 people; left out.");
  }

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

  @Example
  void aSparseLevelIsCountedWithTheLevelByName() {
    Factor ethnicity =
        Factor.of("ethnicity", "White", List.of("White", "Asian", "Black", "Other"))
            .withSparse(new Sparse.IntoLevel("Other"))
            .ofInterest();
    Region region =
        new Region()
            .with("White", "young", 100, 10)
            .with("Asian", "young", 3, 1)
            .with("Other", "old", 50, 5)
            .with("White", "old", 50, 9);

    RegionReadiness readiness =
        region.judged("North", Thresholds.LEAST.withPeople(1, 20), ethnicity);

    assertThat(readiness.adjustments())
        .containsExactly(Adjustment.merged("ethnicity", "Asian", "Other"));
    assertThat(sentences(readiness))
        .contains(
            "3 people in ethnicity Asian; a level needs at least 20; counted with ethnicity Other.");
  }

  @Example
  void anotherReferenceStandsInOnlyWhereItIsConfigured() {
    Region region =
        new Region()
            .with("Asian", "young", 100, 10)
            .with("Black", "old", 100, 30)
            .with("Asian", "old", 50, 9)
            .with("Black", "young", 50, 9);
    Factor ethnicity = ETHNICITY.withFallbacks(List.of("Asian"));

    RegionReadiness readiness = region.judged("North", SMALL, ethnicity);

    assertThat(readiness.status()).isEqualTo(Status.ADJUSTED);
    assertThat(readiness.factors().get(0).reference()).isEqualTo("Asian");
    assertThat(sentences(readiness))
        .contains(
            "Nobody is left in ethnicity White, the reference; ethnicity Asian stands in for it, so these"
                + " estimates mean something else than in other regions.");
  }

  @Example
  void oneOfTwoFactorsThatSayTheSameLeaves() {
    Region region =
        new Region()
            .with("White", "young", 100, 10)
            .with("Asian", "middle", 100, 30)
            .with("Black", "old", 100, 20);

    RegionReadiness readiness = region.judged("North", SMALL, AGE, ETHNICITY);

    assertThat(readiness.factors()).extracting(ModelFactor::name).containsExactly("ethnicity");
    assertThat(sentences(readiness))
        .contains(
            "Age band follows from ethnicity, so it says nothing of its own; it was left out.");
  }

  @Example
  void levelsThatNobodyConnectsAreHeld() {
    Factor ethnicity = Factor.of("ethnicity", "1", List.of("1", "2", "3", "4")).ofInterest();
    Factor age = Factor.of("age_band", "a", List.of("a", "b", "c", "d"));
    Region region = new Region();
    for (String e : List.of("1", "2")) {
      region.with(e, "a", 100, 10).with(e, "b", 100, 20);
    }
    for (String e : List.of("3", "4")) {
      region.with(e, "c", 100, 10).with(e, "d", 100, 20);
    }

    RegionReadiness readiness = region.judged("North", SMALL, ethnicity, age);

    assertThat(codes(readiness)).containsExactly(ReasonCode.DISCONNECTED);
    assertThat(sentences(readiness).get(0)).endsWith("too few people differ in one of them alone.");
  }

  @Example
  void levelsThatTogetherDecideTheOutcomeAreHeld() {
    Factor ethnicity = Factor.of("ethnicity", "a1", List.of("a1", "a2")).ofInterest();
    Factor age = Factor.of("age_band", "b1", List.of("b1", "b2"));
    Region region =
        new Region()
            .with("a1", "b1", 10, 0)
            .with("a1", "b2", 10, 4)
            .with("a2", "b1", 10, 5)
            .with("a2", "b2", 10, 10);

    assertThat(sentences(region.judged("North", SMALL, ethnicity, age)))
        .containsExactly(
            "Age band b2 and ethnicity a2 together decide the outcome; no finite estimates exist.");
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
  void aRegionThatIsNotListedIsHeldAndOneThatIsMissingIsTold() {
    RegionList boards = RegionList.ofCodes("boards on 2026-03-31", List.of("North", "South"));
    CellTable cells = sound().cells.build();

    assertThat(
            sentences(
                ReadinessGuards.judge(
                    new RegionCells(
                        Optional.of("Nroth"),
                        cells,
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

  @Example
  void aCoarserFactorLeavesWhereverItStands() {
    Factor half = Factor.of("half", "low", List.of("low", "high"));
    Factor quarter = Factor.of("quarter", "1", List.of("1", "2", "3", "4"));
    CellTable.Builder cells = CellTable.over(List.of("ethnicity", "half", "quarter"));
    for (String ethnicity : List.of("White", "Asian", "Black")) {
      for (String q : quarter.levels()) {
        cells.add(List.of(ethnicity, q.compareTo("3") < 0 ? "low" : "high", q), Cell.of(100, 9));
      }
    }

    RegionReadiness readiness =
        ReadinessGuards.judge(
            RegionCells.of(Optional.of("North"), cells.build()),
            List.of(ETHNICITY, half, quarter),
            SMALL);

    assertThat(readiness.status()).isEqualTo(Status.ADJUSTED);
    assertThat(readiness.factors()).hasSize(2).extracting(ModelFactor::name).contains("ethnicity");
    assertThat(codes(readiness)).containsExactly(ReasonCode.ALIASED);
  }

  @Example
  void whatTheCohortIsAboutIsNeverLeftOutForAnother() {
    Factor both = AGE.ofInterest();
    Region region =
        new Region()
            .with("White", "young", 100, 10)
            .with("Asian", "middle", 100, 30)
            .with("Black", "old", 100, 20);

    assertThat(codes(region.judged("North", SMALL, ETHNICITY, both)))
        .containsExactly(ReasonCode.DISCONNECTED);
  }

  @Example
  void theLevelThatOthersAreCountedWithIsJudgedLast() {
    Factor ethnicity =
        Factor.of("ethnicity", "White", List.of("White", "Other", "Traveller"))
            .withSparse(new Sparse.IntoLevel("Other"))
            .ofInterest();
    Region region =
        new Region()
            .with("White", "young", 100, 10)
            .with("Other", "old", 15, 3)
            .with("Traveller", "old", 12, 3);

    RegionReadiness readiness =
        region.judged("North", Thresholds.LEAST.withPeople(1, 20), ethnicity);

    assertThat(readiness.adjustments())
        .containsExactly(Adjustment.merged("ethnicity", "Traveller", "Other"));
    assertThat(readiness.factors().get(0).levels()).containsExactly("White", "Other");
  }

  @Example
  void aFactorOfWhichNobodyHasAListedLevelLeavesAndItsPeopleStay() {
    Region region =
        new Region()
            .with("White", "1.0", 100, 10)
            .with("Asian", "2.0", 100, 30)
            .with("White", Factor.NOT_KNOWN, 50, 9);

    RegionReadiness readiness = region.judged("North", SMALL, ETHNICITY, AGE);

    assertThat(readiness.status()).isEqualTo(Status.ADJUSTED);
    assertThat(readiness.factors()).extracting(ModelFactor::name).containsExactly("ethnicity");
    assertThat(readiness.adjustments()).isEmpty();
    assertThat(codes(readiness)).contains(ReasonCode.FACTOR_UNUSABLE);
  }

  @Example
  void nobodyIsCountedWithWhatStandsInForTheReference() {
    Factor ethnicity =
        Factor.of("ethnicity", "White", List.of("White", "Black", "Asian"))
            .withSparse(new Sparse.IntoNeighbour())
            .withFallbacks(List.of("Black"))
            .ofInterest();
    Region region =
        new Region()
            .with("Black", "young", 100, 10)
            .with("Asian", "young", 5, 1)
            .with("Black", "old", 100, 20);

    RegionReadiness readiness =
        region.judged("North", Thresholds.LEAST.withPeople(1, 20), ethnicity);

    assertThat(readiness.adjustments()).containsExactly(Adjustment.leftOut("ethnicity", "Asian"));
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
