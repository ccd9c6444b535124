package org.assay.expectations.readiness;

import static org.assay.expectations.readiness.JudgedRegion.AGE;
import static org.assay.expectations.readiness.JudgedRegion.ETHNICITY;
import static org.assay.expectations.readiness.JudgedRegion.LEFT_OUT;
import static org.assay.expectations.readiness.JudgedRegion.SMALL;
import static org.assay.expectations.readiness.JudgedRegion.codes;
import static org.assay.expectations.readiness.JudgedRegion.factor;
import static org.assay.expectations.readiness.JudgedRegion.sentences;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.expectations.readiness.JudgedRegion.Region;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** Factors that leave a model, or hold its region. */
class FactorGuardsTest {
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
}
