package org.assay.jobs;

import org.assay.jobs.cli.AssayCommand;

/** The command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(AssayCommand.execute(arguments, System.out, System.err));
  }
}
