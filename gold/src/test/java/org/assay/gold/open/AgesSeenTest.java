package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.assay.common.cells.Cell;
import org.junit.jupiter.api.Test;

/** Three ages, of which counts of one are withheld; by hand. */
class AgesSeenTest {
  private static final Set<String> NONE = Set.of();
  private static final Set<String> OLD = Set.of("old");

  private static AgesSeen ages(Cell old) {
    return new AgesSeen(
        Cell.of(400, 60),
        Map.of("young", Cell.of(200, 20), "middle", Cell.of(150, 25), "old", old));
  }

  @Test
  void theOthersLeavePeopleAndEvents() {
    AgesSeen ages = ages(Cell.of(45, 10));

    assertThat(ages.but(NONE, NONE).orElseThrow()).isEqualTo(ages.ages());
    assertThat(ages.but(OLD, NONE).orElseThrow()).containsEntry("old", Cell.of(50, 10));
    assertThat(ages.but(NONE, OLD).orElseThrow()).containsEntry("old", Cell.of(45, 15));
    assertThat(ages.but(OLD, OLD).orElseThrow())
        .containsEntry("old", Cell.of(50, 15))
        .containsEntry("young", Cell.of(200, 20));
    assertThat(ages.but(OLD, Set.of("middle")).orElseThrow())
        .containsEntry("old", Cell.of(50, 10))
        .containsEntry("middle", Cell.of(150, 30));
  }

  @Test
  void whatIsLeftDoesNotDependOnWhatIsWithheld() {
    for (long n = 20; n < 80; n += 5) {
      for (long events = 10; events <= 20; events += 5) {
        assertThat(ages(Cell.of(n, events)).but(OLD, OLD))
            .isEqualTo(ages(Cell.of(45, 15)).but(OLD, OLD));
      }
    }
  }

  @Test
  void ofTwoNothingIsSeen() {
    assertThat(ages(Cell.of(45, 10)).but(Set.of("old", "young"), NONE)).isEmpty();
    assertThat(ages(Cell.of(45, 10)).but(NONE, Set.of("old", "young"))).isEmpty();
  }

  @Test
  void whereHardlyAnybodyIsLeftNothingIsSeen() {
    AgesSeen few =
        new AgesSeen(
            Cell.of(355, 60),
            Map.of("young", Cell.of(200, 20), "middle", Cell.of(150, 25), "old", Cell.of(10, 5)));
    AgesSeen fewerThanEvents = ages(Cell.of(80, 55));

    assertThat(few.but(OLD, NONE)).isEmpty();
    assertThat(few.but(NONE, OLD)).isPresent();
    assertThat(fewerThanEvents.but(OLD, NONE)).isEmpty();
    assertThat(fewerThanEvents.but(OLD, OLD)).isPresent();
  }

  /** An age that a level has nobody of stays without anybody. */
  @Test
  void nobodyIsLeftOverWhereNobodyIs() {
    AgesSeen young = new AgesSeen(Cell.of(205, 20), Map.of("young", Cell.of(200, 20)));

    assertThat(young.but(OLD, OLD).orElseThrow()).isEqualTo(young.ages());
  }

  @Test
  void overTimeTheMeanTimeStaysAndEventsMayBeMoreThanPeople() {
    AgesSeen ages =
        new AgesSeen(
            new Cell(400, 400, 900, 360),
            Map.of(
                "young", new Cell(350, 350, 200, 320),
                "old", new Cell(40, 40, 100, 36)));

    Cell old = ages.but(OLD, OLD).orElseThrow().get("old");

    assertThat(old.n()).isEqualTo(50);
    assertThat(old.events()).isEqualTo(700);
    assertThat(old.exposure()).isEqualTo(36.0 / 40 * 50);
  }

  /** Of one age alone it would tell how many people had its few events. */
  @Test
  void eventsComeTogetherAsInTheWholeArea() {
    Map<String, Cell> ages = Map.of("old", new Cell(50, 50, 5, 49), "young", Cell.of(10, 5));

    Map<String, Cell> seen = AgesSeen.spread(ages, 1.2345);

    assertThat(seen.get("old").squares().events()).isEqualTo(5 * 1.2);
    assertThat(seen.get("old").events()).isEqualTo(5);
    assertThat(seen).containsEntry("young", Cell.of(10, 5));
    assertThat(AgesSeen.spread(ages, Double.NaN)).isEqualTo(ages);
  }
}
