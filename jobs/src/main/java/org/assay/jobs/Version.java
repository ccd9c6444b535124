package org.assay.jobs;

import java.util.Optional;

/** The version of this program. */
public final class Version {
  private Version() {}

  /** As the jar's manifest says; "dev" where the program runs from class files. */
  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
