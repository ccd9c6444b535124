package org.assay.gold.open;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.config.Section;
import org.assay.common.config.Settings;
import org.assay.common.contract.TableContract;
import org.assay.common.spark.CellTables;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionCells;
import org.assay.expectations.readiness.RegionReadiness;
import org.assay.gold.GoldSettings;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.glm.Irls;
import org.assay.gold.view.BatchViews;

/** A few small regions with two cohorts on one population, fitted and published without Spark. */
final class SmallNation {
  static final String PERIOD = "2026";
  static final DisclosurePolicy NHS =
      new DisclosurePolicy(Rule.NHS, "", DisclosurePolicy.Estimates.WITHHOLD);

  private static final List<String> ETHNICITIES = List.of("White", "Asian", "Black");
  static final List<String> AGES = List.of("0-19", "20-39", "40-59", "60-79", "80-89", "90+");
  static final List<String> FACTORS = List.of("ethnicity", "age");
  private static final List<Cohort> COHORTS = cohorts("small-nation.conf");

  private final List<Cohort> cohorts;
  private final List<CohortResult> results = new ArrayList<>();

  /** Of as many regions; few people in most combinations. */
  SmallNation(long seed, int regions) {
    this(seed, regions, new double[] {0.15, 0.65});
  }

  /** One in which events are so rare that most levels have few. */
  static SmallNation ofRareEvents(long seed, int regions) {
    return new SmallNation(seed, regions, new double[] {0.01, 0.2});
  }

  /** One in which the events of the second cohort are counted over time. */
  static SmallNation ofRates(long seed, int regions) {
    return new SmallNation(
        cohorts("small-nation-of-rates.conf"), seed, regions, new double[] {0.01, 0.2});
  }

  private SmallNation(long seed, int regions, double[] risks) {
    this(COHORTS, seed, regions, risks);
  }

  private SmallNation(List<Cohort> cohorts, long seed, int regions, double[] risks) {
    this.cohorts = cohorts;
    Random random = new Random(seed);
    SortedMap<String, List<Long>> people = new TreeMap<>();
    for (int r = 0; r < regions; r++) {
      List<Long> ofRegion = new ArrayList<>();
      for (String ethnicity : ETHNICITIES) {
        for (int age = 0; age < AGES.size(); age++) {
          ofRegion.add(2L + random.nextInt(ethnicity.equals("White") ? 200 : 16));
        }
      }
      people.put("R" + r, ofRegion);
    }
    for (Cohort cohort : cohorts) {
      SortedMap<String, CellTable> listed = new TreeMap<>();
      people.forEach(
          (region, n) -> listed.put(region, cells(n, risks, cohort.outcome().isRate(), random)));
      results.add(result(cohort, listed));
    }
  }

  /**
   * Of these people, in the first cohort of a configuration beside this class.
   *
   * @param listed their cells by region
   */
  SmallNation(String configuration, SortedMap<String, CellTable> listed) {
    this.cohorts = cohorts(configuration);
    results.add(result(cohorts.get(0), listed));
  }

  private SmallNation(List<Cohort> cohorts, List<CohortResult> results) {
    this.cohorts = cohorts;
    this.results.addAll(results);
  }

  /** The same a while later: in the first region some people have come, some with an event. */
  SmallNation later(long seed) {
    Random random = new Random(seed);
    String region = results.get(0).listed().firstKey();
    List<Boolean> hasCome = new ArrayList<>();
    results
        .get(0)
        .listed()
        .get(region)
        .cells()
        .keySet()
        .forEach(c -> hasCome.add(random.nextBoolean()));
    List<CohortResult> later = new ArrayList<>();
    for (CohortResult result : results) {
      Iterator<Boolean> come = hasCome.iterator();
      later.add(
          changed(
              result,
              cell -> {
                int more = come.next() ? 1 : 0;
                return Cell.of(cell.n() + more, cell.events() + random.nextInt(more + 1));
              }));
    }
    return new SmallNation(cohorts, later);
  }

