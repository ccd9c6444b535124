package org.assay.jobs.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.Remark;
import org.assay.common.run.StepReport;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.jobs.Version;
import org.assay.jobs.pipeline.Pipeline;
import org.assay.jobs.pipeline.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay run}. */
@Command(
    name = "run",
    description = "Ingests, conforms, judges, counts, fits and publishes whatever is new.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Option(names = "--json", description = "One JSON object at the end instead of lines.")
  private boolean json;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      description = "Ends with exit code 7 although it is done: ${COMPLETION-CANDIDATES}.")
  private FailOn failOn;

  @Option(
      names = "--rebuild",
      paramLabel = "WHAT",
      defaultValue = "NOTHING",
      description = "Makes a layer again from the one before it: ${COMPLETION-CANDIDATES}.")
  private Pipeline.Rebuild rebuild;

  /** What may be asked to end a run with {@link ExitCode#DONE_WITH_HELD}. */
  enum FailOn {
    HELD
  }

  private final Screen screen;
  private final Clock clock = Clock.systemUTC();

  RunCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Instant started = clock.instant();
    Project project = options.project();
    try (Session session = Session.writing(project, clock)) {
      Consumer<StepReport> listener = json ? step -> {} : screen::step;
      if (!json) {
        screen.heading(Version.current(), project.name(), project.lake(), session.id());
      }
      Pipeline pipeline = new Pipeline(project, session.spark(), clock, System.getenv(), rebuild);
      RunResult result = run(pipeline, session.id(), listener);
      boolean isHeld =
          !result.remarks(Remark.Kind.HELD).isEmpty() || holdsAsAsked(result, project, session);
      tell(result, started, isHeld);
      return exit(result, isHeld).number();
    }
  }

  /** Whether an earlier run has held something, or this one more than it remarked on. */
  private boolean holdsAsAsked(RunResult result, Project project, Session session) {
    boolean isTold = result.state() == RunResult.State.DONE && !json;
    if (!isTold && failOn != FailOn.HELD) {
      return false;
    }
    Path lake = new Path(project.lake());
    return new Quarantine(new DeltaTables(session.spark(), new TableRoot(lake))).holds();
  }

  private ExitCode exit(RunResult result, boolean isHeld) {
    return !RunEnding.isStopped(result) && isHeld && failOn == FailOn.HELD
        ? ExitCode.DONE_WITH_HELD
        : RunEnding.code(result);
  }

  private RunResult run(Pipeline pipeline, String id, Consumer<StepReport> listener) {
    OptionalLong before = pipeline.publication();
    try {
      RunResult result = pipeline.run(id, listener, json ? line -> {} : screen::line);
      screen.standing(standing(before, result.publication()));
      return result;
    } catch (InvalidSettingsException e) {
      throw e; // nothing was run
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      tellWhatStands(pipeline, before, e);
      throw e;
    }
  }

  /** What cannot be told must not hide why the run failed. */
  private void tellWhatStands(Pipeline pipeline, OptionalLong before, Exception failure) {
    try {
      screen.standing(standing(before, pipeline.publication()));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static String standing(OptionalLong before, OptionalLong after) {
    if (!after.equals(before)) {
      return "Publication %d was published all the same.".formatted(after.getAsLong());
    }
    return before.isPresent()
        ? "Nothing was published; publication %d stands.".formatted(before.getAsLong())
        : "Nothing was published.";
  }

  private void tell(RunResult result, Instant started, boolean isHeld) {
    if (json) {
      screen.line(Json.of(result));
      return;
    }
    if (RunEnding.isStopped(result)) {
      screen.stopped(result, RunEnding.code(result));
      return;
    }
    double seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    screen.result(result, options.file().toString(), seconds, RunLog.file().orElseThrow(), isHeld);
  }
}
