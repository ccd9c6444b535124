package org.assay.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.gold.GoldExport;
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

/** {@code assay export}. */
@Command(
    name = "export",
    description =
        "Writes the cells that a region's model was fitted on, and the call that fits it elsewhere.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Mixin private RegionOptions asked;

  @Option(
      names = "--to",
      paramLabel = "WHAT",
      required = true,
      description = "What the fit is for: ${COMPLETION-CANDIDATES}.")
  private Target target;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the two files go; this folder unless said.")
  private Path folder;

  @Spec private CommandSpec command;

  /** Whom the fit is for. */
  enum Target {
    R
  }

  private final Screen screen;

  ExportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Project project = options.project();
    Cohort of = asked.cohort(project, command.commandLine());
    Model model = asked.model(of, command.commandLine());
    Period in = asked.period(project, command.commandLine());
    try (OpenLake lake = OpenLake.read(options)) {
      SilverExplain silver = new SilverExplain(lake.tables(), project.silver(), Pipeline.code());
      Optional<String> region = asked.region(silver.regions(of), command.commandLine());
      GoldExport.Fit fit =
          new GoldExport(lake.tables(), project.gold(), Pipeline.code())
              .of(of, model, in.name(), region);
      RScript script = new RScript(of, model, in.name(), region, fit);
      screen.line(written(script.dataName(), script.data()));
      screen.line(written(script.name(), script.text()));
    }
    return ExitCode.DONE.number();
  }

  private String written(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(),
          "%s cannot be written. Name a folder that can, with --folder.".formatted(file),
          new UncheckedIOException(e));
    }
    return file.toString();
  }
}
