package org.assay.gold;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.run.AtOnce;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.run.Step;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.fit.SolverDefect;
import org.assay.gold.open.DataDictionary;
import org.assay.gold.open.Labels;
import org.assay.gold.open.OpenViews;
import org.assay.gold.open.PublishedCounts;
import org.assay.gold.view.BatchViews;
import org.assay.gold.view.Dimensions;
import org.assay.gold.view.Dimensions.KnownRegion;
import org.assay.gold.view.HeldRegions;
import org.assay.gold.view.ModelTerms;

/**
 * Fits the cohorts whose inputs have changed and replaces their rows in every table of gold, each
 * table in one commit.
 */
final class Refit {
  private final RunContext context;
  private final GoldSettings settings;
  private final RegionFitter fitter;
  private final MadeOf stored;
  private final Map<String, String> wanted;
  private final Anew anew;

  /**
   * @param stored what the tables say they are made of
   * @param wanted what each cohort's rows are to be made of
   */
  Refit(
      RunContext context,
      GoldSettings settings,
      RegionFitter fitter,
      MadeOf stored,
      Map<String, String> wanted) {
    this.context = context;
    this.settings = settings;
    this.fitter = fitter;
    this.stored = stored;
    this.wanted = new TreeMap<>(wanted);
    this.anew = new Anew(stored, wanted, !settings.disclosure().isOpen());
  }

  /**
   * Does it; what an engine got wrong is refused, cohort by cohort.
   *
   * @return whether the tables can be published: not if a cohort that a run left unfinished cannot
   *     be fitted
   */
  boolean in(Step step) {
    List<Cohort> stale = anew.of(settings.cohorts().cohorts());
    PublishedProfiles published = PublishedProfiles.read(context.tables(), stale);
    List<CohortResult> all = CohortFits.of(context, stale, fitter, published);
    List<SolverDefect> defects = SolverDefect.of(all);
    defects.forEach(this::keepAsItWas);
    Set<String> kept = defects.stream().map(SolverDefect::cohort).collect(Collectors.toSet());
    kept.addAll(keepBeside(kept, stale));
    List<CohortResult> results =
        all.stream().filter(result -> !kept.contains(result.cohort().name())).toList();
    if (stored.torn().stream().anyMatch(kept::contains)) {
      return false;
    }
    List<RegionFit> fits = CohortFits.all(results);
    if (!wanted.equals(stored.whole()) || !stored.torn().isEmpty()) {
      write(
          stale.stream().filter(cohort -> !kept.contains(cohort.name())).toList(),
          results,
          published,
          step);
    }
    tell(fits, step);
    return true;
  }

  private void keepAsItWas(SolverDefect defect) {
    context.journal().refused(defect.sentence());
    keepAsItWas(defect.cohort());
  }

  private void keepAsItWas(String cohort) {
    Optional.ofNullable(stored.whole().get(cohort))
        .ifPresentOrElse(made -> wanted.put(cohort, made), () -> wanted.remove(cohort));
  }

  /**
   * Keeps the other cohorts on the populations of some that are kept, where anything is hidden.
   *
   * @return their names
   */
  private Set<String> keepBeside(Set<String> kept, List<Cohort> stale) {
    Set<String> beside = anew.beside(stale, kept, this::isHiddenAsNow);
    for (String cohort : beside) {
      boolean hasResult = stored.whole().containsKey(cohort);
      keepAsItWas(cohort);
      context
          .journal()
          .remark(
              Remark.Kind.WAITING,
              cohort,
              "It %s, as another cohort on the same people keeps its last: what may be shown is decided on both together."
                  .formatted(hasResult ? "keeps its last result" : "has no result yet"));
    }
    return beside;
  }

  /** Whether a cohort has rows from which as much was withheld as it would be now. */
  private boolean isHiddenAsNow(String cohort) {
    return !context
        .tables()
        .read(PublicContract.DIM_COHORT.tableName())
        .filter(
            col("cohort")
                .equalTo(cohort)
                .and(col("disclosure_rule").equalTo(settings.disclosure().name())))
        .isEmpty();
  }

