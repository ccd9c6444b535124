package org.assay.gold.open;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.view.AgeFactor;
import org.assay.gold.view.RegionKey;

/** The rows of {@code gold.indicators}: rates in the shape that users of Fingertips know. */
final class Indicators {
  private static final double PERCENT = 100;
  private static final double PER_100_000 = 100_000;
  private static final Map<String, Integer> RATES = places();

  private Indicators() {}

  private static Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (ContractColumn column : PublicContract.RATES.columns()) {
      places.put(column.name(), places.size());
    }
    return places;
  }

  /** What identifies an indicator, a category and a period, whatever the area. */
  private record Series(
      String period, String cohort, String factor, String level, String statistic) {}

  static List<Row> of(List<CohortResult> results, List<Row> rates, Labels labels) {
    Map<String, Cohort> cohorts = new HashMap<>();
    Map<String, String> names = new HashMap<>(Map.of(RegionKey.NATIONAL, labels.nation()));
    for (CohortResult result : results) {
      cohorts.put(result.cohort().name(), result.cohort());
      for (RegionFit fit : result.fits()) {
        fit.region().name().ifPresent(name -> names.put(fit.region().key().region().get(), name));
      }
    }
    Map<Series, Double> nation = new HashMap<>();
    for (Row rate : rates) {
      if (text(rate, "area_type").equals("national") && number(rate, "value") != null) {
        nation.put(series(rate), number(rate, "value"));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Row rate : rates) {
      Cohort cohort = cohorts.get(text(rate, "cohort"));
      String area = text(rate, "region_key");
      rows.add(
          row(rate, cohort, Optional.ofNullable(nation.get(series(rate))))
              .set("area_name", names.getOrDefault(area, area))
              .set("period_sortable", labels.sortKeys().get(text(rate, "period")))
              .build());
    }
    return rows;
  }

  private static Series series(Row rate) {
    return new Series(
        text(rate, "period"),
        text(rate, "cohort"),
        text(rate, "factor"),
        text(rate, "level"),
        text(rate, "statistic"));
  }

  private static ContractRow row(Row rate, Cohort cohort, Optional<Double> nation) {
    String statistic = text(rate, "statistic");
    double multiplier = multiplier(cohort, statistic);
    String factor = text(rate, "factor");
    String level = text(rate, "level");
    boolean isNational = text(rate, "area_type").equals("national");
    return PublicContract.INDICATORS
        .row()
        .set("indicator_id", cohort.name() + "." + statistic)
        .set("indicator_name", "%s (%s)".formatted(cohort.title(), named(cohort, statistic)))
        .set("cohort", cohort.name())
        .set("area_code", text(rate, "region_key"))
        .set("area_type", text(rate, "area_type"))
        .set("sex", "sex".equals(factor) ? level : "Persons")
        .set("age", isAge(factor) ? level : "All ages")
        .set("category_type", factor)
        .set("category", level)
        .set("period", text(rate, "period"))
        .set("value", times(number(rate, "value"), multiplier))
        .set("lower_ci_95", times(number(rate, "conf_low"), multiplier))
        .set("upper_ci_95", times(number(rate, "conf_high"), multiplier))
        .set("lower_ci_998", times(number(rate, "conf_low_998"), multiplier))
        .set("upper_ci_998", times(number(rate, "conf_high_998"), multiplier))
        .set("count", rate.get(RATES.get("events")))
        .set("denominator", number(rate, "denominator"))
        .set("multiplier", multiplier)
        .set("statistic", statistic)
        .set("method", text(rate, "limits"))
        .set("standard_population", text(rate, "standard_population"))
        .set("compared_to_england", isNational ? null : compared(rate, cohort, nation))
        .set("value_note", text(rate, "note"));
  }

  private static boolean isAge(String factor) {
    return factor != null && AgeFactor.isNamed(factor);
  }

  private static String named(Cohort cohort, String statistic) {
    return switch (statistic) {
      case "direct" -> "directly standardised rate per 100,000";
      case "indirect" -> "indirectly standardised ratio";
      default -> cohort.outcome().isRate() ? "rate per 100,000" : "percent";
    };
  }

  private static double multiplier(Cohort cohort, String statistic) {
    return switch (statistic) {
      case "direct" -> PER_100_000;
      case "indirect" -> PERCENT;
      default -> cohort.outcome().isRate() ? PER_100_000 : PERCENT;
    };
  }

  /** By whether the area's limits exclude the nation's value. */
  private static String compared(Row rate, Cohort cohort, Optional<Double> nation) {
    Double low = number(rate, "conf_low");
    Double high = number(rate, "conf_high");
    if (nation.isEmpty() || low == null || high == null) {
      return null;
    }
    if (low > nation.get()) {
      return cohort.polarity().ofHigher();
    }
    return high < nation.get() ? cohort.polarity().ofLower() : "similar";
  }

  private static Double times(Double value, double multiplier) {
    return value == null ? null : (Double) (value * multiplier);
  }

  private static String text(Row row, String column) {
    return (String) row.get(RATES.get(column));
  }

  private static Double number(Row row, String column) {
    return (Double) row.get(RATES.get(column));
  }
}
