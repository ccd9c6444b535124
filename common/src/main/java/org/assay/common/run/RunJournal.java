package org.assay.common.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a run does, step by step: tells a listener (the screen) as it happens, and keeps it for
 * {@code ops.steps}. Used by one thread.
 */
public final class RunJournal {
  private final String run;
  private final Clock clock;
  private final Instant started;
  private final Consumer<StepReport> listener;
  private final List<StepReport> steps = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final Set<String> refusals = new LinkedHashSet<>();
  private final Consumer<String> ticker;
  private final UnaryOperator<String> discretion;

  public RunJournal(String run, Clock clock, Consumer<StepReport> listener) {
    this(run, clock, listener, line -> {});
  }

  /**
   * @param listener is told each step as it ends
   * @param ticker is told how far a long step has come, by any thread
   */
  public RunJournal(
      String run, Clock clock, Consumer<StepReport> listener, Consumer<String> ticker) {
    this(run, clock, listener, ticker, UnaryOperator.identity());
  }

  /**
   * @param listener is told each step as it ends
   * @param ticker is told how far a long step has come, by any thread
   * @param discretion how sentences about people are told where everybody may read them
   */
  public RunJournal(
      String run,
      Clock clock,
      Consumer<StepReport> listener,
      Consumer<String> ticker,
      UnaryOperator<String> discretion) {
    this.discretion = discretion;
    this.run = run;
    this.clock = clock;
    this.started = clock.instant();
    this.listener = listener;
    this.ticker = ticker;
  }

  /** The run's id. */
  public String run() {
    return run;
  }

  /** When the run began. */
  public Instant started() {
    return started;
  }

  /** The steps that did something, in order. */
  public List<StepReport> steps() {
    return List.copyOf(steps);
  }

  /**
   * Performs a step and tells how it ended; an exception is told and thrown on.
   *
   * @param stage the stage, as the screen names it
   * @param subject what is worked on
   */
  public <T> T step(String stage, String subject, Function<Step, T> work) {
    Step step = new Step(run, stage + " " + subject);
    Instant begin = clock.instant();
    try {
      T result = work.apply(step);
      tell(step.report(stage, subject, StepReport.State.DONE, "", secondsSince(begin)));
      return result;
    } catch (DataRefusedException e) {
      tell(
          step.report(
              stage, subject, StepReport.State.REFUSED, e.getMessage(), secondsSince(begin)));
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      tell(
          step.report(
              stage, subject, StepReport.State.FAILED, Causes.sentence(e), secondsSince(begin)));
      throw e;
    }
  }

  /**
   * Performs a step whose refusal stops only what depends on it: the sentence is told and kept, and
   * the run goes on.
   *
   * @return empty if data was refused
   */
  public <T> Optional<T> attempt(String stage, String subject, Function<Step, T> work) {
    try {
      return Optional.of(step(stage, subject, work));
    } catch (DataRefusedException e) {
      refusals.add(discretion.apply(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Performs a step that is kept only if it wrote something. */
  public void quietStep(String stage, String subject, Consumer<Step> work) {
    Step step = new Step(run, stage + " " + subject);
    Instant begin = clock.instant();
    work.accept(step);
    StepReport report = step.report(stage, subject, StepReport.State.DONE, "", secondsSince(begin));
    if (!report.changes().isEmpty() || !report.remarks().isEmpty()) {
      tell(report);
    }
  }

  /** Keeps why data was refused; the run goes on with what does not depend on it. */
  public void refused(String sentence) {
    refusals.add(discretion.apply(sentence));
  }

  /** Why data was refused, each sentence once. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Adds something that a person should read at the end, and that no step has done. */
  public void remark(Remark.Kind kind, String subject, String sentence) {
    remarks.add(new Remark(kind, subject, discretion.apply(sentence)));
  }

  /** Everything that a person should read, of the steps and of the run. */
  public List<Remark> remarks() {
    return Stream.concat(steps.stream().flatMap(step -> step.remarks().stream()), remarks.stream())
        .toList();
  }

  /** Tells how far a long step has come. */
  public void progress(String stage, String subject, String text) {
    ticker.accept("%-10s%-20s%s".formatted(stage, subject, text));
  }

  /** Seconds since the run began. */
  public double seconds() {
    return secondsSince(started);
  }

  private double secondsSince(Instant begin) {
    return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
  }

  private void tell(StepReport report) {
    StepReport discreet = report.told(discretion);
    steps.add(discreet);
    listener.accept(discreet);
  }
}
