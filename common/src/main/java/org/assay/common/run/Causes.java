package org.assay.common.run;

import org.assay.common.config.InvalidSettingsException;

/**
 * Why something failed, in a sentence that may be kept and printed. The messages of libraries may
 * quote the data they stumbled over; those stay in the log's trace.
 */
public final class Causes {
  private Causes() {}

  /** The sentence. */
  public static String sentence(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof DataRefusedException || failure instanceof InvalidSettingsException) {
      return message;
    }
    String kind = failure.getClass().getSimpleName();
    return isThrownHere(failure)
        ? "Something unexpected happened (%s): %s"
            .formatted(kind, message.lines().findFirst().orElse(""))
        : "Something unexpected happened (%s); the trace tells where.".formatted(kind);
  }

  /** The kind of the error at the root, which quotes nothing. */
  public static String kind(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  /** Whether our own code wrote the message. */
  private static boolean isThrownHere(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.assay.");
  }
}
