package org.assay.jobs.cli;

import org.assay.jobs.ExitCode;
import org.assay.jobs.pipeline.RunResult;
import org.assay.jobs.pipeline.RunResult.State;

/** How a command ends that ran the pipeline. */
final class RunEnding {
  private RunEnding() {}

  /** Whether the run could not do all that it was asked for. */
  static boolean isStopped(RunResult result) {
    return result.state() == State.REFUSED || result.state() == State.WAITING;
  }

  /** The exit code, whatever is held. */
  static ExitCode code(RunResult result) {
    return switch (result.state()) {
      case REFUSED -> ExitCode.DATA_REFUSED;
      case WAITING -> ExitCode.WAITING;
      default -> ExitCode.DONE;
    };
  }
}
