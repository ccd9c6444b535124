package org.assay.bronze.extract;

import java.util.Optional;

/**
 * What is wrong with one file, found while it was read. Thrown in a task, it ends the write before
 * anything is committed.
 */
public final class FileFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final boolean mayMend;

  private FileFault(String path, boolean mayMend, String sentence) {
    super(sentence);
    this.path = path;
    this.mayMend = mayMend;
  }

  /** A file that is not what its manifest says, or that is still being written. */
  public static FileFault incomplete(String path, String sentence) {
    return new FileFault(path, true, sentence);
  }

  /** A file that cannot be read as it is. */
  public static FileFault damaged(String path, String sentence) {
    return new FileFault(path, false, sentence);
  }

  /** The fault that is behind a failure, if any. */
  public static Optional<FileFault> behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileFault fault) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** The file. */
  public String path() {
    return path;
  }

  /** Whether the same file may be right at another time. */
  public boolean mayMend() {
    return mayMend;
  }
}
