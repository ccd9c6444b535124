package org.assay.common.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

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

  public RunJournal(String run, Clock clock, Consumer<StepReport> listener) {
    this.run = run;
    this.clock = clock;
    this.started = clock.instant();
    this.listener = listener;
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

  /** Seconds since the run began. */
  public double seconds() {
    return secondsSince(started);
  }

  private double secondsSince(Instant begin) {
    return Duration.between(begin, clock.instant()).toMillis() / 1000.0;
  }

  private void tell(StepReport report) {
    steps.add(report);
    listener.accept(report);
  }
}
