package org.assay.gold.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Six groups with one event of a young person each and twenty of old ones. Six young events are few
 * and withheld; but who has a figure of each group knows that none of the six has no young event.
 */
class FigureSuppressionTest {
  private static final List<String> GROUPS =
      IntStream.range(0, 6).mapToObj(i -> "group " + i).toList();

  private static AdditiveTable<String> groups() {
    AdditiveTable<String> table = new AdditiveTable<>(Rule.NHS);
    table.add("young", 6, true);
    table.add("old", 120, true);
    table.add("all", 126, true, AdditiveTable.Worth.TOTAL);
    table.sum("all", List.of("young", "old"));
    for (String group : GROUPS) {
      table.add(group, 21, true);
      table.addFiner(group + ", young", 1);
      table.addFiner(group + ", old", 20);
      table.sum(group, ages(group));
      table.figure("rate of " + group, ages(group), List.of(group));
    }
    table.sum("all", GROUPS);
    table.sum("young", GROUPS.stream().map(group -> group + ", young").toList());
    table.sum("old", GROUPS.stream().map(group -> group + ", old").toList());
    return table;
  }

  private static List<String> ages(String group) {
    return List.of(group + ", young", group + ", old");
  }

  private static List<String> withheld(AdditiveTable<String> table) {
    return Stream.concat(
            Stream.of("young", "old", "all"),
            GROUPS.stream().flatMap(group -> Stream.of(group, "rate of " + group)))
        .filter(name -> !table.isShown(name))
        .toList();
  }

  @Test
  void whatAllFiguresTellTogetherIsTold() {
    assertThat(groups().bounds()).containsEntry("young", new Range(6, 7));
  }

  @Test
  void aFigureIsWithheldBeforeACountIs() {
    AdditiveTable<String> table = groups();

    assertThat(Suppression.protect(table)).isEmpty();

    assertThat(withheld(table)).containsExactly("young", "rate of group 0");
    assertThat(table.bounds()).containsEntry("young", new Range(5, 7));
  }

  @Test
  void aFigureTellsNothingUnlessTheCountsBesideItAreShown() {
    AdditiveTable<String> table = groups();
    table.wasWithheld("group 3");

    assertThat(Suppression.protect(table)).isEmpty();

    assertThat(withheld(table)).containsExactly("young", "group 3");
  }

  @Test
  void aFigureThatWasWithheldStaysWithheld() {
    AdditiveTable<String> table = groups();
    table.wasWithheld("rate of group 5");

    assertThat(Suppression.protect(table)).isEmpty();

    assertThat(withheld(table)).containsExactly("young", "rate of group 5");
  }

  @Test
  void whatAllFiguresHaveToldAlreadyIsLost() {
    AdditiveTable<String> table = groups();
    GROUPS.forEach(group -> table.tellsAlready("rate of " + group));

    assertThat(Suppression.protect(table)).containsExactly("young");
  }

  /** What a figure that is shown again tells is propagated as if it had always been shown. */
  @Test
  void showingAFigureAgainTellsOfItsInputs() {
    AdditiveTable<String> table = groups();
    int figure = table.names().indexOf("rate of group 2");
    table.hide(figure);
    Range[] without = table.propagated();
    table.show(figure);

    assertThat(table.shownToo(figure, without)).isNotEmpty();
    assertThat(without).isEqualTo(table.propagated());
  }

  @Test
  void showingACountAgainTellsOfTheFiguresBesideIt() {
    AdditiveTable<String> table = groups();
    int group = table.names().indexOf("group 2");
    table.hide(group);
    Range[] without = table.propagated();
    table.show(group);

    assertThat(table.shownToo(group, without)).isNotEmpty();
    assertThat(without).isEqualTo(table.propagated());
  }
}
