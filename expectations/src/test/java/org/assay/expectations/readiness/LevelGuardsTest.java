package org.assay.expectations.readiness;

import static org.assay.expectations.readiness.JudgedRegion.AGE;
import static org.assay.expectations.readiness.JudgedRegion.ETHNICITY;
import static org.assay.expectations.readiness.JudgedRegion.LEFT_OUT;
import static org.assay.expectations.readiness.JudgedRegion.SMALL;
import static org.assay.expectations.readiness.JudgedRegion.factor;
import static org.assay.expectations.readiness.JudgedRegion.sentences;
import static org.assay.expectations.readiness.JudgedRegion.sound;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import org.assay.common.cells.Adjustment;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Sparse;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.JudgedRegion.Region;
import org.assay.expectations.readiness.RegionReadiness.Status;

/** Levels that are left out, merged, or stand in for the reference. */
class LevelGuardsTest {
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
  void unlistedAndUnknownLevelsAreLeftOutByName() {
    Region region = sound().with("Martian", "old", 40, 4).with(Factor.NOT_KNOWN, "old", 60, 6);

    RegionReadiness readiness = region.judged("North", SMALL, ETHNICITY, AGE);

    assertThat(sentences(readiness))
        .containsExactly(
            "40 people in ethnicity Martian, which is not one of the levels of ethnicity; left out.",
            "Ethnicity is not known for 60 people; left out.");
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
}
