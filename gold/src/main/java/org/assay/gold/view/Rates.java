package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private static final double CONFIDENCE = 0.95;
  private static final double WIDE = 0.998;

  private final CohortResult result;
  private final Optional<AgeFactor> age;
  private final Rounding rounding;

  private Rates(CohortResult result, Rounding rounding) {
    this.result = result;
    this.rounding = rounding;
    this.age = AgeFactor.of(result.cohort());
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
    Map<String, CellTable> ages = age.map(a -> byLevel(area.cells(), a.name())).orElse(Map.of());
    add(area, null, null, area.cells().total(), ages, rows);
  }

  private void byLevel(Area area, String factor, List<Row> rows) {
    boolean isAge = age.filter(a -> a.name().equals(factor)).isPresent();
    byLevel(area.cells(), factor)
        .forEach(
            (level, cells) ->
                add(
                    area,
                    factor,
                    level,
                    cells.total(),
                    isAge ? Map.of() : age.map(a -> byLevel(cells, a.name())).orElse(Map.of()),
                    rows));
  }

  private static Map<String, CellTable> byLevel(CellTable cells, String factor) {
    Map<String, CellTable> byLevel = new TreeMap<>();
    cells.margin(factor).keySet().forEach(level -> byLevel.put(level, cells.only(factor, level)));
    return byLevel;
  }

  private void add(
      Area area,
      String factor,
      String level,
      Cell people,
      Map<String, CellTable> ages,
      List<Row> rows) {
    rows.add(crude(row(area, factor, level, people), rounding.of(people)).build());
    age.filter(a -> !ages.isEmpty())
        .ifPresent(
            a -> {
              rows.add(direct(row(area, factor, level, people), a, ages).build());
              rows.add(indirect(row(area, factor, level, people), a, ages).build());
            });
  }

  private ContractRow row(Area area, String factor, String level, Cell people) {
    return area.row(GoldFigures.RATES, result)
        .set("regions", area.region().isPresent() ? 1 : result.regionsListed())
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

  private ContractRow direct(ContractRow row, AgeFactor by, Map<String, CellTable> ages) {
    row.set("statistic", "direct").set("standard_population", EuropeanStandardPopulation.NAME);
    row.set("denominator", (double) by.weights().values().stream().mapToInt(w -> w).sum());
    return DirectRates.of(by, ages, rounding)
        .map(rate -> value(row, rate.value(), rate.limits(CONFIDENCE), rate.limits(WIDE)))
        .orElseGet(() -> none(row, "Fewer than 10 events, or an age band without people."));
  }

  private ContractRow indirect(ContractRow row, AgeFactor by, Map<String, CellTable> ages) {
    Map<String, Cell> nation = result.nation().margin(by.name());
    List<IndirectRatio.Stratum> strata = new ArrayList<>();
    ages.forEach(
        (band, cells) -> {
          Cell people = rounding.of(cells.total());
          Cell reference = rounding.of(nation.get(band));
          if (by.weights().containsKey(band) && reference.size() > 0) {
            strata.add(
                new IndirectRatio.Stratum(
                    people.events(), people.size(), reference.events(), reference.size()));
          }
        });
    IndirectRatio ratio = IndirectRatio.of(strata);
    row.set("statistic", "indirect")
        .set("standard_population", "all listed regions, by " + by.name())
        .set("denominator", ratio.expected());
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
    static Optional<DirectRate> of(AgeFactor by, Map<String, CellTable> ages, Rounding rounding) {
      List<DirectRate.Stratum> strata = new ArrayList<>();
      for (Map.Entry<String, Integer> band : by.weights().entrySet()) {
        Cell people =
            Optional.ofNullable(ages.get(band.getKey()))
                .map(CellTable::total)
                .map(rounding::of)
                .orElse(Cell.NOBODY);
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
