package org.assay.gold.open;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.contract.GoldFigures;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.view.Rates;

/** What figures made of many counts tell somebody who knows how they are made. */
class FigureAttackTest {

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void theyRemainWhereEventsAreCountedOverTime(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 3) int regions) {
    nothingIsExposed(SmallNation.ofRates(seed, regions));
  }

  /** If all its figures were told, two integers would be left of one of its counts. */
  @Example
  void figuresOfLevelsAreWithheldWhereTheyTellTooMuch() {
    SmallNation nation = SmallNation.ofRareEvents(1, 3);
    Map<TableContract, List<Row>> careless = new HashMap<>(nation.published());
    careless.put(PublicContract.RATES, withEveryFigure(nation));

    nothingIsExposed(nation);
    assertThat(new Attacker(nation, careless).exposed()).isNotEmpty();

    assertThat(nation.published().get(PublicContract.RATES))
        .anySatisfy(
            rate -> {
              assertThat(Attacker.value(PublicContract.RATES, rate, "factor"))
                  .isEqualTo("ethnicity");
              assertThat(Attacker.value(PublicContract.RATES, rate, "events")).isNotNull();
              assertThat(Attacker.value(PublicContract.RATES, rate, "value")).isNull();
              assertThat(Attacker.value(PublicContract.RATES, rate, "note"))
                  .isEqualTo(Rates.WITHHELD);
            });
  }

  private static List<Row> withEveryFigure(SmallNation nation) {
    Map<List<Object>, Row> exact = new HashMap<>();
    for (Row row : nation.exact().get(GoldFigures.RATES)) {
      exact.put(key(GoldFigures.RATES, row), row);
    }
    return nation.published().get(PublicContract.RATES).stream()
        .map(row -> withFigure(row, exact.get(key(PublicContract.RATES, row))))
        .toList();
  }

  private static List<Object> key(TableContract rates, Row row) {
    List<Object> key = new ArrayList<>();
    rates.key().forEach(column -> key.add(Attacker.value(rates, row, column)));
    return key;
  }

  private static Row withFigure(Row row, Row exact) {
    if (!Rates.WITHHELD.equals(Attacker.value(PublicContract.RATES, row, "note"))) {
      return row;
    }
    List<ContractColumn> columns = PublicContract.RATES.columns();
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      String name = columns.get(i).name();
      values[i] =
          name.equals("value") ? Attacker.value(GoldFigures.RATES, exact, name) : row.get(i);
    }
    return RowFactory.create(values);
  }

  private static void nothingIsExposed(SmallNation nation) {
    assertThat(new Attacker(nation, nation.published()).exposed()).isEmpty();
  }
}
