package org.assay.gold;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.run.RunContext;
import org.assay.common.spark.CellTables;
import org.assay.common.table.TableName;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.mllib.MllibFitter;

/**
 * Fits all regions and models of some cohorts: two small reads per population, whatever they are.
 */
final class CohortFits {
  private final RunContext context;
  private final RegionFitter fitter;
  private final PublishedProfiles published;

  private CohortFits(RunContext context, PublishedProfiles published) {
    this.context = context;
    this.fitter = new RegionFitter(new MllibFitter(context.spark()));
    this.published = published;
  }

  /**
   * The results, in the order of period and cohort.
   *
   * @param published what was accepted last
   */
  static List<CohortResult> of(
      RunContext context, Collection<Cohort> cohorts, PublishedProfiles published) {
    CohortFits fits = new CohortFits(context, published);
    Map<Population, List<Cohort>> byPopulation =
        cohorts.stream()
            .collect(
                Collectors.groupingBy(
                    Cohort::population,
                    () -> new TreeMap<>(Comparator.comparing(Population::name)),
                    Collectors.toList()));
    List<CohortResult> results = new ArrayList<>();
    byPopulation.forEach((population, on) -> results.addAll(fits.onPopulation(population, on)));
    results.sort(Comparator.comparing(CohortResult::period).thenComparing(r -> r.cohort().name()));
    return results;
  }

  /** All fits, in the order of period, cohort, region and model. */
  static List<RegionFit> all(List<CohortResult> results) {
    return results.stream().flatMap(result -> result.fits().stream()).toList();
  }

  private List<CohortResult> onPopulation(Population population, List<Cohort> cohorts) {
    Object[] names = cohorts.stream().map(Cohort::name).toArray();
    SortedMap<CellTables.Key, CellTable> cells =
        CellTables.collect(
            context
                .tables()
                .read(TableName.silver(population.name() + "_cells"))
                .filter(col("outcome").isin(names)),
            population.factorNames());
    List<ReadyRegion> ready =
        context
            .tables()
            .read(TableName.silver(population.name() + "_readiness"))
            .filter(col("cohort").isin(names))
            .collectAsList()
            .stream()
            .map(ReadyRegion::of)
            .toList();
    List<CohortResult> results = new ArrayList<>();
    for (Cohort cohort : cohorts) {
      Map<String, List<ReadyRegion>> byPeriod =
          ready.stream()
              .filter(region -> region.key().outcome().equals(cohort.name()))
              .collect(
                  Collectors.groupingBy(
                      region -> region.key().period(), TreeMap::new, Collectors.toList()));
      byPeriod.forEach((period, regions) -> results.add(result(cohort, period, regions, cells)));
    }
    return results;
  }

  private CohortResult result(
      Cohort cohort,
      String period,
      List<ReadyRegion> regions,
      SortedMap<CellTables.Key, CellTable> cells) {
    List<String> factors = cohort.population().factorNames();
    SortedSet<String> listed = listed(regions);
    SortedMap<String, CellTable> ofListed = new TreeMap<>();
    CellTable nation = CellTable.empty(factors);
    for (String region : listed) {
      CellTable table = cells.get(new CellTables.Key(period, cohort.name(), Optional.of(region)));
      if (table != null) {
        ofListed.put(region, table);
        nation = nation.plus(table);
      }
    }
    List<RegionFit> fits =
        regions.parallelStream() // in the order of the list, whoever fits
            .map(region -> fit(cohort, region, cells, factors))
            .sorted(
                Comparator.comparing((RegionFit fit) -> fit.region().key())
                    .thenComparing(fit -> fit.region().model()))
            .toList();
    return new CohortResult(cohort, period, ofListed, listed.size(), nation, fits);
  }

  private RegionFit fit(
      Cohort cohort,
      ReadyRegion region,
      SortedMap<CellTables.Key, CellTable> cells,
      List<String> factors) {
    return fitter.fit(
        region,
        cohort.model(region.model()),
        cells.getOrDefault(region.key(), CellTable.empty(factors)),
        cohort.thresholds().estimates(),
        published.of(region.key(), region.model()));
  }

  private static SortedSet<String> listed(List<ReadyRegion> regions) {
    SortedSet<String> listed = new TreeSet<>();
    regions.stream()
        .filter(ReadyRegion::isListed)
        .forEach(region -> listed.add(region.key().region().orElseThrow()));
    return listed;
  }
}