  private void write(
      List<Cohort> cohorts, List<CohortResult> results, PublishedProfiles published, Step step) {
    List<RegionFit> fits = CohortFits.all(results);
    Set<String> kept = new TreeSet<>(wanted.keySet());
    cohorts.forEach(cohort -> kept.remove(cohort.name()));
    Set<String> changed = new TreeSet<>(stored.whole().keySet());
    changed.addAll(wanted.keySet());
    changed.addAll(stored.torn());
    changed.removeAll(kept);
    HeldRegions.update(context, changed, fits, step);
    PublishedCounts before =
        PublishedCounts.read(context.tables(), onTheSame(cohorts), settings.disclosure());
    Labels labels =
        new Labels(settings.nation(), Dimensions.sortKeys(settings.cohorts().periods()));
    Views views =
        AtOnce.both(
            () -> BatchViews.of(results, cohorts, published),
            () -> OpenViews.deciding(results, settings.disclosure(), before),
            (exact, open) -> new Views(exact, open.of(exact, labels)));
    write(views, KnownRegions.of(context.tables(), kept, fits), kept, step);
  }

  /** All rows of the cohorts. */
  private record Views(Map<TableContract, List<Row>> exact, OpenViews.Opened open) {}

  private void write(
      Views views, SortedMap<String, KnownRegion> known, Set<String> kept, Step step) {
    List<Row> regions = Dimensions.regions(settings.nation(), known);
    List<Row> periods = Dimensions.periods(settings.cohorts().periods());
    GoldTables gold =
        new GoldTables(context, step.note(wanted).from(Provenance.of(context, settings)), step);
    Map<TableContract, List<Row>> exact = new LinkedHashMap<>(views.exact());
    List<Row> fitted = exact.remove(GoldContract.MODEL_FITS);
    gold.replace(exact, kept);
    gold.replace(Map.of(GoldContract.MODEL_FITS, fitted), kept);
    gold.overwrite(
        Map.of(
            GoldStar.DIM_PERIOD, periods,
            GoldStar.DIM_REGION, regions,
            PublicContract.DIM_PERIOD, periods,
            PublicContract.DIM_REGION, regions,
            PublicContract.DATA_DICTIONARY, DataDictionary.rows()));
    tellLost(views.open().lost().size(), step);
    gold.replace(views.open().rows(), kept);
  }

  /** All cohorts on the populations of some. */
  private List<Cohort> onTheSame(List<Cohort> cohorts) {
    return settings.cohorts().cohorts().stream()
        .filter(c -> cohorts.stream().anyMatch(o -> o.population().equals(c.population())))
        .toList();
  }

  /** What has been told cannot be taken back; who decides about publishing should know. */
  private static void tellLost(int lost, Step step) {
    if (lost > 0) {
      step.remark(
          Remark.Kind.WARNING,
          "disclosure",
          "%s can be computed from this publication together with the one before, whatever is withheld now. Publish none of their table, or choose coarser levels."
              .formatted(Sentences.count(lost, "small count", "small counts")));
    }
  }

  private static void tell(Collection<RegionFit> fits, Step step) {
    long regions = fits.stream().map(fit -> fit.region().key().region()).distinct().count();
    long terms = fits.stream().mapToLong(ModelTerms::inModel).sum();
    List<String> engines = new ArrayList<>();
    fits.stream()
        .filter(fit -> fit.estimates().isPresent())
        .map(fit -> fit.model().engine().name().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted(Comparator.reverseOrder())
        .forEach(engines::add);
    step.say("%s", Sentences.count(regions, "region", "regions"));
    step.say("%s", Sentences.count(terms, "term", "terms"));
    step.say("%s", engines.isEmpty() ? "nothing fitted" : String.join(", ", engines));
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
