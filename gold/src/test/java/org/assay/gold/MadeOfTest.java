package org.assay.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MadeOfTest {
  @Test
  void whatAllTablesSayIsWhole() {
    Map<String, String> table = Map.of("deaths", "1", "falls", "2");

    assertThat(MadeOf.of(List.of(table, table))).isEqualTo(new MadeOf(table, Set.of()));
  }

  @Test
  void aCohortOfWhichARunThatWasKilledWroteOnlySomeTablesIsTorn() {
    Map<String, String> before = Map.of("deaths", "1", "falls", "2");
    Map<String, String> after = Map.of("deaths", "1", "falls", "3", "stays", "4");

    MadeOf made = MadeOf.of(List.of(after, before));

    assertThat(made.whole()).containsOnlyKeys("deaths");
    assertThat(made.torn()).containsExactlyInAnyOrder("falls", "stays");
  }

  @Test
  void aCohortThatWasTakenOutOfSomeTablesIsTorn() {
    assertThat(MadeOf.of(List.of(Map.of(), Map.of("deaths", "1"))).torn())
        .containsExactly("deaths");
  }
}
