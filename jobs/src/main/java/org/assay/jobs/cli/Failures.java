package org.assay.jobs.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.LogManager;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.run.Causes;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.ProofFailedException;
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
      screen.details(trace(failure));
    }
    return code.number();
  }

  /** What only reads a lake has no log there; its trace is the reader's own. */
  private static Path trace(Exception failure) {
    try {
      Path file = Files.createTempFile("assay-", ".log");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        failure.printStackTrace(out);
      }
      return file;
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new UncheckedIOException("The trace cannot be written", e);
    }
  }

  private static ExitCode code(Exception failure) {
    if (failure instanceof InvalidSettingsException) {
      return ExitCode.BAD_CONFIGURATION;
    }
    if (failure instanceof ProofFailedException) {
      return ExitCode.PROOF_FAILED;
    }
    return failure instanceof DataRefusedException ? ExitCode.DATA_REFUSED : ExitCode.UNEXPECTED;
  }
}
