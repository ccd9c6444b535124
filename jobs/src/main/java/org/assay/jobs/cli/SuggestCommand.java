package org.assay.jobs.cli;

import java.util.concurrent.Callable;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.expectations.deequ.DeequProfiler;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.silver.SilverSuggest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay suggest}. */
@Command(
    name = "suggest",
    description =
        "Profiles the latest delivery of an extract and prints expectations to start from.",
    mixinStandardHelpOptions = true)
final class SuggestCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Option(
      names = {"-x", "--extract"},
      required = true,
      paramLabel = "EXTRACT",
      description = "The extract.")
  private String extract;

  @Spec private CommandSpec command;

  private final Screen screen;

  SuggestCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Project project = options.project();
    if (project.silver().extractNames().stream().noneMatch(extract::equals)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no extract \"%s\"; the project has: %s."
              .formatted(extract, String.join(", ", project.silver().extractNames())));
    }
    try (OpenLake lake = OpenLake.read(options)) {
      SilverSuggest.suite(
              lake.tables(),
              new DeliveryRegister(lake.spark(), lake.tables()),
              project.silver(),
              extract,
              new DeequProfiler())
          .forEach(screen::line);
    }
    return ExitCode.DONE.number();
  }
}
