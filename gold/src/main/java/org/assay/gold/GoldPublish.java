package org.assay.gold;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.PublicContract;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.run.Stage;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.StandingPublication;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.mllib.MllibFitter;
import org.assay.gold.publication.Publications;

/**
 * Gold's door: fits the cohorts whose cells or readiness have changed, replaces their rows in each
 * batch view in one commit, and publishes.
 */
public final class GoldPublish implements Stage {
  private final GoldSettings settings;
  private final Function<SparkSession, RegionFitter> fitters;

  public GoldPublish(GoldSettings settings) {
    this(settings, spark -> new RegionFitter(new MllibFitter(spark)));
  }

  /**
   * @param fitters makes what fits the regions
   */
  public GoldPublish(GoldSettings settings, Function<SparkSession, RegionFitter> fitters) {
    this.settings = requireNonNull(settings, "settings is null");
    this.fitters = requireNonNull(fitters, "fitters is null");
  }

  /** The publication that stands in a lake; empty if nothing was ever published. */
  public static OptionalLong publication(Tables tables) {
    return StandingPublication.of(tables);
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
    Set<String> gone = new TreeSet<>(made.keySet());
    gone.addAll(stored.torn());
    settings.cohorts().cohorts().forEach(cohort -> gone.remove(cohort.name()));
    if (wanted.isEmpty() && !gone.isEmpty()) {
      context
          .journal()
          .remark(
              Remark.Kind.WAITING,
              "gold",
              "It keeps %s, which %s no longer configured: of what is configured nothing could be counted yet."
                  .formatted(Sentences.list(gone), gone.size() == 1 ? "is" : "are"));
      return;
    }
    gone.forEach(cohort -> tellGone(context, cohort));
    boolean isWhole = true;
    if (!made.equals(wanted) || !stored.torn().isEmpty()) {
      Refit refit = new Refit(context, settings, fitters.apply(context.spark()), stored, wanted);
      isWhole =
          context.journal().step("gold", GoldContract.MODEL_TERMS.name(), step -> refit.in(step));
    }
    if (isWhole) {
      new Publications(context)
          .publish(settings.fingerprint(), tables -> stored(tables).torn().isEmpty());
    }
  }

  private static void tellGone(RunContext context, String cohort) {
    context
        .journal()
        .remark(
            Remark.Kind.WARNING,
            cohort,
            "It is no longer configured: its rows leave gold with the next publication.");
  }

  /** What the tables say they are made of. */
  static MadeOf stored(Tables tables) {
    return stored(tables::state);
  }

  private static MadeOf stored(List<TableState> tables) {
    return stored(name -> tables.stream().filter(state -> state.table().equals(name)).findFirst());
  }

  private static MadeOf stored(Function<TableName, Optional<TableState>> states) {
    return MadeOf.of(
        Stream.of(GoldContract.all(), PublicContract.all())
            .flatMap(List::stream)
            .map(contract -> states.apply(contract.tableName()))
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
                            settings.cohorts().readinessFingerprint(population, c, tables, code)))
                .map(
                    r ->
                        Fingerprint.of(
                            cohort.name(),
                            c.rowsAre(),
                            r.rowsAre(),
                            settings.nation(),
                            settings.disclosure(),
                            code)));
  }
}