  private static CohortResult changed(CohortResult result, UnaryOperator<Cell> change) {
    SortedMap<String, CellTable> listed = new TreeMap<>(result.listed());
    CellTable.Builder cells = CellTable.over(FACTORS);
    listed
        .get(listed.firstKey())
        .cells()
        .forEach((levels, cell) -> cells.add(levels, change.apply(cell)));
    listed.put(listed.firstKey(), cells.build());
    return result(result.cohort(), listed);
  }

  private static CellTable cells(List<Long> people, double[] risks, boolean isRate, Random random) {
    CellTable.Builder cells = CellTable.over(FACTORS);
    int at = 0;
    for (String ethnicity : ETHNICITIES) {
      for (String age : AGES) {
        long n = people.get(at++);
        long events = Math.round(n * random.nextDouble(risks[0], risks[1]));
        cells.add(
            List.of(ethnicity, age), isRate ? overTime(n, events, random) : Cell.of(n, events));
      }
    }
    return cells.build();
  }

  /** Nearly everybody at risk for a year, and some with two events. */
  private static Cell overTime(long n, long events, Random random) {
    double years = n - 0.5 * random.nextInt(2);
    double squares = events + 2.0 * random.nextInt((int) events / 2 + 1);
    return new Cell(n, n, events, years, new Cell.Squares(squares, squares, years));
  }

  private static List<Cohort> cohorts(String configuration) {
    try {
      Path file = Files.createTempFile("small-nation", ".conf");
      try (var conf = SmallNation.class.getResourceAsStream(configuration)) {
        Files.write(file, conf.readAllBytes());
        return Settings.load(file, Map.of(), Map.of(), SmallNation::cohorts).cohorts();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cohorts cohorts(Section root) {
    Cohorts cohorts = Cohorts.from(root);
    root.section("spark").text("master"); // defaults that are there, and of no use here
    GoldSettings.from(root, cohorts, "", "");
    return cohorts;
  }

  private static CohortResult result(Cohort cohort, SortedMap<String, CellTable> listed) {
    List<RegionFit> fits = new ArrayList<>();
    CellTable nation = CellTable.empty(listed.get(listed.firstKey()).factors());
    for (Map.Entry<String, CellTable> area : listed.entrySet()) {
      nation = nation.plus(area.getValue());
      for (Model model : cohort.models()) {
        fits.add(fit(cohort, model, area.getKey(), area.getValue()));
      }
    }
    return new CohortResult(cohort, PERIOD, listed, listed.size(), nation, fits);
  }

  private static RegionFit fit(Cohort cohort, Model model, String region, CellTable cells) {
    List<Factor> factors =
        model.terms().stream().map(term -> cohort.population().factor(term)).toList();
    Cell total = cells.total();
    RegionReadiness readiness =
        ReadinessGuards.judge(
            RegionCells.of(Optional.of(region), model.cells(cells)),
            factors,
            cohort.thresholds(),
            model);
    ReadyRegion ready =
        new ReadyRegion(
            new CellTables.Key(PERIOD, cohort.name(), Optional.of(region)),
            model.name(),
            total.n(),
            total.events(),
            readiness,
            Optional.empty());
    return new RegionFitter(new Irls())
        .fit(
            RegionFitter.task(ready, model, cells),
            Optional.empty(),
            cohort.thresholds().estimates(),
            Optional.empty());
  }

  List<CohortResult> results() {
    return results;
  }

  List<Cohort> cohorts() {
    return cohorts;
  }

  /** The tables of gold_exact. */
  Map<TableContract, List<Row>> exact() {
    return BatchViews.of(results, cohorts, PublishedProfiles.none());
  }

  /** The tables of gold as everybody sees them. */
  Map<TableContract, List<Row>> published() {
    return published(NHS);
  }

  Map<TableContract, List<Row>> published(DisclosurePolicy policy) {
    return opened(policy, PublishedCounts.none()).rows();
  }

  /** What this publication told, for the next. */
  PublishedCounts told(Map<TableContract, List<Row>> published) {
    Map<TableContract, List<Row>> rows = new HashMap<>(exact());
    rows.putAll(published);
    return PublishedCounts.of(rows, cohorts);
  }

  OpenViews.Opened opened(DisclosurePolicy policy, PublishedCounts before) {
    return OpenViews.deciding(results, policy, before)
        .of(exact(), new Labels("Nation", Map.of(PERIOD, "1")));
  }
}
