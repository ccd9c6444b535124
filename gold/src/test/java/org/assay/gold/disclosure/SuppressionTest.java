package org.assay.gold.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assay.common.cells.Cell;

/** An attacker who knows the rule, sees what is shown, and tries every table that fits it. */
class SuppressionTest {
  private static final int MOST = 40;

  /** Regions by levels, with a total for each and one for all. */
  private static AdditiveTable<String> margins(long[][] counts, Rule rule) {
    AdditiveTable<String> table = new AdditiveTable<>(rule);
    int levels = counts[0].length;
    for (int r = 0; r < counts.length; r++) {
      for (int l = 0; l < levels; l++) {
        table.add("r%dl%d".formatted(r, l), counts[r][l], true);
      }
      table.add("r" + r, LongStream.of(counts[r]).sum(), true);
      int region = r;
      table.sum(
          "r" + r,
          IntStream.range(0, levels).mapToObj(l -> "r%dl%d".formatted(region, l)).toList());
    }
    for (int l = 0; l < levels; l++) {
      int level = l;
      table.add("l" + l, sum(counts, level), true);
      table.sum(
          "l" + l,
          IntStream.range(0, counts.length).mapToObj(r -> "r%dl%d".formatted(r, level)).toList());
    }
    table.add("all", LongStream.range(0, levels).map(l -> sum(counts, (int) l)).sum(), true);
    table.sum("all", IntStream.range(0, levels).mapToObj(l -> "l" + l).toList());
    table.sum("all", IntStream.range(0, counts.length).mapToObj(r -> "r" + r).toList());
    return table;
  }

  private static long sum(long[][] counts, int level) {
    long sum = 0;
    for (long[] region : counts) {
      sum += region[level];
    }
    return sum;
  }

