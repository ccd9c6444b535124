package org.assay.silver.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Person;
import org.assay.common.run.DataRefusedException;
import org.assay.common.spark.CellTables;
import org.assay.expectations.baseline.Accepted;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionCells;
import org.assay.expectations.readiness.RegionList;
import org.assay.expectations.readiness.RegionReadiness;

/** Judges every region for every model of the cohorts on a population. Plain Java. */
public final class JudgedRegions {
  private final Evidence evidence;

  private JudgedRegions(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * A judgement.
   *
   * @param key period, cohort and region
   * @param model the model
   * @param total everybody in the region
   * @param readiness the decision
   * @param comparedWith the publication whose profile it was compared with, if there was one
   * @param region what was known of it
   * @param factors the model's factors with all their levels
   * @param name the name by which people know the region, if the list of regions has one
   */
  public record Judged(
      CellTables.Key key,
      Model model,
      Cell total,
      RegionReadiness readiness,
      Optional<Long> comparedWith,
      RegionCells region,
      List<Factor> factors,
      Optional<String> name) {}

  /**
   * What is known about the regions of a population in one period.
   *
   * @param period the period
   * @param cells cells by period, cohort and region
   * @param impossible rows whose outcome is impossible, by what they are about
   * @param outcomeNotKnown people whose outcome is not known, by what they are about
   * @param repeats rows of people who are counted already
   * @param list the regions that there are, if they are listed
   * @param published what was accepted last
   */
  record Evidence(
      String period,
      SortedMap<CellTables.Key, CellTable> cells,
      Map<CellTables.Key, Long> impossible,
      Map<CellTables.Key, Long> outcomeNotKnown,
      Map<CellTables.Key, Long> repeats,
      Optional<RegionList> list,
      PublishedProfiles published) {

    /** The cells of one cohort. */
    SortedMap<CellTables.Key, CellTable> of(Cohort cohort) {
      SortedMap<CellTables.Key, CellTable> ofCohort = new TreeMap<>();
      cells.forEach(
          (key, table) -> {
            if (key.outcome().equals(cohort.name())) {
              ofCohort.put(key, table);
            }
          });
      return ofCohort;
    }
  }

  /**
   * All judgements, in the order of period, cohort, region and model.
   *
   * @throws DataRefusedException if so much is missing or not listed that nothing should be judged
   */
  static List<Judged> of(List<Cohort> cohorts, Evidence evidence) {
    cohorts.forEach(cohort -> CohortGuards.refuse(cohort, evidence));
    return judged(cohorts, evidence);
  }

  /** The same, however much is missing. */
  static List<Judged> judged(List<Cohort> cohorts, Evidence evidence) {
    JudgedRegions regions = new JudgedRegions(evidence);
    return cohorts.stream()
        .flatMap(cohort -> regions.of(cohort).stream())
        .sorted(Comparator.comparing(Judged::key).thenComparing(judged -> judged.model().name()))
        .toList();
  }

  private List<Judged> of(Cohort cohort) {
    SortedMap<CellTables.Key, CellTable> cells = evidence.of(cohort);
    List<Factor> factors = factors(cohort, cells);
    List<Judged> judged = new ArrayList<>();
    for (Model model : cohort.models()) {
      cells.forEach((key, table) -> judged.add(judge(cohort, model, key, table, factors)));
      missing(cohort, cells).forEach(key -> judged.add(missing(cohort, key, model)));
    }
    return judged;
  }

  private Judged judge(
      Cohort cohort, Model model, CellTables.Key key, CellTable table, List<Factor> factors) {
    List<Factor> inModel =
        model.terms().stream()
            .flatMap(term -> factors.stream().filter(factor -> factor.name().equals(term)))
            .toList();
    CellTable stratum = model.stratum(table);
    Optional<Accepted> before = evidence.published().of(key, model.name());
    RegionCells region =
        new RegionCells(
            key.region(),
            stratum.collapseTo(model.terms()),
            table.total().n(),
            evidence.impossible().getOrDefault(key, 0L),
            evidence.outcomeNotKnown().getOrDefault(key, 0L),
            cohort.population().person().filter(p -> p.repeats() == Person.Repeats.HOLD).isPresent()
                ? evidence.repeats().getOrDefault(key, 0L)
                : 0,
            evidence.list(),
            before.map(Accepted::profile));
    return new Judged(
        key,
        model,
        stratum.total(),
        ReadinessGuards.judge(region, inModel, cohort.thresholds(), model),
        before.flatMap(accepted -> evidence.published().publication()),
        region,
        inModel,
        name(key));
  }

  private Optional<String> name(CellTables.Key key) {
    return evidence.list().flatMap(list -> key.region().map(list.names()::get));
  }

  /** Regions of the list, or of the last publication, of which nobody came. */
  private SortedSet<CellTables.Key> missing(
      Cohort cohort, SortedMap<CellTables.Key, CellTable> cells) {
    SortedSet<CellTables.Key> missing = new TreeSet<>();
    evidence
        .list()
        .ifPresent(
            list ->
                list.codes()
                    .forEach(
                        code ->
                            missing.add(
                                new CellTables.Key(
                                    evidence.period(), cohort.name(), Optional.of(code)))));
    evidence.published().keys().stream()
        .filter(key -> key.outcome().equals(cohort.name()))
        .filter(key -> key.period().equals(evidence.period()))
        .filter(
            key ->
                evidence.list().isEmpty()
                    || evidence.list().get().codes().contains(key.region().orElse("")))
        .forEach(missing::add);
    missing.removeAll(cells.keySet());
    return missing;
  }

  private Judged missing(Cohort cohort, CellTables.Key key, Model model) {
    long was =
        cohort.models().stream()
            .flatMap(m -> evidence.published().of(key, m.name()).stream())
            .mapToLong(accepted -> accepted.profile().total().n())
            .max()
            .orElse(0);
    return new Judged(
        key,
        model,
        Cell.NOBODY,
        ReadinessGuards.missing(CellTable.empty(model.terms()), evidence.list(), was),
        was > 0 ? evidence.published().publication() : Optional.empty(),
        RegionCells.of(key.region(), CellTable.empty(model.terms())),
        List.of(),
        name(key));
  }

  /**
   * The cohort's factors; one that lists no levels gets those of all regions that are large enough,
   * sorted, so that a stray region changes nothing elsewhere.
   */
  private List<Factor> factors(Cohort cohort, SortedMap<CellTables.Key, CellTable> cells) {
    SortedMap<CellTables.Key, CellTable> trusted = new TreeMap<>(cells);
    trusted.keySet().removeAll(evidence.impossible().keySet());
    return cohort.population().factors().stream()
        .map(factor -> factor.levels().isEmpty() ? withLevels(factor, cohort, trusted) : factor)
        .toList();
  }

  private Factor withLevels(
      Factor factor, Cohort cohort, SortedMap<CellTables.Key, CellTable> cells) {
    SortedSet<String> levels = new TreeSet<>(List.of(factor.reference()));
    cells.forEach(
        (key, table) -> {
          boolean isJudged =
              CohortGuards.isOne(key, evidence.list())
                  && table.total().n() >= cohort.thresholds().minCohort();
          if (isJudged) {
            levels.addAll(table.margin(factor.name()).keySet());
          }
        });
    levels.removeIf(factor::isNotKnown);
    return factor.withLevels(List.copyOf(levels));
  }
}
