package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Thresholds;
import org.assay.common.run.SmallCounts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What everybody may hear of few people, in every sentence that counts some. */
class DiscreetWordingTest {
  private static final Cell FEW = Cell.of(5, 3);
  private static final Cell NONE = Cell.of(5, 0);
  private static final Cell MANY = Cell.of(2_000, 4);

  static List<String> sentences() {
    RegionList list = RegionList.ofCodes("boards", List.of("North", "South"));
    return List.of(
        Wording.regionUnknown(Optional.empty(), 1),
        Wording.cohortTooSmall(5, 5, 1000),
        Wording.cohortTooSmall(3, 7, 1000),
        Wording.cohortTooSmall(3, 2_000, 1000),
        Wording.outcomeConstant(NONE),
        Wording.level(ReasonCode.LEVEL_NO_EVENTS, "sex", "M", NONE, Thresholds.LEAST),
        Wording.level(ReasonCode.LEVEL_ALL_EVENTS, "sex", "M", FEW, Thresholds.LEAST),
        Wording.level(ReasonCode.LEVEL_TOO_SMALL, "sex", "M", FEW, Thresholds.LEAST),
        Wording.level(ReasonCode.LEVEL_UNLISTED, "sex", "M", FEW, Thresholds.LEAST),
        Wording.level(ReasonCode.LEVEL_NOT_KNOWN, "sex", "M", FEW, Thresholds.LEAST),
        Wording.singleLevel("sex", List.of("M"), 3),
        Wording.events(MANY, 12, 10),
        Wording.events(Cell.of(5, 2), 12, 10),
        Wording.events(new Cell(5, 5, 4, 2.5), 12, 10),
        RegionWording.unlisted("East", list, 5).replace("2 regions", "the regions"),
        RegionWording.vanished(5),
        RegionWording.outcomeNotKnown(3, 5, 0.05),
        RegionWording.outcomeNotKnown(3, 2_000, 0.0005),
        RegionWording.notKnown("sex", 3, 2_000, 0.05),
        RegionWording.size(5, 20),
        RegionWording.size(20, 5),
        RegionWording.size(3, 5),
        RegionWording.appeared("sex", "M", 1),
        RegionWording.vanished("sex", "M", 5),
        RegionWording.moved("sex", "M", margin(30), margin(3)),
        RegionWording.moved("sex", "M", margin(1), margin(30)),
        RegionWording.rate(Cell.of(2_000, 3), Cell.of(2_000, 40)),
        RegionWording.shares(
            "sex",
            Map.of("M", Cell.of(3, 0), "F", Cell.of(500, 0), "X", Cell.of(500, 0)),
            Map.of("M", Cell.of(900, 0), "F", Cell.of(500, 0), "X", Cell.of(500, 0)),
            0.47,
            0.5),
        RegionWording.notKnownMoved("sex", 3, 2_000, 300, 2_000));
  }

  private static Map<String, Cell> margin(long men) {
    return Map.of("M", Cell.of(men, 0), "F", Cell.of(9_000, 0));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void fewAreNotCounted(String sentence) {
    assertThat(SmallCounts.masked(sentence))
        .isNotEqualTo(sentence)
        .doesNotContainPattern("(?<![\\d,.])[1-7](?![\\d,.])")
        .doesNotContainPattern("\\([^)]*%\\)");
  }
}
