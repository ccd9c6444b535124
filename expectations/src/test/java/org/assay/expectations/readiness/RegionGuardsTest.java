package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Limit;
import org.assay.common.cohort.Thresholds;
import org.assay.common.cohort.Thresholds.Comparison;

/** What is told of a region as a whole, against the same conditions written out row by row. */
class RegionGuardsTest {
  private static final List<String> LEVELS = List.of("White", "Asian", "Other", Factor.NOT_KNOWN);
  private static final Factor ETHNICITY =
      Factor.of("ethnicity", "White", List.of("White", "Asian", "Other")).ofInterest();
  private static final Thresholds THRESHOLDS =
      new Thresholds(
          1,
          5,
          Thresholds.LEAST.eventsPerTerm(),
          new Limit(0.01, 0.05),
          new Limit(0.1, 0.4),
          new Comparison(
              Comparison.With.PUBLISHED,
              "1",
              new Limit(0.2, 0.5),
              0.1,
              new Limit(0.05, 0.15),
              0.25,
              0.25,
              0.25,
              0.05),
          Thresholds.LEAST.estimates());

  @Provide
  Arbitrary<CellTable> regions() {
    Arbitrary<Cell> cell =
        Arbitraries.integers()
            .between(1, 200)
            .flatMap(n -> Arbitraries.integers().between(0, n).map(k -> Cell.of(n, k)));
    return Combinators.combine(Arbitraries.of(LEVELS), cell)
        .as(
            (level, people) ->
                CellTable.over(List.of("ethnicity")).add(List.of(level), people).build())
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(
            parts -> parts.stream().reduce(CellTable.empty(List.of("ethnicity")), CellTable::plus));
  }

  private static List<String> told(CellTable now, Optional<CellTable> before, long notKnown) {
    return RegionGuards.of(
            new RegionCells(
                Optional.of("North"),
                now,
                now.total().n(),
                0,
                notKnown,
                0,
                Optional.empty(),
                before.map(Profile::of)),
            List.of(ETHNICITY),
            THRESHOLDS)
        .stream()
        .map(reason -> reason.code().name())
        .toList();
  }

  @Property
  void everyConditionIsToldAndNothingElse(
      @ForAll("regions") CellTable before, @ForAll("regions") CellTable now) {
    assertThat(told(now, Optional.of(before), 3)).isEqualTo(oracle(before, now, 3));
  }

  @Property
  void aRegionThatIsWhatItWasTellsNoChange(@ForAll("regions") CellTable region) {
    assertThat(told(region, Optional.of(region), 0)).isEqualTo(told(region, Optional.empty(), 0));
  }

  private static List<String> oracle(CellTable before, CellTable now, long outcomeNotKnown) {
    List<String> told = new ArrayList<>();
    double n = now.total().n();
    double m = before.total().n();
    double unknown = outcomeNotKnown / (n + outcomeNotKnown);
    if (unknown > 0.01) {
      told.add(unknown > 0.05 ? "OUTCOME_NOT_KNOWN" : "OUTCOME_OFTEN_NOT_KNOWN");
    }
    double blank = n(now, Factor.NOT_KNOWN) / n;
    if (blank > 0.1) {
      told.add(blank > 0.4 ? "FACTOR_NOT_KNOWN" : "FACTOR_OFTEN_NOT_KNOWN");
    }
    double change = Math.abs(n - m) / m;
    if (change > 0.2) {
      told.add(change > 0.5 ? "SIZE_CHANGED" : "SIZE_MOVED");
    }
    double rate = now.total().events() / n;
    double was = before.total().events() / m;
    if (Math.abs(rate - was)
        > Math.max(5 * Math.sqrt(was * (1 - was) * (1 / m + 1 / n)), was / 4)) {
      told.add("RATE_MOVED");
    }
    TreeSet<String> all = new TreeSet<>(LEVELS);
    all.stream()
        .filter(level -> n(before, level) == 0 && n(now, level) >= 5)
        .forEach(level -> told.add("LEVEL_APPEARED"));
    all.stream()
        .filter(level -> n(now, level) == 0 && n(before, level) >= 5)
        .forEach(level -> told.add("LEVEL_VANISHED"));
    double distance = 0;
    double index = 0;
    for (String level : LEVELS) {
      if (n(now, level) + n(before, level) > 0) {
        distance += Math.abs(n(now, level) / n - n(before, level) / m) / 2;
        double p = Math.max(0.5, n(now, level)) / n;
        double q = Math.max(0.5, n(before, level)) / m;
        index += (p - q) * Math.log(p / q);
      }
    }
    if (distance > 0.15) {
      told.add("SHARES_CHANGED");
    } else if (distance > 0.05 || index > 0.25) {
      told.add("SHARES_MOVED");
    } else {
      for (String level : all) {
        double p = n(now, level) / n;
        double q = n(before, level) / m;
        double chance = 5 * Math.sqrt(q * (1 - q) * (1 / m + 1 / n));
        if (p > 0 && q > 0 && Math.abs(p - q) > Math.max(chance, q / 4)) {
          told.add("LEVEL_MOVED");
        }
      }
    }
    if (Math.abs(blank - n(before, Factor.NOT_KNOWN) / m) > 0.05) {
      told.add("NOT_KNOWN_MOVED");
    }
    return told;
  }

