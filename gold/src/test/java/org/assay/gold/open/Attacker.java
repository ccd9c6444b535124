package org.assay.gold.open;

import static org.assay.gold.disclosure.Suppression.LEAST_POSSIBLE;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.disclosure.Rule;

/**
 * Somebody who has all of gold, knows how it was made, and wants the small counts. He is granted
 * more than he has: the exact counts beside any estimate, which withheld counts are small, the
 * rounding of every count that a standardised figure is made of, however few digits it has, and
 * which counts have not changed since a publication that he kept.
 */
final class Attacker {
  private static final double ROUNDED = 2;
  private static final Pattern STRATUM = Pattern.compile(".*\\[(.+)=(.+)]");

  /** What he solves for. */
  record Unknown(String cohort, String area, String factor, String level, String what) {}

  private final Map<Unknown, Long> counts;
  private final Feasible<Unknown> feasible;

  /** Of a nation as it is published. */
  Attacker(SmallNation nation, Map<TableContract, List<Row>> gold) {
    Truth truth = new Truth(nation);
    this.counts = truth.counts();
    this.feasible = truth.feasible();
    learn(truth, gold);
  }

  /** With what an earlier publication told of counts that have not changed since. */
  Attacker knowing(SmallNation nation, Map<TableContract, List<Row>> gold) {
    learn(new Truth(nation), gold);
    return this;
  }

  private void learn(Truth truth, Map<TableContract, List<Row>> gold) {
    Map<Unknown, Long> shown = shown(gold.get(PublicContract.RATES));
    shown.putAll(strata(gold.get(PublicContract.MODEL_FITS)));
    Set<Unknown> exact = estimated(gold);
    Set<Unknown> figured = new Figures(truth, gold, shown.keySet()).inputs();
    truth
        .counts()
        .forEach(
            (unknown, count) -> {
              if (count.equals(counts.get(unknown))) {
                learn(
                    unknown,
                    count,
                    shown.get(unknown),
                    exact.contains(unknown),
                    figured.contains(unknown));
              }
            });
  }

  private void learn(
      Unknown unknown, long count, Long shown, boolean isExact, boolean isInFigures) {
    boolean isSmall = count >= 1 && count <= 7;
    if (isExact) {
      feasible.within(unknown, count, count);
    } else if (shown != null) {
      rounded(unknown, shown);
    } else if (isSmall && !unknown.what().equals("others") && !Truth.isFine(unknown)) {
      feasible.within(unknown, 1, 7);
    }
    if (isInFigures && isSmall) {
      feasible.within(unknown, 1, 7);
    } else if (isInFigures) {
      rounded(unknown, Rule.NHS.rounded(count));
    }
  }

  private void rounded(Unknown unknown, long shown) {
    feasible.within(unknown, shown == 0 ? 0 : shown - ROUNDED, shown == 0 ? 0 : shown + ROUNDED);
  }

  /** The small counts of which he need not consider three integers any more. */
  List<Unknown> exposed() {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() >= 1 && count.getValue() <= 7)
        .map(Map.Entry::getKey)
        .filter(unknown -> !Truth.isFine(unknown))
        .filter(unknown -> feasible.integers(unknown, LEAST_POSSIBLE) < LEAST_POSSIBLE)
        .toList();
  }

  private static Map<Unknown, Long> shown(List<Row> rates) {
    Map<Unknown, Long> shown = new HashMap<>();
    for (Row row : rates) {
      for (String what : List.of("n", "events")) {
        Long count = (Long) value(PublicContract.RATES, row, what);
        if (count != null) {
          shown.put(unknown(PublicContract.RATES, row, what), count);
        }
      }
    }
    return shown;
  }

  /** The people of a stratum, of whom nobody is left out, are those of its level. */
  private static Map<Unknown, Long> strata(List<Row> fits) {
    TableContract table = PublicContract.MODEL_FITS;
    Map<Unknown, Long> shown = new HashMap<>();
    for (Row row : fits) {
      Matcher stratum = STRATUM.matcher((String) value(table, row, "model"));
      if (stratum.matches() && value(table, row, "status").equals("fitted")) {
        for (String what : List.of("n", "events")) {
          Long count = (Long) value(table, row, what);
          if (count != null) {
            shown.put(
                new Unknown(
                    (String) value(table, row, "cohort"),
                    (String) value(table, row, "region_key"),
                    stratum.group(1),
                    stratum.group(2),
                    what),
                count);
          }
        }
      }
    }
    return shown;
  }

  /** The counts of levels with an estimate or a standardised risk, where nobody is left out. */
  private static Set<Unknown> estimated(Map<TableContract, List<Row>> gold) {
    Set<List<Object>> whole = new HashSet<>();
    for (Row row : gold.get(PublicContract.MODEL_FITS)) {
      if (value(PublicContract.MODEL_FITS, row, "status").equals("fitted")) {
        whole.add(fit(PublicContract.MODEL_FITS, row));
      }
    }
    Set<Unknown> estimated = new HashSet<>();
    for (TableContract table :
        List.of(PublicContract.MODEL_TERMS, PublicContract.STANDARDISED_RISKS)) {
      String column = table == PublicContract.MODEL_TERMS ? "estimate" : "risk";
      for (Row row : gold.get(table)) {
        if (value(table, row, column) != null && whole.contains(fit(table, row))) {
          estimated.add(unknown(table, row, "n"));
          estimated.add(unknown(table, row, "events"));
        }
      }
    }
    return estimated;
  }

  private static List<Object> fit(TableContract table, Row row) {
    return List.of(
        value(table, row, "cohort"), value(table, row, "model"), value(table, row, "region_key"));
  }

  private static Unknown unknown(TableContract table, Row row, String what) {
    String factor = (String) value(table, row, "factor");
    String level = (String) value(table, row, "level");
    return new Unknown(
        (String) value(table, row, "cohort"),
        (String) value(table, row, "region_key"),
        factor == null ? "" : factor,
        level == null ? "" : level,
        what);
  }

  static Object value(TableContract table, Row row, String column) {
    return row.get(table.columns().stream().map(ContractColumn::name).toList().indexOf(column));
  }
}
