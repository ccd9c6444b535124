package org.assay.jobs.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code assay}: what the commands share. */
@Command(
    name = "assay",
    description = "Judges health data before a model sees it, and fits a model per region.",
    mixinStandardHelpOptions = true,
    versionProvider = AssayCommand.VersionProvider.class,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      QueryCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      QuarantineCommand.class,
      SuggestCommand.class,
      DemoCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something unexpected; the log has the trace",
      "2:bad arguments",
      "3:data refused",
      "4:bad configuration",
      "5:a proof failed",
      "6:waiting for a delivery",
      "7:published, but --fail-on was met"
    })
public final class AssayCommand {

  /** Tells {@code --version}. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"assay " + Version.current()};
    }
  }

  /** Runs a command and returns the process's exit code. */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    Screen screen = new Screen(out, err);
    CommandLine line = new CommandLine(new AssayCommand(), new Commands(screen));
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures(screen));
    line.setUsageHelpAutoWidth(true);
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return ExitCode.BAD_ARGUMENTS.number();
    }
    return line.execute(arguments);
  }
}