  @Provide
  Arbitrary<List<Integer>> counts() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(1, 9)),
            net.jqwik.api.Tuple.of(3, Arbitraries.integers().between(8, MOST)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(0)))
        .list()
        .ofSize(4);
  }

  @Property(tries = 400)
  void ofEverySmallCountThreeIntegersRemain(@ForAll("counts") List<Integer> counts) {
    long[][] cells = {{counts.get(0), counts.get(1)}, {counts.get(2), counts.get(3)}};
    AdditiveTable<String> table = margins(cells, Rule.NHS);
    Suppression.protect(table);
    Map<String, Set<Long>> possible = new HashMap<>();
    long[] cell = new long[4];
    tryAll(table, cell, 0, possible);

    for (String name : table.names()) {
      int place = table.names().indexOf(name);
      if (Rule.NHS.isSmall(table.count(place))) {
        assertThat(possible.get(name)).as("%s of %s", name, counts).hasSizeGreaterThanOrEqualTo(3);
        assertThat(table.isShown(name)).isFalse();
      }
      assertThat(possible.get(name)).as(name).contains(table.count(place));
    }
  }

  @Property(tries = 200)
  void showingOneCountMoreIsPropagatedAsShowingAll(
      @ForAll("counts") List<Integer> counts, @ForAll @IntRange(max = 8) int hidden) {
    long[][] cells = {{counts.get(0), counts.get(1)}, {counts.get(2), counts.get(3)}};
    AdditiveTable<String> table = margins(cells, Rule.NHS);
    table.told(List.of("r0", "r0l0"));
    boolean wasShown = table.isShown(table.name(hidden));
    table.hide(hidden);
    Range[] without = table.propagated();
    if (wasShown) {
      table.show(hidden);
      Range[] now = without.clone();
      Map<Integer, Range> before = table.shownToo(hidden, now);
      assertThat(now).isEqualTo(table.propagated());
      before.forEach((place, was) -> now[place] = was);
      assertThat(now).as("taken back").isEqualTo(without);
    }
  }

  /** Every table whose counts are as they are shown. */
  private static void tryAll(
      AdditiveTable<String> table, long[] cell, int at, Map<String, Set<Long>> possible) {
    if (at == cell.length) {
      Map<String, Long> all = new HashMap<>();
      all.put("r0l0", cell[0]);
      all.put("r0l1", cell[1]);
      all.put("r1l0", cell[2]);
      all.put("r1l1", cell[3]);
      all.put("r0", cell[0] + cell[1]);
      all.put("r1", cell[2] + cell[3]);
      all.put("l0", cell[0] + cell[2]);
      all.put("l1", cell[1] + cell[3]);
      all.put("all", cell[0] + cell[1] + cell[2] + cell[3]);
      boolean fits = all.entrySet().stream().allMatch(e -> fits(table, e.getKey(), e.getValue()));
      if (fits) {
        all.forEach(
            (name, count) -> possible.computeIfAbsent(name, n -> new HashSet<>()).add(count));
      }
      return;
    }
    String name = "r%dl%d".formatted(at / 2, at % 2);
    for (long count = 0; count <= MOST + 8; count++) {
      if (fits(table, name, count)) {
        cell[at] = count;
        tryAll(table, cell, at + 1, possible);
      }
    }
  }

  /** Whether a count would be shown, or withheld, as the true one is. */
  private static boolean fits(AdditiveTable<String> table, String name, long count) {
    long exact = table.count(table.names().indexOf(name));
    if (table.isShown(name)) {
      return !Rule.NHS.suppresses(count) && Rule.NHS.rounded(count) == Rule.NHS.rounded(exact);
    }
    return !Rule.NHS.suppresses(exact) || Rule.NHS.suppresses(count);
  }

  @Example
  void whatATotalGivesAwayIsWithheldWithIt() {
    // the total is shown as 105 and the other level as 95, so that 6 or 7 are left
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    table.add("total", 104, true);
    table.add("many", 97, true);
    table.add("few", 7, true);
    table.sum("total", List.of("many", "few"));
    assertThat(table.bounds().get("few").size()).isLessThan(3);

    Suppression.protect(table);

    assertThat(table.bounds().get("few")).isEqualTo(new Range(1, 7));
    assertThat(table.isShown("many")).isFalse();
    assertThat(table.isShown("total")).isTrue();
  }

  /** 3 of 60, with levels of 27 and 30: one of these has to hide the small one. */
  private static AdditiveTable<String> three() {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    table.add("total", 60, true, AdditiveTable.Worth.TOTAL);
    table.add("few", 3, true);
    table.add("smaller", 27, true);
    table.add("larger", 30, true);
    table.sum("total", List.of("few", "smaller", "larger"));
    for (String name : List.of("total", "smaller", "larger")) {
      table.told(List.of(name)); // estimates tell of these
    }
    return table;
  }

  @Example
  void whatWasPublishedBeforeIsNoHidingPlace() {
    AdditiveTable<String> first = three();
    assertThat(Suppression.protect(first)).isEmpty();
    assertThat(first.isShown("smaller")).isFalse();
    assertThat(first.isShown("larger")).isTrue();

    AdditiveTable<String> second = three();
    second.known("smaller", Range.exactly(27)); // the last publication told it, and it stands
    assertThat(Suppression.protect(second)).isEmpty();
    assertThat(second.isShown("smaller")).isTrue();
    assertThat(second.isShown("larger")).isFalse();
    assertThat(second.bounds().get("few").size()).isGreaterThanOrEqualTo(3);
  }

  /** Each of two small counts hides an accomplice, and one for both is enough. */
  @Example
  void nothingIsWithheldThatNoSmallCountNeeds() {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    for (String region : List.of("a", "b")) {
      table.add(region, 63, true, AdditiveTable.Worth.TOTAL);
      table.add(region + " few", 3, true);
      table.add(region + " many", 60, true);
      table.told(List.of(region + " many"));
      table.told(List.of(region));
      table.sum(region, List.of(region + " few", region + " many"));
    }
    table.add("few", 6, true);
    table.add("many", 120, true);
    table.sum("few", List.of("a few", "b few"));
    table.sum("many", List.of("a many", "b many"));

    Suppression.protect(table);

    for (String region : List.of("a", "b")) {
      assertThat(table.bounds().get(region + " few").size()).isGreaterThanOrEqualTo(3);
      assertThat(List.of(table.isShown(region), table.isShown(region + " many")))
          .containsExactlyInAnyOrder(true, false);
    }
    assertThat(table.isShown("many")).isTrue();
  }

  @Example
  void whatCanNoLongerBeHiddenIsSaidAndNotHushedUp() {
    AdditiveTable<String> table = three();
    for (String name : List.of("total", "smaller", "larger")) {
      table.known(name, Range.exactly(table.count(table.names().indexOf(name))));
    }

    assertThat(Suppression.protect(table)).containsExactly("few");
    assertThat(table.isShown("few")).isFalse();
  }

  @Example
  void nobodyCanTellFewPeopleWithoutTheOutcome() {
    for (long n = 8; n < 60; n++) {
      for (long others = 1; others <= 7 && others <= n; others++) {
        AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
        table.add("n", n, true);
        table.add("events", n - others, true);
        table.add("others", others, false);
        table.sum("n", List.of("events", "others"));
        Suppression.protect(table);
        assertThat(table.bounds().get("others").size()).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Example
  void everyRuleShowsWhatItSays() {
    assertThat(shown(Rule.NHS, 0, 1, 7, 8, 12, 13))
        .containsExactly("0", "*", "*", "10", "10", "15");
    assertThat(shown(Rule.TEN_FIVE, 0, 9, 10, 12, 13)).containsExactly("*", "*", "10", "10", "15");
    assertThat(shown(Rule.MIDPOINT6, 0, 1, 6, 7, 12)).containsExactly("0", "3", "3", "9", "9");
    assertThat(shown(Rule.NONE, 0, 1)).containsExactly("0", "1");
    for (Rule rule : Rule.values()) {
      for (long count = 0; count < 100; count++) {
        for (long other = 0; other < 120; other++) {
          boolean alike =
              rule.suppresses(count)
                  ? rule.suppresses(other)
                  : !rule.suppresses(other) && rule.rounded(count) == rule.rounded(other);
          Range behind = rule.behind(count);
          assertThat(other >= behind.low() && other <= behind.high())
              .as("%s: %d like %d", rule, other, count)
              .isEqualTo(alike);
        }
      }
    }
  }

  private static List<String> shown(Rule rule, long... counts) {
    List<String> shown = new ArrayList<>();
    for (long count : counts) {
      shown.add(rule.suppresses(count) ? "*" : Long.toString(rule.rounded(count)));
    }
    return shown;
  }

  @Example
  void formulasSeeSmallCountsAlikeAndTimeAtRiskAsRoundedPeopleTimesTheirMean() {
    Rounding nhs = Rounding.by(Rule.NHS);
    for (long count = 1; count <= 7; count++) {
      assertThat(nhs.of(Cell.of(100, count)).events()).isEqualTo(5);
    }
    Cell rate = nhs.of(new Cell(30, 30, 41, 2.3456));
    assertThat(rate.isRate()).isTrue();
    assertThat(rate.exposure()).as("mean time to three figures").isEqualTo(30 * 0.0782);
    assertThat(rate.events()).isEqualTo(40);
    assertThat(rate.squares().events()).isNaN();
    assertThat(nhs.of(new Cell(3, 3, 2, 2.9)))
        .as("whoever they are, everybody was at risk for nearly all the time")
        .isEqualTo(nhs.of(new Cell(6, 6, 7, 5.8)));
  }

  @Example
  void numbersHaveNoMoreDigitsThanTheyNeed() {
    assertThat(PublicNumber.twoDecimals(1.23456)).isEqualTo(1.23);
    assertThat(PublicNumber.figures(0.0123456, 3)).isEqualTo(0.0123);
    assertThat(PublicNumber.pValue(1e-30)).isEqualTo(0.0001);
    assertThat(PublicNumber.pValue(0.04567)).isEqualTo(0.046);
    assertThat(PublicNumber.twoDecimals(null)).isNull();
  }
}
