package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.FunnelPoints;
import org.assay.gold.view.Rates;
import org.assay.gold.view.RegionKey;
import org.junit.jupiter.api.Test;

/** What figures see of ages of which counts are withheld for the sake of others. */
class OpenRoundingTest {
  private static final Rounding NHS = Rounding.by(Rule.NHS);

  private static final List<Ages> ALL =
      IntStream.range(0, 8)
          .mapToObj(seed -> SmallNation.ofRareEvents(seed, 2))
          .flatMap(Ages::of)
          .toList();

  /** Everybody of an area in one of some nations, by age. */
  private record Ages(CohortResult result, PublicCounts counts, String area) {
    static Stream<Ages> of(SmallNation nation) {
      PublicCounts counts =
          PublicCounts.of(nation.results(), SmallNation.NHS, PublishedCounts.none());
      return nation.results().stream()
          .flatMap(
              result ->
                  Stream.of("R0", "R1", RegionKey.NATIONAL)
                      .map(area -> new Ages(result, counts, area)));
    }

    CellTable people() {
      return area.equals(RegionKey.NATIONAL) ? result.nation() : result.listed().get(area);
    }

    List<String> hidden(What what) {
      List<String> hidden = new ArrayList<>();
      people()
          .margin("age")
          .forEach(
              (age, cell) -> {
                long count = what == What.N ? cell.n() : cell.events();
                if (count > 7 && !isShown("age", age, what, count)) {
                  hidden.add(age);
                }
              });
      return hidden;
    }

    boolean isShown(String factor, String level, What what, long count) {
      return counts.isShown(result.cohort().name(), area, factor, level, what, count);
    }

    boolean isTotalShown() {
      Cell all = people().total();
      return isShown("", "", What.N, all.n()) && isShown("", "", What.EVENTS, all.events());
    }

    Optional<Map<String, Cell>> seen(Map<String, Cell> ages) {
      return new OpenRounding(NHS, counts, result).byAge(area, ages);
    }
  }

  private static Map<String, Cell> rounded(Map<String, Cell> ages) {
    Map<String, Cell> rounded = new TreeMap<>();
    ages.forEach((age, cell) -> rounded.put(age, NHS.of(cell)));
    return rounded;
  }

  /** Whoever withholds 0 with 1 to 9 must not have a rate tell them apart. */
  @Test
  void underTenFiveAFigureSeesNobodyLikeAFew() {
    Rounding tenFive = Rounding.by(Rule.TEN_FIVE);

    assertThat(tenFive.of(Cell.of(1_000, 0))).isEqualTo(tenFive.of(Cell.of(1_000, 9)));
    assertThat(tenFive.of(Cell.NOBODY)).isEqualTo(Cell.NOBODY);
    assertThat(NHS.of(Cell.of(1_000, 0)).events()).isZero();
  }

  @Test
  void whereNoneIsHiddenEveryAgeIsRounded() {
    List<Ages> open =
        ALL.stream()
            .filter(ages -> ages.hidden(What.N).isEmpty() && ages.hidden(What.EVENTS).isEmpty())
            .toList();
    assertThat(open).isNotEmpty();
    for (Ages ages : open) {
      Map<String, Cell> people = ages.people().margin("age");
      assertThat(ages.seen(people)).contains(rounded(people));
    }
  }

  @Test
  void ofOneHiddenAgeFiguresSeeWhatTheOthersLeaveOfTheTotal() {
    List<Ages> one =
        ALL.stream()
            .filter(Ages::isTotalShown)
            .filter(ages -> ages.hidden(What.N).isEmpty() && ages.hidden(What.EVENTS).size() == 1)
            .toList();
    assertThat(one).isNotEmpty();
    for (Ages ages : one) {
      String hidden = ages.hidden(What.EVENTS).get(0);
      List<CellTable> everybodyAndLevels = new ArrayList<>(List.of(ages.people()));
      ages.people()
          .margin("ethnicity")
          .keySet()
          .forEach(level -> everybodyAndLevels.add(ages.people().only("ethnicity", level)));
      for (CellTable people : everybodyAndLevels) {
        Map<String, Cell> rounded = rounded(people.margin("age"));
        long others =
            rounded.entrySet().stream()
                .filter(age -> !age.getKey().equals(hidden))
                .mapToLong(age -> age.getValue().events())
                .sum();
        long left = Math.max(0, NHS.of(people.total()).events() - others);

        Map<String, Cell> seen = ages.seen(people.margin("age")).orElseThrow();

        assertThat(seen.get(hidden).events()).isEqualTo(Math.min(left, rounded.get(hidden).n()));
        seen.remove(hidden);
        rounded.remove(hidden);
        assertThat(seen).isEqualTo(rounded);
      }
    }
  }

