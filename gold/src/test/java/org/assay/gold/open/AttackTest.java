package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.Row;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.open.Attacker.Unknown;

/** All that is published, against somebody who adds it up. */
class AttackTest {

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void ofEverySmallCountThreeIntegersRemainPossible(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 4) int regions) {
    nothingIsExposed(new SmallNation(seed, regions));
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void theyRemainWhereNearlyEveryCountIsSmall(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 3) int regions) {
    nothingIsExposed(SmallNation.ofRareEvents(seed, regions));
  }

  /** What nothing can hide any more is told to whoever publishes. */
  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void theyRemainForSomebodyWhoKeptTheLastPublication(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 3) int regions) {
    SmallNation before = new SmallNation(seed, regions);
    Map<TableContract, List<Row>> first = before.published();
    SmallNation after = before.later(seed);
    OpenViews.Opened second = after.opened(SmallNation.NHS, before.told(first));

    assertThat(second.lost().stream().map(AttackTest::unknown))
        .containsAll(
            new Attacker(after, second.rows())
                .knowing(before, first).exposed().stream().map(AttackTest::counted).toList());
  }

  private static Unknown unknown(PublicCounts.Count lost) {
    return new Unknown(
        lost.cohort(),
        lost.area(),
        lost.factor(),
        lost.level(),
        lost.what().name().toLowerCase(Locale.ROOT));
  }

  /** People are the same in every cohort. */
  private static Unknown counted(Unknown exposed) {
    return exposed.what().equals("n")
        ? new Unknown("", exposed.area(), exposed.factor(), exposed.level(), "n")
        : exposed;
  }

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void theSameCountsArePublishedAlikeAgain(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    SmallNation nation = SmallNation.ofRareEvents(seed, 2);
    Map<TableContract, List<Row>> first = nation.published();

    OpenViews.Opened again = nation.opened(SmallNation.NHS, nation.told(first));

    first.forEach((table, rows) -> assertThat(again.rows()).containsEntry(table, rows));
  }

  private static void nothingIsExposed(SmallNation nation) {
    assertThat(new Attacker(nation, nation.published()).exposed()).isEmpty();
  }

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void noTableShowsACountThatIsSmallOrNotRounded(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Map<TableContract, List<Row>> gold = new SmallNation(seed, 4).published();

    gold.forEach(
        (table, rows) -> {
          List<String> names = table.columns().stream().map(ContractColumn::name).toList();
          for (String column : List.of("n", "events", "count")) {
            if (names.contains(column)) {
              for (Row row : rows) {
                Object count = Attacker.value(table, row, column);
                assertThat(count == null ? 0L : (Long) count).as(table.table()).isNotEqualTo(5);
                assertThat(count == null ? 0L : (Long) count % 5).as(table.table()).isZero();
              }
            }
          }
        });
    assertThat(gold.get(PublicContract.MODEL_TERMS)).isNotEmpty();
  }

  /** The risk of a level is its events over its people, so a model of one factor tells of both. */
  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void aModelOfOneFactorIsNotPublished(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Map<TableContract, List<Row>> gold = new SmallNation(seed, 2).published();

    assertThat(shown(gold, PublicContract.STANDARDISED_RISKS, "risk", "crude")).isEmpty();
    assertThat(shown(gold, PublicContract.MODEL_TERMS, "estimate", "crude")).isEmpty();
    assertThat(shown(gold, PublicContract.FACTOR_TESTS, "p_value", "crude")).isEmpty();
  }

  /** Of several factors the risks come near to it, so what they would tell is not withheld. */
  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void noEstimateStandsBesideAWithheldCount(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Map<TableContract, List<Row>> gold = new SmallNation(seed, 2).published();
    TableContract terms = PublicContract.MODEL_TERMS;

    for (Row row : shown(gold, terms, "estimate", "full")) {
      assertThat(Attacker.value(terms, row, "n")).isNotNull();
      assertThat(Attacker.value(terms, row, "events")).isNotNull();
    }
  }

  @Example
  void muchIsPublishedAllTheSame() {
    long shown =
        LongStream.range(0, 10)
            .mapToObj(seed -> new SmallNation(seed, 2).published())
            .mapToLong(gold -> shown(gold, PublicContract.MODEL_TERMS, "estimate", "full").size())
            .sum();
    assertThat(shown).isGreaterThan(50);
  }

  private static List<Row> shown(
      Map<TableContract, List<Row>> gold, TableContract table, String column, String model) {
    return gold.get(table).stream()
        .filter(row -> Attacker.value(table, row, "model").equals(model))
        .filter(row -> Attacker.value(table, row, column) != null)
        .toList();
  }
}
