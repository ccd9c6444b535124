package org.assay.gold;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.assay.common.spark.Columns.literal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.run.Stage;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.open.DataDictionary;
import org.assay.gold.open.OpenViews;
import org.assay.gold.publication.Publications;
import org.assay.gold.view.BatchViews;
import org.assay.gold.view.Dimensions;
import org.assay.gold.view.HeldRegions;
import org.assay.gold.view.ModelTerms;

/**
 * Gold's door: fits the cohorts whose cells or readiness have changed, replaces their rows in each
 * batch view in one commit, and publishes.
 */
public final class GoldPublish implements Stage {
  private final GoldSettings settings;

  public GoldPublish(GoldSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** The publication that stands in a lake; empty if nothing was ever published. No Spark job. */
  public static OptionalLong publication(Tables tables) {
    return Publications.current(tables);
  }

  @Override
  public void run(RunContext context) {
    MadeOf stored = stored(context.tables());
    Map<String, String> made = stored.whole();
    Map<String, String> wanted = new TreeMap<>();
    for (Cohort cohort : settings.cohorts().cohorts()) {
      Optional<String> fingerprint =
          fingerprint(context.tables(), settings, cohort, context.code());
      if (fingerprint.isEmpty() && stored.torn().contains(cohort.name())) {
        context
            .journal()
            .remark(
                Remark.Kind.WAITING,
                cohort.name(),
                "A run that was stopped left its tables unfinished, and it cannot be fitted now; nothing is published until it can.");
        return;
      }
      fingerprint
          .or(() -> Optional.ofNullable(made.get(cohort.name())))
          .ifPresent(f -> wanted.put(cohort.name(), f));
    }
    if (!made.equals(wanted) || !stored.torn().isEmpty()) {
      context
          .journal()
          .step(
              "gold", GoldContract.MODEL_TERMS.name(), step -> fit(context, wanted, stored, step));
    }
    new Publications(context).publish(settings.fingerprint());
  }

  /** What the tables say they are made of. */
  static MadeOf stored(Tables tables) {
    return MadeOf.of(
        Stream.of(GoldContract.all(), PublicContract.all())
            .flatMap(List::stream)
            .map(contract -> tables.state(contract.tableName()))
            .map(state -> state.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()))
            .toList());
  }

  /**
   * What a cohort's rows are made of; empty while silver has nothing for it, or not for the cohort
   * as it is declared now: where a population could not be counted, gold keeps what it has.
   */
  static Optional<String> fingerprint(
      Tables tables, GoldSettings settings, Cohort cohort, String code) {
    Population population = cohort.population();
    Optional<TableState> cells = tables.state(TableName.silver(population.name() + "_cells"));
    Optional<TableState> readiness =
        tables.state(TableName.silver(population.name() + "_readiness"));
    return cells.flatMap(
        c ->
            readiness
                .filter(
                    r ->
                        r.isMadeOf(
                            CommitNote.WHOLE,
                            settings.cohorts().readiness(population, c, tables, code)))
                .map(
                    r ->
                        Fingerprint.of(
                            cohort.name(),
                            c.dataVersion(),
                            r.dataVersion(),
                            settings.disclosure(),
                            code)));
  }

