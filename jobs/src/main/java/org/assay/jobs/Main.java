package org.assay.jobs;

import org.assay.common.spark.SparkSessions;
import org.assay.jobs.cli.AssayCommand;

/** The command line. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code. In a process with a session of its own,
   * such as a driver on which a scheduler starts one run after another, it returns instead.
   *
   * @throws IllegalStateException in such a process, if the exit code is not 0
   */
  public static void main(String[] arguments) {
    boolean isCalled = SparkSessions.isRunning();
    int code = AssayCommand.execute(arguments, System.out, System.err);
    if (!isCalled) {
      System.exit(code);
    }
    if (code != ExitCode.DONE.number()) {
      throw new IllegalStateException(
          "assay ended with exit code %d; what it printed says why.".formatted(code));
    }
  }
}
