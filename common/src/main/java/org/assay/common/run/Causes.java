package org.assay.common.run;

import java.io.UncheckedIOException;
import org.assay.common.config.InvalidSettingsException;

/**
 * Why something failed, in a sentence that may be kept and printed. The messages of libraries may
 * quote the data they stumbled over; those stay in the log's trace.
 */
public final class Causes {
  private Causes() {}

  /** The sentence. */
  public static String sentence(Throwable failure) {
    boolean ours =
        failure instanceof DataRefusedException
            || failure instanceof InvalidSettingsException
            || failure instanceof IllegalStateException
            || failure instanceof UncheckedIOException;
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof DataRefusedException || failure instanceof InvalidSettingsException) {
      return message;
    }
    String kind = failure.getClass().getSimpleName();
    return ours
        ? "Something unexpected happened (%s): %s"
            .formatted(kind, message.lines().findFirst().orElse(""))
        : "Something unexpected happened (%s); the trace tells where.".formatted(kind);
  }
}
