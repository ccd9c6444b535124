package org.assay.jobs;

/** How a command ends, for schedulers; documented in the README. */
public enum ExitCode {
  DONE(0),
  UNEXPECTED(1),
  BAD_ARGUMENTS(2),
  DATA_REFUSED(3),
  BAD_CONFIGURATION(4),
  PROOF_FAILED(5),
  WAITING(6),
  DONE_WITH_HELD(7);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit code. */
  public int number() {
    return number;
  }
}