  @Test
  void ofSeveralHiddenAgesOrATotalThatIsHiddenTooTheySeeNothing() {
    List<Ages> many =
        ALL.stream()
            .filter(
                ages ->
                    ages.hidden(What.EVENTS).size() > 1
                        || !ages.isTotalShown() && !ages.hidden(What.EVENTS).isEmpty())
            .toList();
    assertThat(many).isNotEmpty();
    for (Ages ages : many) {
      assertThat(ages.seen(ages.people().margin("age"))).isEmpty();
    }
  }

  /**
   * What is published goes through it: with several hidden ages an area has no standardised rate.
   */
  @Test
  void noRateOfEverybodyIsPublishedWhereSeveralAgesAreHidden() {
    int withheld = 0;
    for (long seed = 0; seed < 3; seed++) {
      SmallNation nation = SmallNation.ofRareEvents(seed, 2);
      Set<List<String>> hidden = new HashSet<>();
      Ages.of(nation)
          .filter(ages -> ages.hidden(What.EVENTS).size() > 1)
          .forEach(ages -> hidden.add(List.of(ages.result().cohort().name(), ages.area())));
      for (Row row : nation.published().get(PublicContract.RATES)) {
        boolean isOfEverybody =
            published(row, "factor") == null && !published(row, "statistic").equals("crude");
        if (isOfEverybody
            && hidden.contains(
                List.of(
                    (String) published(row, "cohort"), (String) published(row, "region_key")))) {
          assertThat(published(row, "value")).isNull();
          assertThat(published(row, "note")).isEqualTo(Rates.WITHHELD);
          withheld++;
        }
      }
    }
    assertThat(withheld).isPositive();
  }

  private static Object published(Row row, String column) {
    return Attacker.value(PublicContract.RATES, row, column);
  }

  /** Every region has its row, and one that is withheld has no part in what is told of others. */
  @Test
  void aRegionWhoseAgesAreHiddenIsInNoFunnel() {
    int withheld = 0;
    for (long seed = 0; seed < 3; seed++) {
      SmallNation nation = SmallNation.ofRareEvents(seed, 4);
      PublicCounts counts =
          PublicCounts.of(nation.results(), SmallNation.NHS, PublishedCounts.none());
      for (CohortResult result : nation.results()) {
        OpenRounding rounding = new OpenRounding(NHS, counts, result);
        List<Row> rows = FunnelPoints.of(result, rounding);
        assertThat(rows).hasSize(4);
        Set<String> told = new TreeSet<>();
        result
            .listed()
            .forEach(
                (region, cells) -> {
                  boolean isTold =
                      !rounding.withholds(region)
                          && rounding.byAge(region, cells.margin("age")).isPresent();
                  if (isTold) {
                    told.add(region);
                  }
                });
        boolean isNationTold =
            rounding.byAge(RegionKey.NATIONAL, result.nation().margin("age")).isPresent()
                && !rounding.withholds(RegionKey.NATIONAL);
        Set<String> shown = new TreeSet<>();
        rows.stream()
            .filter(row -> value(row, "value") != null)
            .forEach(row -> shown.add((String) value(row, "region")));
        assertThat(shown).isEqualTo(isNationTold && told.size() >= 3 ? told : Set.of());
        withheld += 4 - shown.size();
      }
    }
    assertThat(withheld).isBetween(1, 23);
  }

  private static Object value(Row row, String column) {
    return Attacker.value(GoldFigures.FUNNEL, row, column);
  }
}