  private static long n(CellTable cells, String level) {
    return cells.margin("ethnicity").getOrDefault(level, Cell.NOBODY).n();
  }

  private static CellTable region(long white, long asian, long other, long events) {
    return CellTable.over(List.of("ethnicity"))
        .add(List.of("White"), Cell.of(white, events))
        .add(List.of("Asian"), Cell.of(asian, asian / 10))
        .add(List.of("Other"), Cell.of(other, other / 10))
        .build();
  }

  @Example
  void theSentencesSayWhatMoved() {
    CellTable before = region(8000, 1500, 500, 800);
    CellTable now = region(8000, 500, 1500, 1400);

    List<String> sentences =
        RegionGuards.of(
                RegionCells.of(Optional.of("North"), now).comparedWith(Profile.of(before)),
                List.of(ETHNICITY),
                THRESHOLDS)
            .stream()
            .map(Reason::sentence)
            .toList();

    assertThat(sentences)
        .containsExactly(
            "1,600 people had the outcome (16.0 %), and 1,000 people (10.0 %) at the last publication.",
            "The levels of ethnicity have moved by 10.0 % since the last publication (stability index"
                + " 0.22), most of all Other: from 500 people (5.0 %) to 1,500 people (15.0 %).");
  }

  @Example
  void aSmallGroupThatIsCountedElsewhereIsTold() {
    CellTable before = region(96_000, 2_700, 300, 800);
    CellTable now = region(96_000, 2_050, 950, 800); // Chinese people, no longer Asian

    assertThat(
            RegionGuards.of(
                    RegionCells.of(Optional.of("North"), now).comparedWith(Profile.of(before)),
                    List.of(ETHNICITY),
                    THRESHOLDS)
                .stream()
                .map(Reason::sentence))
        .containsExactly(
            "950 people are in ethnicity Other (0.96 %), and 300 people were (0.30 %) at the last publication.");
  }

  @Example
  void nothingIsComparedWhereNothingIsAskedFor() {
    CellTable before = region(8000, 1500, 500, 800);
    Thresholds alone =
        new Thresholds(
            1,
            5,
            THRESHOLDS.eventsPerTerm(),
            THRESHOLDS.outcomeNotKnown(),
            THRESHOLDS.notKnown(),
            new Comparison(
                Comparison.With.NOTHING, "1", new Limit(0, 0), 0, new Limit(0, 0), 0, 0, 0, 0),
            THRESHOLDS.estimates());

    assertThat(
            RegionGuards.of(
                RegionCells.of(Optional.of("North"), region(1, 1, 1, 1))
                    .comparedWith(Profile.of(before)),
                List.of(ETHNICITY),
                alone))
        .isEmpty();
  }
}
