package org.assay.silver.cohort;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
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
  private final List<ExtractRules> extracts;
  private final List<Dimension> dimensions;

  /**
   * @param all the project's cohorts, of which those on the population are judged
   * @param extracts all extracts, which its SQL may use
   * @param dimensions all dimensions, which its SQL may use
   */
  public RefinePopulation(
      RunContext context,
      Population population,
      Cohorts all,
      List<ExtractRules> extracts,
      List<Dimension> dimensions) {
    this.context = context;
    this.population = population;
    this.all = all;
    this.cohorts = all.on(population);
    this.extracts = List.copyOf(extracts);
    this.dimensions = List.copyOf(dimensions);
  }

  /**
   * Counts and judges whatever has changed.
   *
   * @param stopped extracts whose latest delivery cannot be used; a population that reads one keeps
   *     its last result
   */
  public void run(Set<String> stopped) {
    if (cohorts.isEmpty() || mustWait(stopped)) {
      return;
    }
    String counted = Fingerprint.of(population, outcomes(), inputs(), context.code());
    if (!isMadeOf(flow(), counted) || !isMadeOf(cells(), counted)) {
      boolean isCounted =
          context
              .journal()
              .attempt("silver", population.name(), step -> count(counted, step))
              .isPresent();
      if (!isCounted) {
        return; // what stands is what was counted last
      }
    }
    TableState cells = context.tables().state(cells()).orElseThrow();
    String judged = all.readiness(population, cells, context.tables(), context.code());
    if (!isMadeOf(readiness(), judged)) {
      String subject = cohorts.size() == 1 ? cohorts.get(0).name() : population.name();
      context.journal().attempt("ready", subject, step -> judge(judged, step));
    }
  }

  private boolean mustWait(Set<String> stopped) {
    boolean waits = false;
    for (ExtractRules extract : PopulationQuery.needed(population, extracts)) {
      if (stopped.contains(extract.name())) {
        context
            .journal()
            .remark(
                Remark.Kind.WAITING,
                population.name(),
                "It keeps its last result: the latest %s cannot be used."
                    .formatted(extract.name()));
        waits = true;
      } else if (context.tables().state(extract.silver()).isEmpty()) {
        context
            .journal()
            .remark(
                Remark.Kind.WAITING,
                population.name(),
                "It waits for %s, of which nothing has been accepted yet."
                    .formatted(extract.name()));
        waits = true;
      }
    }
    return waits;
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

  private List<String> outcomes() {
    return cohorts.stream().map(cohort -> cohort.name() + "=" + cohort.outcome()).toList();
  }

  /** The versions of the extracts that the query or an exclusion names. */
  private String inputs() {
    return PopulationQuery.extracts(population, extracts).stream()
        .map(
            extract ->
                extract.name()
                    + "@"
                    + context
                        .tables()
                        .state(extract.silver())
                        .map(TableState::dataVersion)
                        .orElse(-1L))
        .collect(Collectors.joining(","));
  }

  private long count(String fingerprint, Step step) {
    CurrentExtracts.register(
        context.spark(), context.tables(), PopulationQuery.extracts(population, extracts));
    PopulationQuery.unitExtract(population, extracts)
        .ifPresent(extract -> Units.refuseUnlessOnce(context.spark(), population, extract));
    try (PopulationCount count = PopulationCount.of(context.spark(), population, cohorts)) {
      Flow flow = new Flow(population, cohorts, count.flow());
      population.person().ifPresent(person -> tellRepeats(person, flow, step));
      overwrite(
          flow(),
          SilverContract.FLOW.rows(context.spark(), flow.rows()),
          step.note(fingerprint),
          step);
      TableState cells = overwrite(cells(), count.cells(), step.note(fingerprint), step);
      step.say("%s", Sentences.people(flow.counted()));
      step.say("%s", Sentences.count(flow.regions(), "region", "regions"));
      step.say("%s", Sentences.count(cells.rows(), "cell", "cells"));
      flow.unknown()
          .forEach(
              (what, rows) ->
                  step.remark(
                      Remark.Kind.WARNING,
                      population.name(),
                      "%s in %s; they are not counted."
                          .formatted(what, Sentences.count(rows, "row", "rows"))));
      return flow.counted();
    }
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
    List<Judged> judged =
        JudgedRegions.of(
            cohorts,
            RegionEvidence.of(
                context.tables(),
                population,
                cohorts,
                extracts,
                PublishedProfiles.read(context.tables(), cohorts)));
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
    String subject = cohorts.size() == 1 ? region : region + ", " + judged.key().outcome();
    for (Reason reason : judged.readiness().reasons()) {
      boolean isNote = reason.code().effect() == ReasonCode.Effect.NOTES;
      if (!isNote || reason.code().isChange()) {
        step.remark(isNote ? Remark.Kind.WARNING : kind, subject, reason.sentence());
      }
    }
  }
}
