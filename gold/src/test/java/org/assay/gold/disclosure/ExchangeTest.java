package org.assay.gold.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/** What an exchange proves, a linear programme finds too; and what it should find it does. */
class ExchangeTest {
  private static final int LEVELS = 3;

  /** Regions by levels with all margins; some of everything is withheld. */
  private static AdditiveTable<String> table(List<Integer> counts, List<Boolean> hidden) {
    int regions = counts.size() / LEVELS;
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    for (int i = 0; i < counts.size(); i++) {
      table.add(cell(i / LEVELS, i % LEVELS), counts.get(i), true);
    }
    for (int r = 0; r < regions; r++) {
      int region = r;
      sum(table, "region " + r, IntStream.range(0, LEVELS).mapToObj(l -> cell(region, l)).toList());
    }
    for (int l = 0; l < LEVELS; l++) {
      int level = l;
      sum(table, "level " + l, IntStream.range(0, regions).mapToObj(r -> cell(r, level)).toList());
    }
    for (int place = 0; place < hidden.size(); place++) {
      if (hidden.get(place)) {
        table.hide(place);
      }
    }
    return table;
  }

  private static void sum(AdditiveTable<String> table, String name, List<String> parts) {
    table.add(
        name, parts.stream().mapToLong(p -> table.count(table.names().indexOf(p))).sum(), true);
    table.sum(name, parts);
  }

  private static String cell(int region, int level) {
    return "region %d level %d".formatted(region, level);
  }

  @Property(tries = 300)
  void whatAnExchangeProvesAProgrammeFindsToo(
      @ForAll @Size(9) List<@IntRange(max = 12) Integer> counts,
      @ForAll @Size(15) List<Boolean> hidden) {
    AdditiveTable<String> table = table(counts, hidden);
    Range[] ranges = table.propagated();
    for (int place = 0; place < table.size(); place++) {
      Neighbourhood near = Neighbourhood.of(table, ranges, place);
      int member = near.member(place);
      if (new Exchange(near).proves(member, 3)) {
        Programme programme = Programme.of(near);
        double least = programme.optimum(member, GoalType.MINIMIZE);
        double most = programme.optimum(member, GoalType.MAXIMIZE);
        assertThat(most - least).as(table.name(place)).isGreaterThan(2 - 1e-6);
        assertThat(least).isLessThan(table.count(place) + 1e-6);
        assertThat(most).isGreaterThan(table.count(place) - 1e-6);
      }
    }
  }

  /**
   * Four counts in a rectangle whose margins are known can move by as much as the least of them.
   */
  @Example
  void aRectangleIsExchanged() {
    assertThat(proves(rectangle(2, 2, 2, 2), 3)).isTrue();
    assertThat(proves(rectangle(2, 2, 2, 2), 5)).isTrue();
    assertThat(proves(rectangle(2, 2, 2, 2), 6)).isFalse();
    assertThat(proves(rectangle(0, 5, 5, 0), 6)).as("only upwards").isTrue();
    assertThat(proves(rectangle(1, 0, 9, 9), 3)).as("one person, and one beside").isFalse();
  }

  private static AdditiveTable<String> rectangle(long a, long b, long c, long d) {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    table.addFiner("a", a);
    table.addFiner("b", b);
    table.addFiner("c", c);
    table.addFiner("d", d);
    for (List<String> margin :
        List.of(List.of("a", "b"), List.of("c", "d"), List.of("a", "c"), List.of("b", "d"))) {
      sum(table, margin.toString(), margin);
      long known = table.count(table.names().indexOf(margin.toString()));
      table.known(margin.toString(), Range.exactly(known));
    }
    return table;
  }

  /** Three sums of three counts, two by two, tell each exactly; bounds alone tell nothing. */
  @Example
  void noExchangeIsFoundWhereThereIsNone() {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    List.of("a", "b", "c").forEach(name -> table.addFiner(name, 5));
    for (List<String> pair : List.of(List.of("a", "b"), List.of("b", "c"), List.of("a", "c"))) {
      sum(table, pair.toString(), pair);
      table.known(pair.toString(), Range.exactly(10));
    }

    assertThat(table.bounds().get("a")).isEqualTo(new Range(0, 10));
    assertThat(proves(table, 2)).isFalse();
    assertThat(proves(table, 3)).isFalse();
  }

  /** Who is sure of something wrong, such as of a count that has changed, is told nothing. */
  @Example
  void nothingIsProvedOfWhatIsNotTrue() {
    AdditiveTable<String> table = rectangle(2, 2, 2, 2);
    table.known("b", new Range(3, 9));

    Neighbourhood near = Neighbourhood.of(table, table.alone(), 0);

    assertThat(near.isTrue()).isFalse();
    assertThat(new Exchange(near).proves(near.member(0), 3)).isFalse();
  }

  private static boolean proves(AdditiveTable<String> table, int integers) {
    Neighbourhood near = Neighbourhood.of(table, table.propagated(), 0);
    return new Exchange(near).proves(near.member(0), integers);
  }
}
