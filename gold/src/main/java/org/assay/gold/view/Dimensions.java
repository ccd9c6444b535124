package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Deprivation;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.PeriodDate;
import org.assay.common.contract.GoldStar;
import org.assay.gold.fit.CohortResult;

/** The rows of the dimensions that BI tools join facts with. */
public final class Dimensions {
  private Dimensions() {}

  /**
   * {@code dim_region}.
   *
   * @param nation what all listed regions together are called
   * @param regions every region of any fact
   */
  public static List<Row> regions(String nation, SortedMap<String, KnownRegion> regions) {
    List<Row> rows = new ArrayList<>();
    rows.add(region(RegionKey.NATIONAL, null, nation, "national", true));
    rows.add(region(RegionKey.NONE, null, "No region recorded", "none", false));
    regions.forEach(
        (region, known) ->
            rows.add(
                region(region, region, known.name().orElse(region), "region", known.isListed())));
    return rows;
  }

  /**
   * What is known of a region.
   *
   * @param name what it is called, if that is known
   * @param isListed whether it is listed for any cohort
   */
  public record KnownRegion(Optional<String> name, boolean isListed) {
    /** With what is said of it later, in a list if any is. */
    public KnownRegion and(KnownRegion later) {
      boolean isBetter = later.name.isPresent() && (later.isListed || !isListed);
      return new KnownRegion(isBetter ? later.name : name, isListed || later.isListed);
    }
  }

  private static Row region(
      String key, String region, String label, String type, boolean isListed) {
    return GoldStar.DIM_REGION
        .row()
        .set("region_key", key)
        .set("region", region)
        .set("label", label)
        .set("area_type", type)
        .set("is_listed", isListed)
        .build();
  }

  /** {@code dim_cohort}. */
  public static Row cohort(Cohort cohort) {
    return GoldStar.DIM_COHORT
        .row()
        .set("cohort", cohort.name())
        .set("title", cohort.title())
        .set("population", cohort.population().name())
        .set("outcome_type", cohort.outcome().isRate() ? "rate" : "proportion")
        .set(
            "primary_model",
            cohort.models().stream()
                .filter(Model::primary)
                .map(Model::name)
                .findFirst()
                .orElseThrow())
        .build();
  }

  /** {@code dim_period}. */
  public static List<Row> periods(List<Period> periods) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      rows.add(
          GoldStar.DIM_PERIOD
              .row()
              .set("period", period.name())
              .set("index_date", period.date(PeriodDate.INDEX_DATE).orElse(null))
              .set("start", period.date(PeriodDate.START).orElse(null))
              .set("end", period.date(PeriodDate.END).orElse(null))
              .set("sort_key", sortKey(period, i))
              .build());
    }
    return rows;
  }

  /** What sorts each period in time. */
  public static Map<String, String> sortKeys(List<Period> periods) {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < periods.size(); i++) {
      keys.put(periods.get(i).name(), sortKey(periods.get(i), i));
    }
    return keys;
  }

  /** What sorts periods in time: the first day, or the place in the configuration. */
  public static String sortKey(Period period, int place) {
    return period
        .date(PeriodDate.START)
        .map(start -> start.toString().replace("-", ""))
        .orElse("%08d".formatted(place + 1));
  }

  /** {@code dim_factor_level} of a cohort: all levels that are listed, or that anybody has. */
  public static List<Row> levels(Cohort cohort, List<CohortResult> results) {
    List<Row> rows = new ArrayList<>();
    for (Factor factor : cohort.population().factors()) {
      SortedSet<String> others = new TreeSet<>();
      results.stream()
          .filter(result -> result.cohort().equals(cohort))
          .forEach(result -> others.addAll(result.nation().margin(factor.name()).keySet()));
      List<String> levels = new ArrayList<>(factor.levels());
      others.stream().filter(level -> !levels.contains(level)).forEach(levels::add);
      Map<String, Integer> ranks = new TreeMap<>();
      if (factor.isOfDeprivation()) {
        factor.mostDeprivedFirst().forEach(level -> ranks.put(level, ranks.size() + 1));
      }
      for (String level : levels) {
        rows.add(level(cohort, factor, level, levels.indexOf(level) + 1, ranks));
      }
    }
    return rows;
  }

  /** Of a level that has a place in the order of deprivation; null of any other. */
  private static String ofDeprivation(
      Factor factor, Integer rank, Function<Deprivation, Optional<String>> of) {
    return Optional.ofNullable(rank).flatMap(r -> factor.deprivation()).flatMap(of).orElse(null);
  }

  private static Row level(
      Cohort cohort, Factor factor, String level, int order, Map<String, Integer> ranks) {
    return GoldStar.DIM_FACTOR_LEVEL
        .row()
        .set("cohort", cohort.name())
        .set("factor", factor.name())
        .set("level", level)
        .set("level_order", order)
        .set("is_listed", factor.levels().contains(level))
        .set("is_reference", level.equals(factor.reference()))
        .set("is_not_known", factor.isNotKnown(level))
        .set("deprivation_rank", ranks.get(level))
        .set("deprivation_index", ofDeprivation(factor, ranks.get(level), Deprivation::index))
        .set(
            "deprivation_quantiles",
            ofDeprivation(factor, ranks.get(level), d -> d.quantiles().map(Keys::lower)))
        .set("classification", factor.classification().orElse(null))
        .build();
  }
}
