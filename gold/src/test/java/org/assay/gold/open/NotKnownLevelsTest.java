package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldFigures;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.view.Inequalities;
import org.junit.jupiter.api.Test;

/** People whose deprivation nobody knows, and a factor whose levels only look like ages. */
class NotKnownLevelsTest {
  private static final List<String> FACTORS = List.of("group", "household", "imd");

  @Test
  void peopleWithoutAQuintileAreNoEndOfTheGradient() {
    List<Row> with = inequality(true);
    List<Row> without = inequality(false);

    assertThat(column(with, "value")).isEqualTo(column(without, "value")).doesNotContainNull();
    assertThat(column(with, "n")).isEqualTo(column(without, "n"));
    assertThat(column(with, "least_deprived")).containsOnly("5");
    assertThat(column(with, "quantiles")).containsOnly(5);
  }

  @Test
  void aTrendIsTestedAmongThoseWhoHaveAQuintile() {
    List<Row> trends = trends(true);

    assertThat(trends).hasSameSizeAs(trends(false)).hasSize(2);
    assertThat(trends)
        .allSatisfy(
            trend -> {
              assertThat(Attacker.value(GoldContract.FACTOR_TESTS, trend, "df")).isEqualTo(1);
              assertThat((double) Attacker.value(GoldContract.FACTOR_TESTS, trend, "estimate"))
                  .isPositive();
            });
  }

  private static List<Row> trends(boolean withNotKnown) {
    return nation(withNotKnown).exact().get(GoldContract.FACTOR_TESTS).stream()
        .filter(
            row ->
                "trend".equals(Attacker.value(GoldContract.FACTOR_TESTS, row, "test"))
                    && "imd".equals(Attacker.value(GoldContract.FACTOR_TESTS, row, "factor")))
        .toList();
  }

  /** Households of 0-4, 5-9 and 10+ are no bands of ages. */
  @Test
  void onlyAFactorOfAgesIsStandardisedFor() {
    assertThat(column(inequality(true), "based_on")).containsOnly("crude");
  }

  private static List<Row> inequality(boolean withNotKnown) {
    return Inequalities.of(nation(withNotKnown).results().get(0), Rounding.EXACT);
  }

  private static SmallNation nation(boolean withNotKnown) {
    return new SmallNation("not-known.conf", regions(withNotKnown));
  }

  private static SortedMap<String, CellTable> regions(boolean withNotKnown) {
    SortedMap<String, CellTable> regions = new TreeMap<>();
    for (String region : List.of("R0", "R1")) {
      CellTable.Builder cells = CellTable.over(FACTORS);
      for (String group : List.of("a", "b", "c", "d", "e")) {
        int more = 0;
        for (String household : List.of("0-4", "5-9", "10+")) {
          more += 10;
          for (int imd = 1; imd <= 5; imd++) {
            cells.add(
                List.of(group, household, Integer.toString(imd)),
                Cell.of(400, 20 + more + 3L * imd));
          }
          if (withNotKnown) {
            cells.add(List.of(group, household, "Not known"), Cell.of(400, 390));
          }
        }
      }
      regions.put(region, cells.build());
    }
    return regions;
  }

  private static List<Object> column(List<Row> rows, String column) {
    assertThat(rows).isNotEmpty();
    return rows.stream().map(row -> Attacker.value(GoldFigures.INEQUALITY, row, column)).toList();
  }
}
