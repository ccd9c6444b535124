package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verdicts of R on tables that do or do not break a GLM. */
class GuardFixturesTest {

  static Stream<GuardFixture> fixtures() {
    return GuardFixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void rankAndSeparationAreThoseOfR(GuardFixture fixture) {
    List<String> single =
        fixture.factors().stream()
            .filter(factor -> factor.levels().size() < 2)
            .map(ModelFactor::name)
            .toList();
    assertThat(single).isEqualTo(fixture.texts("single_level_factors"));
    if (!single.isEmpty()) {
      return; // R refuses, and gives no rank
    }
    DesignMatrix design = DesignMatrix.of(fixture.cells(), fixture.factors());
    DesignRank rank = DesignRank.of(design);

    assertThat(design.columns()).isEqualTo(fixture.expected().get("p").asInt());
    assertThat(rank.rank()).isEqualTo(fixture.expected().get("rank").asInt());
    assertThat(rank.dependent().stream().map(column -> design.terms().get(column).label()))
        .isEqualTo(fixture.texts("aliased"));

    DesignMatrix full = withoutAliased(fixture, design, rank);
    Separation separation = Separation.of(full);
    assertThat(separation.rankMixed()).isEqualTo(fixture.expected().get("rank_mixed").asInt());
    assertThat(separation.direction().isPresent())
        .isEqualTo(fixture.expected().get("separated").asBoolean());
    if (separation.how() == Separation.How.ONE_VECTOR) { // the only one, so R's is the same
      assertThat(infinite(full, separation.direction()))
          .containsExactlyElementsOf(fixture.texts("infinite"));
    }
  }

  private static DesignMatrix withoutAliased(
      GuardFixture fixture, DesignMatrix design, DesignRank rank) {
    List<String> aliased =
        rank.dependent().stream().map(column -> design.terms().get(column).factor()).toList();
    List<ModelFactor> kept =
        fixture.factors().stream().filter(f -> !aliased.contains(f.name())).toList();
    return Judgement.design(fixture.cells(), kept);
  }

  private static List<String> infinite(DesignMatrix design, Optional<double[]> direction) {
    List<String> infinite = new ArrayList<>();
    for (int j = 0; direction.isPresent() && j < design.columns(); j++) {
      if (direction.get()[j] != 0) {
        String sign = direction.get()[j] > 0 ? ":+Inf" : ":-Inf";
        infinite.add(design.terms().get(j).label() + sign);
      }
    }
    return infinite;
  }

  /** What the product makes of them: nothing that R cannot estimate is left in a model. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void noneOfThemReachesAModelThatHasNoEstimate(GuardFixture fixture) {
    List<Factor> factors =
        fixture.factors().stream()
            .map(f -> Factor.of(f.name(), f.reference(), f.levels()))
            .toList();

    RegionReadiness readiness =
        ReadinessGuards.judge(
            RegionCells.of(Optional.of("North"), fixture.cells()),
            factors,
            Thresholds.LEAST.withPeople(100, 1));

    assertThat(readiness.status()).isEqualTo(status(fixture.id()));
    assertThat(readiness.reasons().stream().map(reason -> reason.code().name()))
        .containsExactlyElementsOf(codes(fixture.id()));
  }

  private static Status status(String id) {
    return switch (id) {
      case "ok", "empty_cells" -> Status.FITTED;
      case "single_age_band", "zero_event_level", "aliased_columns" -> Status.ADJUSTED;
      default -> Status.HELD;
    };
  }

  private static List<String> codes(String id) {
    return switch (id) {
      case "ok", "empty_cells" -> List.of();
      case "single_patient_null_region" -> List.of("COHORT_TOO_SMALL");
      case "single_age_band" -> List.of("FACTOR_SINGLE_LEVEL");
      case "zero_event_level" -> List.of("LEVEL_NO_EVENTS");
      case "all_zero_outcome", "all_one_outcome" -> List.of("OUTCOME_CONSTANT");
      case "complete_separation" ->
          List.of("LEVEL_ALL_EVENTS", "LEVEL_ALL_EVENTS", "LEVEL_NO_EVENTS", "COHORT_TOO_SMALL");
      case "corner_separation" -> List.of("COHORT_TOO_SMALL");
      case "aliased_columns" -> List.of("ALIASED");
      default -> throw new IllegalArgumentException(id);
    };
  }
}
