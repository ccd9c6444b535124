package org.assay.jobs.cli;

import static org.assay.common.run.Sentences.count;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.assay.bronze.BronzeIngest;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay check}. */
@Command(
    name = "check",
    description = "Checks the configuration and its SQL on empty tables; touches no data.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Option(names = "--headers", description = "Also reads the header of each file in landing.")
  private boolean headers;

  private final Screen screen;

  CheckCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Clock clock = Clock.systemUTC();
    Project project = options.project();
    try (Session session = Session.reading(project, clock)) {
      new Pipeline(project, session.spark(), clock, System.getenv()).check();
      if (headers) {
        BronzeIngest.checkHeaders(project.bronze(), session.spark(), clock);
      }
    }
    project.warnings().forEach(warning -> screen.line("Warning: " + warning));
    screen.line(
        "%s is sound: %s, %s, %s."
            .formatted(
                options.file(),
                count(project.bronze().extracts().size(), "extract", "extracts"),
                count(project.silver().cohorts().populations().size(), "population", "populations"),
                count(project.silver().cohorts().cohorts().size(), "cohort", "cohorts")));
    return ExitCode.DONE.number();
  }
}
