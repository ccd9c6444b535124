package org.assay.jobs.cli;

import java.util.List;
import java.util.Optional;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.jobs.Project;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which fit a command is about: one cohort, region, model and period. */
final class RegionOptions {
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

  /** The cohort that is asked about; bad arguments end in a sentence of what there is. */
  Cohort cohort(Project project, CommandLine line) {
    List<Cohort> all = project.silver().cohorts().cohorts();
    return all.stream()
        .filter(c -> c.name().equals(cohort))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    line,
                    "There is no cohort \"%s\"; the project has: %s.",
                    cohort,
                    all.stream().map(Cohort::name).toList()));
  }

  /** The model. */
  Model model(Cohort of, CommandLine line) {
    return of.models().stream()
        .filter(m -> model == null ? m.primary() : m.name().equals(model))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    line,
                    "There is no model \"%s\"; the cohort has: %s.",
                    model,
                    of.models().stream().map(Model::name).toList()));
  }

  /** The period. */
  Period period(Project project, CommandLine line) {
    List<Period> all = project.silver().cohorts().periods();
    return all.stream()
        .filter(p -> period == null || p.name().equals(period))
        .reduce((first, last) -> last)
        .orElseThrow(
            () ->
                unknown(
                    line,
                    "There is no period \"%s\"; the project has: %s.",
                    period,
                    all.stream().map(Period::name).toList()));
  }

  /** The region of that name; the one without a name if none is called null. */
  Optional<String> region(List<Optional<String>> regions, CommandLine line) {
    Optional<String> named = Optional.of(region);
    if (regions.contains(named)) {
      return named;
    }
    if (region.equals("null") && regions.contains(Optional.<String>empty())) {
      return Optional.empty();
    }
    throw regions.isEmpty()
        ? new ParameterException(
            line, "Cohort %s has no regions yet; ./assay run judges them.".formatted(cohort))
        : unknown(
            line,
            "There is no region \"%s\"; the cohort has: %s.",
            region,
            regions.stream().map(r -> r.orElse("null")).toList());
  }

  private static ParameterException unknown(
      CommandLine line, String sentence, String name, List<String> known) {
    return new ParameterException(line, sentence.formatted(name, String.join(", ", known)));
  }
}
