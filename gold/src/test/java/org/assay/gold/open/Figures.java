package org.assay.gold.open;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.gold.open.Attacker.Unknown;
import org.assay.gold.view.RegionKey;

/**
 * Which counts the figures of a publication tell. Every figure is made of rounded counts, so
 * whoever could undo its formula would know the rounding of each of them, shown or not; but for
 * those of an age of which a count is withheld in the area for the sake of others, which no figure
 * sees.
 *
 * @param truth what is behind it
 * @param gold what is published
 * @param shown the counts that are shown
 */
record Figures(Truth truth, Map<TableContract, List<Row>> gold, Set<Unknown> shown) {
  private static final String AGE = "age";

  Set<Unknown> inputs() {
    Set<Unknown> inputs = new HashSet<>();
    for (Row rate : shown(PublicContract.RATES)) {
      Unknown of = unknown(PublicContract.RATES, rate);
      String statistic = (String) Attacker.value(PublicContract.RATES, rate, "statistic");
      if (!statistic.equals("crude")) {
        byAge(of, inputs);
      }
      if (statistic.equals("indirect")) {
        byAge(nation(of), inputs);
      }
    }
    for (Row point : shown(PublicContract.FUNNEL)) {
      Unknown of = unknown(PublicContract.FUNNEL, point);
      byAge(of, inputs);
      byAge(nation(of), inputs);
    }
    inputs.retainAll(truth.counts().keySet());
    return inputs;
  }

  private List<Row> shown(TableContract table) {
    return gold.get(table).stream()
        .filter(row -> Attacker.value(table, row, "value") != null)
        .toList();
  }

  private static Unknown unknown(TableContract table, Row row) {
    boolean isOfLevels = table == PublicContract.RATES;
    String factor = isOfLevels ? (String) Attacker.value(table, row, "factor") : null;
    String level = isOfLevels ? (String) Attacker.value(table, row, "level") : null;
    return new Unknown(
        (String) Attacker.value(table, row, "cohort"),
        (String) Attacker.value(table, row, "region_key"),
        OpenRow.orEmpty(factor),
        OpenRow.orEmpty(level),
        "");
  }

  private static Unknown nation(Unknown of) {
    return new Unknown(of.cohort(), RegionKey.NATIONAL, "", "", "");
  }

  private void byAge(Unknown of, Set<Unknown> inputs) {
    for (String age : SmallNation.AGES) {
      Unknown ofAge = new Unknown(of.cohort(), of.area(), AGE, age, "");
      Unknown input = of.factor().isEmpty() ? ofAge : Truth.fine(of, List.of(of.level(), age));
      Stream.of("n", "events")
          .filter(what -> isSeen(Truth.with(ofAge, what)))
          .map(what -> Truth.with(input, what))
          .forEach(inputs::add);
    }
  }

  private boolean isSeen(Unknown count) {
    return shown.contains(count) || truth.counts().getOrDefault(count, 0L) <= 7;
  }
}
