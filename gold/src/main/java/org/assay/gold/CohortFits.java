package org.assay.gold;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.run.RunContext;
import org.assay.common.spark.CellTables;
import org.assay.common.table.TableName;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.mllib.MllibFitter;

/**
 * Fits all regions and models of some cohorts: two small reads per population, whatever they are.
 */
final class CohortFits {
  private CohortFits() {}

  /**
   * The fits, in the order of period, cohort, region and model.
   *
   * @param published what was accepted last
   */
  static List<RegionFit> of(
      RunContext context, Collection<Cohort> cohorts, PublishedProfiles published) {
    RegionFitter fitter = new RegionFitter(new MllibFitter(context.spark()));
    Map<Population, List<Cohort>> byPopulation =
        cohorts.stream()
            .collect(
                Collectors.groupingBy(
                    Cohort::population,
                    () -> new TreeMap<>(Comparator.comparing(Population::name)),
                    Collectors.toList()));
    List<RegionFit> fits = new ArrayList<>();
    byPopulation.forEach(
        (population, on) -> fits.addAll(onPopulation(context, fitter, population, on, published)));
    fits.sort(
        Comparator.comparing((RegionFit fit) -> fit.region().key())
            .thenComparing(fit -> fit.region().model()));
    return fits;
  }

  private static List<RegionFit> onPopulation(
      RunContext context,
      RegionFitter fitter,
      Population population,
      List<Cohort> cohorts,
      PublishedProfiles published) {
    Map<String, Cohort> byName = new TreeMap<>();
    cohorts.forEach(cohort -> byName.put(cohort.name(), cohort));
    Object[] names = byName.keySet().toArray();
    SortedMap<CellTables.Key, CellTable> cells =
        CellTables.collect(
            context
                .tables()
                .read(TableName.silver(population.name() + "_cells"))
                .filter(col("outcome").isin(names)),
            population.factorNames());
    List<Row> ready =
        context
            .tables()
            .read(TableName.silver(population.name() + "_readiness"))
            .filter(col("cohort").isin(names))
            .collectAsList();
    return ready.stream()
        .map(ReadyRegion::of)
        .map(
            region ->
                fitter.fit(
                    region,
                    byName.get(region.key().outcome()).model(region.model()),
                    cells.getOrDefault(region.key(), CellTable.empty(population.factorNames())),
                    byName.get(region.key().outcome()).thresholds().estimates(),
                    published.of(region.key(), region.model())))
        .toList();
  }
}