  private List<RegionFit> fit(
      RunContext context, Map<String, String> wanted, MadeOf stored, Step step) {
    Map<String, String> made = stored.whole();
    Set<String> kept =
        made.keySet().stream()
            .filter(name -> made.get(name).equals(wanted.get(name)))
            .collect(Collectors.toCollection(TreeSet::new));
    List<Cohort> stale =
        settings.cohorts().cohorts().stream()
            .filter(cohort -> wanted.containsKey(cohort.name()) && !kept.contains(cohort.name()))
            .toList();
    PublishedProfiles published = PublishedProfiles.read(context.tables(), stale);
    List<CohortResult> results = CohortFits.of(context, stale, published);
    List<RegionFit> fits = CohortFits.all(results);
    Set<String> changed = new TreeSet<>(made.keySet());
    changed.addAll(wanted.keySet());
    changed.addAll(stored.torn());
    changed.removeAll(kept);
    HeldRegions.update(context, changed, fits, step);
    Map<TableContract, List<Row>> exact = BatchViews.of(results, stale, published);
    Map<TableContract, List<Row>> open =
        OpenViews.of(
            results,
            exact,
            settings.disclosure(),
            Dimensions.sortKeys(settings.cohorts().periods()));
    List<Row> regions = Dimensions.regions(regions(context, kept, fits));
    List<Row> periods = Dimensions.periods(settings.cohorts().periods());
    BiConsumer<TableContract, List<Row>> replace =
        (contract, rows) -> replace(context, contract, rows, kept, step.note(wanted), step);
    BiConsumer<TableContract, List<Row>> overwrite =
        (contract, rows) -> replace(context, contract, rows, Set.of(), step.note(wanted), step);
    exact.forEach(replace);
    overwrite.accept(GoldStar.DIM_PERIOD, periods);
    overwrite.accept(GoldStar.DIM_REGION, regions);
    overwrite.accept(PublicContract.DIM_PERIOD, periods);
    overwrite.accept(PublicContract.DIM_REGION, regions);
    overwrite.accept(PublicContract.DATA_DICTIONARY, DataDictionary.rows());
    open.forEach(replace);
    tell(fits, estimated(fits), step);
    return fits;
  }

  /** Every region of any fact, with whether it is listed. */
  private static SortedMap<String, Boolean> regions(
      RunContext context, Set<String> kept, List<RegionFit> fits) {
    SortedMap<String, Boolean> regions = new TreeMap<>();
    fits.forEach(
        fit ->
            fit.region()
                .key()
                .region()
                .ifPresent(
                    region -> regions.merge(region, fit.region().isListed(), Boolean::logicalOr)));
    if (!kept.isEmpty()) {
      context
          .tables()
          .read(GoldContract.MODEL_FITS.tableName())
          .filter(col("cohort").isInCollection(kept).and(col("region").isNotNull()))
          .select("region", "is_listed")
          .distinct()
          .collectAsList()
          .forEach(row -> regions.merge(row.getString(0), row.getBoolean(1), Boolean::logicalOr));
    }
    return regions;
  }

  private static void replace(
      RunContext context,
      TableContract contract,
      List<Row> rows,
      Set<String> kept,
      CommitNote note,
      Step step) {
    TableName table = contract.tableName();
    Optional<TableState> before = context.tables().state(table);
    String keptNames = kept.stream().map(name -> literal(name)).collect(Collectors.joining(", "));
    TableState after =
        kept.isEmpty()
            ? context.tables().overwrite(table, contract.rows(context.spark(), rows), note)
            : context
                .tables()
                .replaceWhere(
                    table,
                    contract.rows(context.spark(), rows),
                    "cohort NOT IN (%s)".formatted(keptNames),
                    note);
    step.wrote(before, after);
  }

  /** Rows of levels that are in a model, each factor's reference among them. */
  private static long estimated(List<RegionFit> fits) {
    return fits.stream().mapToLong(ModelTerms::inModel).sum();
  }

  private static void tell(List<RegionFit> fits, long terms, Step step) {
    long regions = fits.stream().map(fit -> fit.region().key().region()).distinct().count();
    String engines =
        fits.stream()
            .filter(fit -> fit.estimates().isPresent())
            .map(fit -> fit.model().engine().name().toLowerCase(java.util.Locale.ROOT))
            .distinct()
            .sorted(java.util.Comparator.reverseOrder())
            .collect(Collectors.joining(", "));
    step.say("%s", Sentences.count(regions, "region", "regions"));
    step.say("%s", Sentences.count(terms, "term", "terms"));
    step.say("%s", engines.isEmpty() ? "nothing fitted" : engines);
    fits.forEach(
        fit ->
            fit.held()
                .ifPresent(
                    reason ->
                        step.remark(
                            Remark.Kind.HELD,
                            fit.region().key().region().orElse("null"),
                            "%s of %s: %s"
                                .formatted(
                                    fit.region().model(),
                                    fit.region().key().outcome(),
                                    reason.sentence()))));
  }
}
