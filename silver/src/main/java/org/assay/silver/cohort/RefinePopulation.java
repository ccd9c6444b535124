package org.assay.silver.cohort;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Outcome;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Person;
import org.assay.common.cohort.Person.Repeats;
import org.assay.common.cohort.Population;
import org.assay.common.contract.SilverContract;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.silver.cohort.JudgedRegions.Judged;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.history.Dimension;

/** Brings the tables of one population up to date: flow, cells and readiness. */
public final class RefinePopulation {
  private final RunContext context;
  private final Population population;
  private final Cohorts all;
  private final List<Cohort> cohorts;
  private final Sources sources;

  /**
   * @param all the project's cohorts, of which those on the population are judged
   * @param sources all extracts and dimensions, which its SQL may use
   */
  public RefinePopulation(RunContext context, Population population, Cohorts all, Sources sources) {
    this.context = context;
    this.population = population;
    this.all = all;
    this.cohorts = all.on(population);
    this.sources = sources;
  }

  /**
   * Counts and judges whatever has changed.
   *
   * @param stopped extracts and dimensions whose latest delivery cannot be used; a population that
   *     reads one keeps its last result
   * @param complete by extract, the day through which it has come
   */
  public void run(Set<String> stopped, Map<String, LocalDate> complete) {
    if (cohorts.isEmpty() || mustWait(stopped)) {
      return;
    }
    CountedPeriods counted = countedPeriods(complete);
    if (counted.isStale()) {
      boolean isCounted =
          context
              .journal()
              .attempt("silver", population.name(), step -> count(counted, step))
              .isPresent();
      if (!isCounted) {
        return; // what stands is what was counted last
      }
    }
    Optional<TableState> cells = context.tables().state(cells());
    if (cells.isEmpty()) {
      return; // no period could be counted yet
    }
    String judged =
        all.readinessFingerprint(population, cells.get(), context.tables(), context.code());
    if (!isMadeOf(readiness(), judged)) {
      String subject = cohorts.size() == 1 ? cohorts.get(0).name() : population.name();
      context.journal().attempt("ready", subject, step -> judge(judged, step));
    }
  }

  private boolean mustWait(Set<String> stopped) {
    boolean waits = false;
    for (ExtractRules extract : sources.needed(population)) {
      if (stopped.contains(extract.name())) {
        waits = waits("It keeps its last result: the latest %s cannot be used.", extract.name());
      } else if (context.tables().state(extract.silver()).isEmpty()) {
        waits = waits("It waits for %s, of which nothing has been accepted yet.", extract.name());
      }
    }
    for (Dimension dimension : sources.of(population).dimensions()) {
      if (stopped.contains(dimension.name())) {
        waits = waits("It keeps its last result: the latest of %s is held.", dimension.name());
      }
    }
    return waits;
  }

  private boolean waits(String sentence, String source) {
    context.journal().remark(Remark.Kind.WAITING, population.name(), sentence.formatted(source));
    return true;
  }

  private TableName flow() {
    return TableName.silver(population.name() + "_flow");
  }

  private TableName cells() {
    return TableName.silver(population.name() + "_cells");
  }

  private TableName readiness() {
    return TableName.silver(population.name() + "_readiness");
  }

  private boolean isMadeOf(TableName table, String fingerprint) {
    return context
        .tables()
        .state(table)
        .filter(s -> s.isMadeOf(CommitNote.WHOLE, fingerprint))
        .isPresent();
  }

  private Map<String, Outcome> outcomes() {
    return cohorts.stream().collect(Collectors.toMap(Cohort::name, Cohort::outcome));
  }

  /** Which periods stand as they are, and which are to be counted. */
  private CountedPeriods countedPeriods(Map<String, LocalDate> complete) {
    String versions = sources.of(population).versions(context.tables());
    String columns = Fingerprint.of(population.factorNames());
    Map<String, String> stored = parts(flow(), columns);
    stored.entrySet().retainAll(parts(cells(), columns).entrySet()); // both, of one run
    Map<String, String> kept = new TreeMap<>();
    List<Period> toCount = new ArrayList<>();
    Map<String, String> wanted = new TreeMap<>();
    for (Period period : all.periods()) {
      Population in = sources.in(period, population);
      String fingerprint = Fingerprint.of(period, in, outcomes(), versions, context.code());
      String before = stored.get(period.name());
      if (fingerprint.equals(before)) {
        kept.put(period.name(), before);
      } else if (isAwaiting(period, before != null, complete)) {
        Optional.ofNullable(before).ifPresent(f -> kept.put(period.name(), f));
      } else {
        toCount.add(period);
        wanted.put(period.name(), fingerprint);
      }
    }
    boolean leavesOut = !kept.keySet().containsAll(counted());
    return new CountedPeriods(toCount, wanted, kept, columns, leavesOut);
  }

