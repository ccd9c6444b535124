package org.assay.gold;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
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
import org.assay.gold.executors.ExecutorFits;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.fit.RegionFitter.Specified;
import org.assay.gold.fit.RegionFitter.Task;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.ProfiledFitter;

/**
 * Fits all regions and models of some cohorts: two small reads per population, whatever they are.
 */
final class CohortFits {
  /** From so many regions and models on a job of its own is worth it. */
  private static final int MANY = 1_000;

  private final RunContext context;
  private final RegionFitter fitter;
  private final PublishedProfiles published;

  private CohortFits(RunContext context, RegionFitter fitter, PublishedProfiles published) {
    this.context = context;
    this.fitter = fitter;
    this.published = published;
  }

  /**
   * The results, in the order of period and cohort.
   *
   * @param fitter fits them
   * @param published what was accepted last
   */
  static List<CohortResult> of(
      RunContext context,
      Collection<Cohort> cohorts,
      RegionFitter fitter,
      PublishedProfiles published) {
    CohortFits fits = new CohortFits(context, fitter, published);
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
        new ArrayList<>(
            fits(
                cohort,
                regions.stream()
                    .map(
                        region ->
                            RegionFitter.task(
                                region,
                                cohort.model(region.model()),
                                cells.getOrDefault(region.key(), CellTable.empty(factors))))
                    .toList()));
    fits.sort(
        Comparator.comparing((RegionFit fit) -> fit.region().key())
            .thenComparing(fit -> fit.region().model()));
    return new CohortResult(cohort, period, ofListed, listed.size(), nation, fits);
  }

  /** Of few tasks everything is done here, by all cores; of many the kernel fits in executors. */
  private List<RegionFit> fits(Cohort cohort, List<Task> tasks) {
    Map<GlmProblem, GlmFit> own = tasks.size() < MANY ? Map.of() : inExecutors(tasks);
    return tasks.parallelStream() // in the order of the list, whoever fits
        .map(
            task ->
                fitter.fit(
                    task,
                    task.specified().map(Specified::problem).map(own::get),
                    cohort.thresholds().estimates(),
                    published.of(task.region().key(), task.region().model())))
        .toList();
  }

  private Map<GlmProblem, GlmFit> inExecutors(List<Task> tasks) {
    ExecutorFits executors = new ExecutorFits(context.spark());
    Map<ProfiledFitter, List<GlmProblem>> byFitter = new IdentityHashMap<>();
    for (Task task : tasks) {
      task.specified()
          .ifPresent(
              specified ->
                  byFitter
                      .computeIfAbsent(fitter.profiled(task.model()), f -> new ArrayList<>())
                      .add(specified.problem()));
    }
    Map<GlmProblem, GlmFit> own = new IdentityHashMap<>();
    byFitter.forEach(
        (kernel, problems) -> {
          List<GlmFit> fits = executors.of(kernel, problems);
          for (int i = 0; i < fits.size(); i++) {
            own.put(problems.get(i), fits.get(i));
          }
        });
    return own;
  }

  private static SortedSet<String> listed(List<ReadyRegion> regions) {
    SortedSet<String> listed = new TreeSet<>();
    regions.stream()
        .filter(ReadyRegion::isListed)
        .forEach(region -> listed.add(region.key().region().orElseThrow()));
    return listed;
  }
}
