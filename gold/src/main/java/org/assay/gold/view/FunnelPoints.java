package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldFigures;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.inequality.Funnel;
import org.assay.gold.inequality.Limits;
import org.assay.gold.inference.Normal;

/** The rows of {@code gold_exact.funnel}: which regions are further from the others than chance. */
public final class FunnelPoints {
  private static final double NARROW = 0.95;
  private static final double WIDE = 0.998;
  private static final int FEWEST_REGIONS = 3;

  private static final List<String> FIGURES =
      List.of(
          "events",
          "denominator",
          "value",
          "target",
          "limit_low_95",
          "limit_high_95",
          "limit_low_998",
          "limit_high_998",
          "z",
          "z_adjusted",
          "phi",
          "tau2",
          "significance",
          "significance_adjusted");

  private FunnelPoints() {}

  /** A region in the funnel. */
  private record Point(String region, long events, double denominator) {
    double value() {
      return events / denominator;
    }
  }

  /** The rows of a cohort; none for fewer than three regions. */
  public static List<Row> of(CohortResult result) {
    return of(result, Rounding.EXACT);
  }

  /** The rows of a cohort as they are computed from rounded counts. */
  public static List<Row> of(CohortResult result, Rounding rounding) {
    Optional<AgeFactor> age = AgeFactor.of(result.cohort());
    Cell nation = rounding.of(result.nation().total());
    Optional<Map<String, Cell>> ages =
        age.flatMap(a -> rounding.byAge(RegionKey.NATIONAL, result.nation().margin(a.name())));
    boolean isRatio = age.isPresent() || nation.isRate();
    boolean isWithheld =
        rounding.withholds(RegionKey.NATIONAL) || age.isPresent() && ages.isEmpty();
    List<Point> points = new ArrayList<>();
    List<String> withheld = new ArrayList<>();
    result
        .listed()
        .forEach(
            (region, cells) -> {
              Cell people = rounding.of(cells.total());
              OptionalDouble denominator =
                  isWithheld || rounding.withholds(region)
                      ? OptionalDouble.empty()
                      : age.isPresent()
                          ? expected(
                              rounding.byAge(region, cells.margin(age.get().name())), ages.get())
                          : OptionalDouble.of(isRatio ? people.size() * nation.rate() : people.n());
              if (denominator.isEmpty()) {
                withheld.add(region);
              } else if (denominator.getAsDouble() > 0) {
                points.add(new Point(region, people.events(), denominator.getAsDouble()));
              }
            });
    if (points.size() + withheld.size() < FEWEST_REGIONS || !nation.isMixed()) {
      return List.of();
    }
    if (points.size() < FEWEST_REGIONS) { // too few to tell how far apart regions are
      points.forEach(point -> withheld.add(point.region()));
      points.clear();
    }
    List<Row> rows = new ArrayList<>();
    withheld.forEach(region -> rows.add(withheld(result, region, isRatio)));
    if (points.isEmpty()) {
      return rows;
    }
    double target = isRatio ? 1 : nation.rate();
    double[] events = points.stream().mapToDouble(Point::events).toArray();
    double[] denominators = points.stream().mapToDouble(Point::denominator).toArray();
    Funnel funnel =
        isRatio
            ? Funnel.ofRatios(events, denominators, target)
            : Funnel.ofProportions(events, denominators, target);
    for (int i = 0; i < points.size(); i++) {
      rows.add(row(result, points.get(i), i, funnel, isRatio, target));
    }
    return rows;
  }

  /**
   * The events at the nation's rates by age.
   *
   * @param ages the region's people; empty where they would tell of a count that is withheld
   * @param nation the nation's
   */
  private static OptionalDouble expected(
      Optional<Map<String, Cell>> ages, Map<String, Cell> nation) {
    if (ages.isEmpty()) {
      return OptionalDouble.empty();
    }
    double expected = 0;
    for (Map.Entry<String, Cell> band : ages.get().entrySet()) {
      Cell reference = nation.get(band.getKey());
      if (reference.size() > 0) {
        expected += band.getValue().size() * reference.rate();
      }
    }
    return OptionalDouble.of(expected);
  }

  private static ContractRow row(CohortResult result, String region, boolean isRatio) {
    return GoldFigures.FUNNEL
        .row()
        .set("period", result.period())
        .set("cohort", result.cohort().name())
        .set("region", region)
        .set("region_key", region)
        .set("statistic", isRatio ? "ratio" : "proportion");
  }

  /** A region of which nothing can be told; it has no part in what is told of others. */
  private static Row withheld(CohortResult result, String region, boolean isRatio) {
    ContractRow row = row(result, region, isRatio);
    FIGURES.forEach(column -> row.set(column, null));
    return row.build();
  }

  private static Row row(
      CohortResult result, Point point, int i, Funnel funnel, boolean isRatio, double target) {
    Limits narrow = limits(isRatio, target, point.denominator(), NARROW);
    Limits wide = limits(isRatio, target, point.denominator(), WIDE);
    return row(result, point.region(), isRatio)
        .set("events", point.events())
        .set("denominator", point.denominator())
        .set("value", point.value())
        .set("target", target)
        .set("limit_low_95", narrow.low())
        .set("limit_high_95", narrow.high())
        .set("limit_low_998", wide.low())
        .set("limit_high_998", wide.high())
        .set("z", funnel.z()[i])
        .set("z_adjusted", funnel.adjusted()[i])
        .set("phi", funnel.phi())
        .set("tau2", funnel.tau2())
        .set("significance", significance(point.value(), narrow, wide))
        .set(
            "significance_adjusted",
            significance(
                funnel.adjusted()[i],
                new Limits(Limits.Method.DELTA, -Normal.z(NARROW), Normal.z(NARROW)),
                new Limits(Limits.Method.DELTA, -Normal.z(WIDE), Normal.z(WIDE))))
        .build();
  }

  private static Limits limits(boolean isRatio, double target, double size, double confidence) {
    return isRatio
        ? Funnel.ratioLimits(size, confidence)
        : Funnel.proportionLimits(target, size, confidence);
  }

  private static String significance(double value, Limits narrow, Limits wide) {
    if (value < narrow.low()) {
      return value < wide.low() ? "low_998" : "low_95";
    }
    if (value > narrow.high()) {
      return value > wide.high() ? "high_998" : "high_95";
    }
    return "none";
  }
}