  private Map<String, String> parts(TableName table, String columns) {
    Optional<TableState> state = context.tables().state(table);
    Map<String, String> parts =
        new TreeMap<>(state.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()));
    String made = parts.remove(CountedPeriods.COLUMNS);
    return columns.equals(made) ? parts : new TreeMap<>();
  }

  /** The periods of either table: a run that was killed in between took some out of one only. */
  private Set<String> counted() {
    Set<String> counted = names(flow());
    counted.addAll(names(cells()));
    return counted;
  }

  private Set<String> names(TableName table) {
    Set<String> names =
        new TreeSet<>(
            context
                .tables()
                .state(table)
                .flatMap(TableState::note)
                .map(note -> note.madeOf().keySet())
                .orElse(Set.of()));
    names.remove(CountedPeriods.COLUMNS);
    return names;
  }

  /** Whether something that the period needs has not come. */
  private boolean isAwaiting(Period period, boolean isThere, Map<String, LocalDate> complete) {
    List<String> missing = new ArrayList<>();
    population
        .requires()
        .forEach(
            (extract, which) -> {
              LocalDate needed = period.date(which).orElseThrow();
              LocalDate through = complete.getOrDefault(extract, LocalDate.MIN);
              if (through.isBefore(needed)) {
                missing.add(
                    "%s through %s (%s)"
                        .formatted(
                            extract,
                            needed,
                            through.equals(LocalDate.MIN)
                                ? "nothing has come"
                                : "it has come through " + through));
              }
            });
    if (!missing.isEmpty()) {
      context
          .journal()
          .remark(
              Remark.Kind.WAITING,
              population.name(),
              "%s is awaiting %s; it %s."
                  .formatted(
                      period.name(),
                      Sentences.list(missing),
                      isThere ? "keeps its last result" : "has no result yet"));
    }
    return !missing.isEmpty();
  }

  private long count(CountedPeriods periods, Step step) {
    tellGone(step);
    sources.of(population).register(context.tables());
    List<Row> flowRows = new ArrayList<>();
    List<Row> cellRows = new ArrayList<>();
    Optional<Flow> last = Optional.empty();
    for (Period period : periods.toCount()) {
      Population in = sources.in(period, population);
      PopulationQuery.unitExtract(in, sources)
          .ifPresent(extract -> Units.refuseUnlessOnce(context.spark(), in, extract));
      PopulationCount count = PopulationCount.of(context.spark(), in, cohorts);
      Flow flow = new Flow(in, cohorts, count.flow(), period.name());
      in.person().ifPresent(person -> tellRepeats(person, flow, step));
      tellUnknown(flow, step);
      flowRows.addAll(flow.rows());
      cellRows.addAll(count.cells(period.name()));
      last = Optional.of(flow);
    }
    CommitNote note = step.note(periods.note());
    replace(flow(), SilverContract.FLOW.rows(context.spark(), flowRows), periods, note, step);
    Dataset<Row> cells = PopulationCount.table(context.spark(), population, cellRows);
    TableState written = replace(cells(), cells, periods, note, step);
    last.ifPresent(
        flow -> {
          step.say("%s", Sentences.people(flow.counted()));
          step.say("%s", Sentences.count(flow.regions(), "region", "regions"));
        });
    step.say("%s", Sentences.count(written.rows(), "cell", "cells"));
    if (periods.toCount().size() > 1) {
      step.say("%s", Sentences.count(periods.toCount().size(), "period", "periods"));
    }
    return written.rows();
  }

  private void tellGone(Step step) {
    Set<String> gone = counted();
    all.periods().forEach(period -> gone.remove(period.name()));
    if (!gone.isEmpty()) {
      step.remark(
          Remark.Kind.WARNING,
          population.name(),
          "%s %s no longer configured: what was counted then is taken out."
              .formatted(Sentences.list(gone), gone.size() == 1 ? "is" : "are"));
    }
  }

  private TableState replace(
      TableName table, Dataset<Row> rows, CountedPeriods periods, CommitNote note, Step step) {
    Optional<TableState> before = context.tables().state(table);
    TableState after =
        periods.kept().isEmpty()
            ? context.tables().overwrite(table, rows, note)
            : context.tables().replaceWhere(table, rows, periods.others(), note);
    step.wrote(before, after);
    return after;
  }

  private void tellUnknown(Flow flow, Step step) {
    flow.unknown()
        .forEach(
            (what, rows) ->
                step.remark(
                    Remark.Kind.WARNING,
                    population.name(),
                    "%s in %s; they are not counted."
                        .formatted(what, Sentences.count(rows, "row", "rows"))));
  }

  private void tellRepeats(Person person, Flow flow, Step step) {
    if (flow.repeats() == 0 || person.repeats() == Repeats.ALLOW) {
      return;
    }
    String found =
        "%s of %s %s of people who are counted already (%s)"
            .formatted(
                Sentences.format("%,d", flow.repeats()),
                Sentences.count(flow.counted(), "row", "rows"),
                flow.repeats() == 1 ? "is" : "are",
                person.column());
    if (person.repeats() == Repeats.REFUSE) {
      throw new DataRefusedException(
          "Population %s cannot be counted: %s, and repeats = refuse. Choose each person's first row with one_per_person."
              .formatted(population.name(), found));
    }
    step.remark(
        Remark.Kind.WARNING,
        population.name(),
        found
            + "; a model takes each row for another person. Choose each person's first row with one_per_person.");
  }

  private List<Judged> judge(String fingerprint, Step step) {
    Set<String> counted = names(cells());
    List<Judged> judged =
        RegionEvidence.of(
                context.tables(),
                population,
                cohorts,
                sources.extracts(),
                PublishedProfiles.read(context.tables(), cohorts),
                all.periods().stream().filter(p -> counted.contains(p.name())).toList())
            .stream()
            .flatMap(evidence -> JudgedRegions.of(cohorts, evidence).stream())
            .toList();
    overwrite(
        readiness(),
        SilverContract.READINESS.rows(context.spark(), ReadinessRows.of(judged)),
        step.note(fingerprint),
        step);
    tell(judged, step);
    return judged;
  }

  private TableState overwrite(TableName table, Dataset<Row> rows, CommitNote note, Step step) {
    Optional<TableState> before = context.tables().state(table);
    TableState after = context.tables().overwrite(table, rows, note);
    step.wrote(before, after);
    return after;
  }

  private void tell(List<Judged> judged, Step step) {
    List<Judged> primary = judged.stream().filter(j -> j.model().primary()).toList();
    step.say("%s", Sentences.count(primary.size(), "region", "regions"));
    step.say(
        "%,d fit   %,d adjusted", with(primary, Status.FITTED), with(primary, Status.ADJUSTED));
    step.say("%,d held", with(primary, Status.HELD));
    primary.stream().sorted(Comparator.comparing(Judged::key)).forEach(j -> remark(j, step));
  }

  private static long with(List<Judged> judged, Status status) {
    Predicate<Judged> has = j -> j.readiness().status() == status;
    return judged.stream().filter(has).count();
  }

  private void remark(Judged judged, Step step) {
    Status status = judged.readiness().status();
    Remark.Kind kind = status == Status.HELD ? Remark.Kind.HELD : Remark.Kind.ADJUSTED;
    String region =
        judged.key().region().map(r -> r.isBlank() ? "\"" + r + "\"" : r).orElse("null");
    String ofCohort = cohorts.size() == 1 ? region : region + ", " + judged.key().outcome();
    String subject = all.periods().size() == 1 ? ofCohort : ofCohort + ", " + judged.key().period();
    for (Reason reason : judged.readiness().reasons()) {
      boolean isNote = reason.code().effect() == ReasonCode.Effect.NOTES;
      if (!isNote || reason.code().isChange()) {
        step.remark(isNote ? Remark.Kind.WARNING : kind, subject, reason.sentence());
      }
    }
  }
}
