package org.assay.jobs.cli;

import org.apache.logging.log4j.LogManager;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.run.Causes;
import org.assay.common.run.DataRefusedException;
import org.assay.jobs.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one plain sentence and an exit code; the trace goes to the log. */
final class Failures implements IExecutionExceptionHandler {
  private final Screen screen;

  Failures(Screen screen) {
    this.screen = screen;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    ExitCode code = code(failure);
    screen.failure(Causes.sentence(failure), code);
    if (RunLog.file().isPresent()) {
      LogManager.getLogger(Failures.class).error("The command failed", failure);
      screen.details(RunLog.file().get());
    } else if (code == ExitCode.UNEXPECTED) {
      screen.trace(failure);
    }
    return code.number();
  }

  private static ExitCode code(Exception failure) {
    if (failure instanceof InvalidSettingsException) {
      return ExitCode.BAD_CONFIGURATION;
    }
    return failure instanceof DataRefusedException ? ExitCode.DATA_REFUSED : ExitCode.UNEXPECTED;
  }
}
