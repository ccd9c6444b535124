package org.assay.gold.open;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.spark.sql.Row;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;

/**
 * Somebody who has all of gold, knows how it was made, and wants the small counts. He is granted
 * more than he has: the exact counts beside any estimate, and which withheld counts are small.
 */
final class Attacker {
  private static final double ROUNDED = 2;
  private static final double MANY = 100_000;
  private static final Pattern STRATUM = Pattern.compile(".*\\[(.+)=(.+)]");

  /** What he solves for. */
  record Unknown(String cohort, String area, String factor, String level, String what) {}

  private final Truth truth;
  private final Map<Unknown, Integer> places = new LinkedHashMap<>();
  private final List<LinearConstraint> constraints = new ArrayList<>();

  Attacker(SmallNation nation) {
    this.truth = new Truth(nation);
    Map<TableContract, List<Row>> gold = nation.published();
    Map<Unknown, Long> shown = shown(gold.get(PublicContract.RATES));
    shown.putAll(strata(gold.get(PublicContract.MODEL_FITS)));
    Set<Unknown> exact = estimated(gold);
    truth.counts().keySet().forEach(unknown -> places.put(unknown, places.size()));
    truth
        .counts()
        .forEach(
            (unknown, count) -> {
              double[] bounds =
                  exact.contains(unknown)
                      ? new double[] {count, count}
                      : bounds(unknown, count, shown.get(unknown));
              constraint(Map.of(unknown, 1.0), Relationship.GEQ, bounds[0]);
              constraint(Map.of(unknown, 1.0), Relationship.LEQ, bounds[1]);
            });
    for (List<Unknown> sum : truth.sums()) {
      Map<Unknown, Double> row = new HashMap<>(Map.of(sum.get(0), -1.0));
      sum.subList(1, sum.size()).forEach(part -> row.merge(part, 1.0, Double::sum));
      constraint(row, Relationship.EQ, 0);
    }
  }

  private void constraint(Map<Unknown, Double> factors, Relationship relation, double value) {
    double[] row = new double[places.size()];
    factors.forEach((unknown, factor) -> row[places.get(unknown)] = factor);
    constraints.add(new LinearConstraint(row, relation, value));
  }

  private static double[] bounds(Unknown unknown, long count, Long shown) {
    if (shown != null) {
      return shown == 0 ? new double[] {0, 0} : new double[] {shown - ROUNDED, shown + ROUNDED};
    }
    boolean isSmall = !unknown.what().equals("others") && count >= 1 && count <= 7;
    return isSmall ? new double[] {1, 7} : new double[] {0, MANY};
  }

  /** Of every small count how many integers he must still consider. */
  Map<Unknown, Long> possible() {
    Map<Unknown, Long> possible = new LinkedHashMap<>();
    truth
        .counts()
        .forEach(
            (unknown, count) -> {
              if (count >= 1 && count <= 7) {
                double low = Math.ceil(optimum(unknown, GoalType.MINIMIZE) - 1e-6);
                double high = Math.floor(optimum(unknown, GoalType.MAXIMIZE) + 1e-6);
                possible.put(unknown, (long) (high - low) + 1);
              }
            });
    return possible;
  }

  private double optimum(Unknown unknown, GoalType goal) {
    double[] objective = new double[places.size()];
    objective[places.get(unknown)] = 1;
    return new SimplexSolver()
        .optimize(
            new MaxIter(100_000),
            new LinearObjectiveFunction(objective, 0),
            new LinearConstraintSet(constraints),
            goal,
            new NonNegativeConstraint(true))
        .getValue();
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
