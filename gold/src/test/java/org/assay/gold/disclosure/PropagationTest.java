package org.assay.gold.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Bounds that are propagated from what has changed are those that are propagated from scratch. */
class PropagationTest {
  private static final int SIDE = 3;

  @Provide
  Arbitrary<List<Integer>> counts() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(1, 9)),
            Tuple.of(3, Arbitraries.integers().between(8, 60)),
            Tuple.of(1, Arbitraries.just(0)))
        .list()
        .ofSize(SIDE * SIDE);
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    int names = table(IntStream.range(0, SIDE * SIDE).boxed().toList()).size();
    return Arbitraries.integers().between(0, names - 1).list().ofMaxSize(9);
  }

  /**
   * Regions by levels with all their sums. Estimates tell of the first two levels of a region
   * together, and a figure of each region is made of its levels; one more of both is about counts
   * that are in no sum together.
   */
  private static AdditiveTable<String> table(List<Integer> counts) {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    List<String> regions = new ArrayList<>();
    for (int r = 0; r < SIDE; r++) {
      int region = r;
      List<String> levels =
          IntStream.range(0, SIDE).mapToObj(l -> "r%dl%d".formatted(region, l)).toList();
      long people = 0;
      for (int l = 0; l < SIDE; l++) {
        table.add(levels.get(l), counts.get(SIDE * r + l), true);
        people += counts.get(SIDE * r + l);
      }
      table.add("r" + r, people, true);
      table.sum("r" + r, levels);
      table.told(levels.subList(0, 2));
      table.figure("figure of r" + r, levels, List.of("r" + r));
      regions.add("r" + r);
    }
    long all = counts.stream().mapToLong(count -> count).sum();
    table.add("all", all, true);
    table.sum("all", regions);
    List<String> levels = new ArrayList<>();
    for (int l = 0; l < SIDE; l++) {
      int level = l;
      table.add(
          "l" + l,
          IntStream.range(0, SIDE).mapToLong(r -> counts.get(SIDE * r + level)).sum(),
          true);
      table.sum(
          "l" + l, IntStream.range(0, SIDE).mapToObj(r -> "r%dl%d".formatted(r, level)).toList());
      levels.add("l" + l);
    }
    table.sum("all", levels);
    table.told(List.of("r0l1", "r1l2", "r2l0"));
    table.figure("diagonal", List.of("r0l0", "r1l1", "r2l2"), List.of("all"));
    return table;
  }

  @Property(tries = 1_000)
  void showingOneMoreIsPropagatedAsShowingAll(
      @ForAll("counts") List<Integer> counts, @ForAll("places") List<Integer> places) {
    AdditiveTable<String> table = table(counts);
    List<Integer> hidden =
        places.stream().filter(place -> table.isShown(table.name(place))).distinct().toList();
    hidden.forEach(table::hide);
    Range[] ranges = table.propagated();
    for (int place : hidden) {
      table.show(place);

      table.shownToo(place, ranges);

      assertThat(ranges).isEqualTo(table.propagated());
    }
  }

  @Property(tries = 1_000)
  void withholdingMoreIsPropagatedAsWithholdingAll(
      @ForAll("counts") List<Integer> counts, @ForAll("places") List<Integer> places) {
    AdditiveTable<String> table = table(counts);
    Bounds bounds = new Bounds(table);
    for (int place : places) {
      table.hide(place);

      assertThat(bounds.now()).isEqualTo(table.propagated());
    }
  }

  @Property(tries = 200)
  void whatIsWithheldAndShownAgainChangesNothing(
      @ForAll("counts") List<Integer> counts, @ForAll("places") List<Integer> places) {
    AdditiveTable<String> table = table(counts);
    List<Integer> hidden =
        places.stream().filter(place -> table.isShown(table.name(place))).distinct().toList();
    Bounds bounds = new Bounds(table);
    Range[] before = bounds.now().clone();
    hidden.forEach(table::hide);
    bounds.now();

    hidden.forEach(table::show);

    assertThat(bounds.now()).isEqualTo(before);
  }
}
