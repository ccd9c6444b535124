package org.assay.jobs.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.gold.GoldExplain;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.Pipeline;
import org.assay.silver.SilverExplain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay explain}. */
@Command(
    name = "explain",
    description = "Tells the whole story of one region: flow, levels, guards, model and terms.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Mixin private RegionOptions asked;

  @Spec private CommandSpec command;

  private final Screen screen;

  ExplainCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Project project = options.project();
    Cohort of = asked.cohort(project, command.commandLine());
    Model fitted = asked.model(of, command.commandLine());
    Period in = asked.period(project, command.commandLine());
    try (OpenLake lake = OpenLake.read(options)) {
      SilverExplain silver = new SilverExplain(lake.tables(), project.silver(), Pipeline.code());
      Optional<String> which = asked.region(silver.regions(of), command.commandLine());
      GoldExplain gold = new GoldExplain(lake.tables(), project.gold(), Pipeline.code());
      new RegionStory(of, fitted, which, gold.isOutdated(of))
          .lines(
              silver.of(of, fitted, in, which), gold.of(of.name(), fitted.name(), in.name(), which))
          .forEach(screen::line);
    }
    return ExitCode.DONE.number();
  }
}
