package org.assay.common.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CellTableTest {
  private static final List<String> FACTORS = List.of("ethnicity", "age");

  private record Entry(List<String> levels, Cell cell) {}

  @Provide
  Arbitrary<List<Entry>> entries() {
    Arbitrary<String> level = Arbitraries.of("a", "b", "c");
    Arbitrary<Cell> cell =
        Arbitraries.integers()
            .between(0, 50)
            .flatMap(n -> Arbitraries.integers().between(0, n).map(k -> Cell.of(n, k)));
    return Combinators.combine(level, level, cell)
        .as((e, a, c) -> new Entry(List.of(e, a), c))
        .list()
        .ofMaxSize(30);
  }

  private static CellTable table(List<Entry> entries) {
    CellTable.Builder builder = CellTable.over(FACTORS);
    entries.forEach(entry -> builder.add(entry.levels(), entry.cell()));
    return builder.build();
  }

  @Property
  void theOrderOfCellsNeverMatters(@ForAll("entries") List<Entry> entries, @ForAll long seed) {
    List<Entry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(table(shuffled)).isEqualTo(table(entries));
  }

  @Property
  void tablesAreACommutativeMonoid(
      @ForAll("entries") List<Entry> a,
      @ForAll("entries") List<Entry> b,
      @ForAll("entries") List<Entry> c) {
    CellTable x = table(a);
    CellTable y = table(b);
    CellTable z = table(c);

    assertThat(x.plus(y)).isEqualTo(y.plus(x));
    assertThat(x.plus(y).plus(z)).isEqualTo(x.plus(y.plus(z)));
    assertThat(x.plus(CellTable.empty(FACTORS))).isEqualTo(x);
  }

  @Property
  void collapsingKeepsEverybody(@ForAll("entries") List<Entry> entries) {
    CellTable table = table(entries);

    assertThat(table.collapseTo(List.of("age")).total()).isEqualTo(table.total());
    assertThat(table.collapseTo(List.of("age")).margin("age")).isEqualTo(table.margin("age"));
  }

  @Property
  void leavingOutALevelLeavesOutItsPeopleAndNobodyElse(@ForAll("entries") List<Entry> entries) {
    CellTable table = table(entries);
    Cell people = table.margin("age").getOrDefault("b", Cell.NOBODY);

    assertThat(table.without("age", "b").total().plus(people)).isEqualTo(table.total());
  }

  @Property
  void mergingLevelsKeepsEverybody(@ForAll("entries") List<Entry> entries) {
    CellTable table = table(entries);
    CellTable merged = Adjustment.merged("age", "b", "c").applyTo(table);

    assertThat(merged.total()).isEqualTo(table.total());
    assertThat(merged.margin("age")).doesNotContainKey("b");
  }

  @net.jqwik.api.Example
  void aCellWithoutPeopleIsNotKept() {
    CellTable table = table(List.of(new Entry(List.of("a", "b"), Cell.NOBODY)));

    assertThat(table.size()).isZero();
  }

  @net.jqwik.api.Example
  void anUnknownFactorIsNamed() {
    assertThatThrownBy(() -> table(List.of()).margin("sex"))
        .hasMessage("No factor sex among [ethnicity, age]");
  }
}
