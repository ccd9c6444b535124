package org.assay.bronze.extract;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.assay.common.run.DataRefusedException;

/** Tells a file that cannot be read from a machine that cannot read. */
public final class DamagedFile {
  private static final String DECOMPRESSION = "org.apache.hadoop.io.compress.";

  private DamagedFile() {}

  /**
   * Reads something from a file.
   *
   * @throws DataRefusedException if the file itself is what is wrong
   */
  public static <T> T refusing(String path, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      String name = new Path(path).getName();
      throw damage(e, name)
          .<RuntimeException>map(
              damage ->
                  new DataRefusedException(
                      "%s is damaged: %s. Nothing of it was used; ask for the file again."
                          .formatted(name, damage),
                      e))
          .orElseGet(() -> DamagedFile.<RuntimeException>same(e));
    }
  }

  /** What is wrong with this file; the same exceptions about anything else are not its fault. */
  private static Optional<String> damage(Throwable failure, String name) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      boolean inRecords = isThrownBy(cause, CsvRecords.class.getName());
      if (inRecords && cause instanceof EOFException) {
        return Optional.of("it ends too early");
      }
      if (inRecords && (cause instanceof ZipException || message.startsWith("not a gzip file"))) {
        return Optional.of("its name says gzip, and it is not");
      }
      if (inRecords && cause instanceof IOException && isThrownBy(cause, DECOMPRESSION)) {
        return Optional.of("its gzip cannot be read to the end");
      }
      if (message.contains(name) && message.contains("is not a Parquet file")) {
        return Optional.of("it is not a whole Parquet file");
      }
      if (message.contains(name) && cause.getClass().getName().startsWith("org.apache.parquet.")) {
        return Optional.of("its Parquet cannot be read to the end");
      }
    }
    return Optional.empty();
  }

  private static boolean isThrownBy(Throwable cause, String code) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(code));
  }

  /** The exception itself, checked or not. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E same(Exception e) throws E {
    throw (E) e;
  }
}
