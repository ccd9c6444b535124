package org.assay.jobs.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assay.common.run.Sentences;
import org.assay.jobs.Project;
import org.assay.jobs.Version;
import org.assay.jobs.demo.DemoProject;
import org.assay.jobs.pipeline.Pipeline;
import org.assay.jobs.pipeline.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay demo}. */
@Command(
    name = "demo",
    description = "Makes a synthetic England with listed faults if it is missing, and runs it.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      paramLabel = "PATH",
      defaultValue = "england-demo",
      description = "Where the project is, or is made (${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--people",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many people there are (${DEFAULT-VALUE}).")
  private long people;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another one makes other people (${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec command;

  private final Screen screen;
  private final Clock clock = Clock.systemUTC();

  DemoCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (people < 1 || people > DemoProject.MOST_PEOPLE) {
      throw new ParameterException(
          command.commandLine(),
          Sentences.format(
              "--people must be from 1 to %,d, not %,d.", DemoProject.MOST_PEOPLE, people));
    }
    DemoProject demo = new DemoProject(folder.toAbsolutePath().normalize());
    demo.writeConfiguration();
    Project project = Project.load(demo.configuration(), Map.of(), System.getenv());
    try (Session session = Session.writing(project, clock)) {
      screen.heading(Version.current(), project.name(), project.lake(), session.id());
      if (demo.writeLanding(session.spark(), people, seed)) {
        screen.line(
            "A synthetic England of %,d people is in %s.%n".formatted(people, demo.landing()));
      } else if (isAskedFor("--people") || isAskedFor("--seed")) {
        screen.line(
            "The England in %s was made before; --people and --seed are only of a new one, in another --folder.%n"
                .formatted(demo.landing()));
      }
      Pipeline pipeline = new Pipeline(project, session.spark(), clock, System.getenv());
      RunResult result = pipeline.run(session.id(), screen::step, screen::line);
      new DemoSummary(session.spark(), project.lake()).lines().forEach(screen::line);
      screen.line("%n  faults    %s".formatted(demo.faults()));
      screen.line(
          "  results   ./assay query -c %s \"SELECT * FROM gold_exact.model_terms\""
              .formatted(demo.configuration()));
      if (RunEnding.isStopped(result)) {
        screen.stopped(result, RunEnding.code(result));
      }
      return RunEnding.code(result).number();
    }
  }

  private boolean isAskedFor(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
