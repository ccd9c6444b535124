package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldFigures;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.inequality.DirectRate;
import org.assay.gold.inequality.EuropeanStandardPopulation;
import org.assay.gold.inequality.IndirectRatio;
import org.assay.gold.inequality.Limits;

/**
 * The rows of {@code gold_exact.rates}: of every listed region, fitted or held, and of the nation;
 * for everybody and for each level of each factor, those that mean that it is not known among them.
 */
public final class Rates {
  /** Says that a figure would tell of a count that is withheld. */
  public static final String WITHHELD = "Withheld: small counts.";

  private static final double CONFIDENCE = 0.95;
  private static final double WIDE = 0.998;

  private final CohortResult result;
  private final Optional<AgeFactor> age;
  private final Rounding rounding;
  private final Optional<Map<String, Cell>> nation;

  private Rates(CohortResult result, Rounding rounding) {
    this.result = result;
    this.rounding = rounding;
    this.age = AgeFactor.of(result.cohort());
    this.nation =
        age.flatMap(a -> rounding.byAge(RegionKey.NATIONAL, result.nation().margin(a.name())));
  }

  /** The rows of a cohort. */
  public static List<Row> of(CohortResult result) {
    return of(result, Rounding.EXACT);
  }

  /** The rows of a cohort as they are computed from rounded counts. */
  public static List<Row> of(CohortResult result, Rounding rounding) {
    Rates rates = new Rates(result, rounding);
    List<Row> rows = new ArrayList<>();
    for (Area area : Area.of(result)) {
      rates.everybody(area, rows);
      for (String factor : area.cells().factors()) {
        rates.byLevel(area, factor, rows);
      }
    }
    return rows;
  }

  private void everybody(Area area, List<Row> rows) {
    add(area, null, null, area.cells(), age, rows);
  }

  private void byLevel(Area area, String factor, List<Row> rows) {
    Optional<AgeFactor> other = age.filter(a -> !a.name().equals(factor));
    area.cells()
        .margin(factor)
        .keySet()
        .forEach(level -> add(area, factor, level, area.cells().only(factor, level), other, rows));
  }

  private void add(
      Area area,
      String factor,
      String level,
      CellTable cells,
      Optional<AgeFactor> by,
      List<Row> rows) {
    Cell people = cells.total();
    rows.add(crude(row(area, factor, level, people), rounding.of(people)).build());
    by.filter(a -> !cells.margin(a.name()).isEmpty())
        .ifPresent(
            a -> {
              Optional<Map<String, Cell>> ages =
                  factor == null
                      ? rounding.byAge(area.key(), cells.margin(a.name()))
                      : rounding.byAge(area.key(), factor, level, cells.margin(a.name()));
              rows.add(
                  ages.map(of -> direct(row(area, factor, level, people), a, of))
                      .orElseGet(() -> none(direct(row(area, factor, level, people), a), WITHHELD))
                      .build());
              rows.add(
                  ages.flatMap(
                          of ->
                              nation.map(n -> indirect(row(area, factor, level, people), a, of, n)))
                      .orElseGet(
                          () ->
                              none(
                                  indirect(row(area, factor, level, people), a)
                                      .set("denominator", null),
                                  WITHHELD))
                      .build());
            });
  }

  private ContractRow row(Area area, String factor, String level, Cell people) {
    return area.row(GoldFigures.RATES, result)
        .set("regions", area.region().isPresent() ? 1 : result.listed().size())
        .set("factor", factor)
        .set("level", level)
        .set("n", people.n())
        .set("events", people.events());
  }

  static ContractRow crude(ContractRow row, Cell people) {
    row.set("statistic", "crude").set("standard_population", null);
    if (people.size() == 0) {
      return none(row.set("denominator", 0.0), "Nobody was at risk.");
    }
    double size = people.size();
    Limits limits =
        people.isRate()
            ? Limits.ofCount(people.events(), CONFIDENCE).times(1 / size)
            : Limits.ofProportion(people.events(), size, CONFIDENCE);
    Limits wide =
        people.isRate()
            ? Limits.ofCount(people.events(), WIDE).times(1 / size)
            : Limits.ofProportion(people.events(), size, WIDE);
    return value(row.set("denominator", size), people.rate(), limits, wide);
  }

  private static ContractRow direct(ContractRow row, AgeFactor by) {
    return row.set("statistic", "direct")
        .set("standard_population", EuropeanStandardPopulation.NAME)
        .set("denominator", (double) by.weights().values().stream().mapToInt(w -> w).sum());
  }

  private static ContractRow direct(ContractRow row, AgeFactor by, Map<String, Cell> ages) {
    direct(row, by);
    return DirectRates.of(by, ages)
        .map(rate -> value(row, rate.value(), rate.limits(CONFIDENCE), rate.limits(WIDE)))
        .orElseGet(() -> none(row, "Fewer than 10 events, or an age band without people."));
  }

  private static ContractRow indirect(ContractRow row, AgeFactor by) {
    return row.set("statistic", "indirect")
        .set("standard_population", "all listed regions, by " + by.name());
  }

  private static ContractRow indirect(
      ContractRow row, AgeFactor by, Map<String, Cell> ages, Map<String, Cell> nation) {
    List<IndirectRatio.Stratum> strata = new ArrayList<>();
    ages.forEach(
        (band, people) -> {
          Cell reference = nation.get(band);
          if (by.weights().containsKey(band) && reference.size() > 0) {
            strata.add(
                new IndirectRatio.Stratum(
                    people.events(), people.size(), reference.events(), reference.size()));
          }
        });
    IndirectRatio ratio = IndirectRatio.of(strata);
    indirect(row, by).set("denominator", ratio.expected());
    return ratio.expected() > 0
        ? value(row, ratio.value(), ratio.limits(CONFIDENCE), ratio.limits(WIDE))
        : none(row, "No events are expected.");
  }

  private static ContractRow value(ContractRow row, double value, Limits limits, Limits wide) {
    return row.set("value", Keys.number(value))
        .set("conf_low", Keys.number(limits.low()))
        .set("conf_high", Keys.number(limits.high()))
        .set("conf_low_998", Keys.number(wide.low()))
        .set("conf_high_998", Keys.number(wide.high()))
        .set("limits", Keys.lower(limits.method()))
        .set("note", null);
  }

  private static ContractRow none(ContractRow row, String because) {
    for (String column :
        List.of("value", "conf_low", "conf_high", "conf_low_998", "conf_high_998", "limits")) {
      row.set(column, null);
    }
    return row.set("note", because);
  }

  /** Directly standardised rates of people divided by age. */
  static final class DirectRates {
    private DirectRates() {}

    /** Empty below 10 events, and where a band of the standard has nobody. */
    static Optional<DirectRate> of(AgeFactor by, Map<String, Cell> ages) {
      List<DirectRate.Stratum> strata = new ArrayList<>();
      for (Map.Entry<String, Integer> band : by.weights().entrySet()) {
        Cell people = ages.getOrDefault(band.getKey(), Cell.NOBODY);
        if (people.size() == 0) {
          return Optional.empty();
        }
        boolean byPerson = people.isRate() && people.squares().events() > 0;
        strata.add(
            byPerson
                ? DirectRate.Stratum.ofRepeated(
                    people.events(), people.size(), band.getValue(), people.squares().events())
                : DirectRate.Stratum.of(people.events(), people.size(), band.getValue()));
      }
      return DirectRate.of(strata);
    }
  }
}
