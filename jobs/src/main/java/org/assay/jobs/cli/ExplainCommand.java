package org.assay.jobs.cli;

import java.util.List;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay explain}. */
@Command(
    name = "explain",
    description = "Tells the whole story of one region: flow, levels, guards, model and terms.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Option(names = "--cohort", paramLabel = "NAME", required = true, description = "The cohort.")
  private String cohort;

  @Option(
      names = "--region",
      paramLabel = "CODE",
      required = true,
      description = "The region as it came; null for the one without a name.")
  private String region;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model; the cohort's primary one unless said.")
  private String model;

  @Option(
      names = "--period",
      paramLabel = "NAME",
      description = "The period; the last one listed unless said.")
  private String period;

  @Spec private CommandSpec command;

  private final Screen screen;

  ExplainCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Project project = options.project();
    Cohort of = cohort(project);
    Model fitted = model(of);
    Period in = period(project.silver().cohorts().periods());
    try (OpenLake lake = OpenLake.read(options)) {
      SilverExplain silver = new SilverExplain(lake.tables(), project.silver(), Pipeline.code());
      Optional<String> which = region(silver.regions(of));
      GoldExplain gold = new GoldExplain(lake.tables(), project.gold(), Pipeline.code());
      new RegionStory(of, fitted, which, gold.isOutdated(of))
          .lines(
              silver.of(of, fitted, in, which), gold.of(of.name(), fitted.name(), in.name(), which))
          .forEach(screen::line);
    }
    return ExitCode.DONE.number();
  }

  private Cohort cohort(Project project) {
    List<Cohort> all = project.silver().cohorts().cohorts();
    return all.stream()
        .filter(c -> c.name().equals(cohort))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "There is no cohort \"%s\"; the project has: %s.",
                    cohort, all.stream().map(Cohort::name).toList()));
  }

  private Model model(Cohort of) {
    return of.models().stream()
        .filter(m -> model == null ? m.primary() : m.name().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "There is no model \"%s\"; the cohort has: %s.",
                    model, of.models().stream().map(Model::name).toList()));
  }

  private Period period(List<Period> all) {
    return all.stream()
        .filter(p -> period == null || p.name().equals(period))
        .reduce((first, last) -> last)
        .orElseThrow(
            () ->
                unknown(
                    "There is no period \"%s\"; the project has: %s.",
                    period, all.stream().map(Period::name).toList()));
  }

  /** The region of that name; the one without a name if none is called null. */
  private Optional<String> region(List<Optional<String>> regions) {
    Optional<String> named = Optional.of(region);
    if (regions.contains(named)) {
      return named;
    }
    if (region.equals("null") && regions.contains(Optional.<String>empty())) {
      return Optional.empty();
    }
    throw regions.isEmpty()
        ? new ParameterException(
            command.commandLine(),
            "Cohort %s has no regions yet; ./assay run judges them.".formatted(cohort))
        : unknown(
            "There is no region \"%s\"; the cohort has: %s.",
            region, regions.stream().map(r -> r.orElse("null")).toList());
  }

  private ParameterException unknown(String sentence, String name, List<String> known) {
    return new ParameterException(
        command.commandLine(), sentence.formatted(name, String.join(", ", known)));
  }
}
