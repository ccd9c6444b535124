package org.assay.bronze.ingest;

import java.util.Collection;
import java.util.Optional;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.landing.Arrival;

/** Tells a Parquet file whose pages cannot be read from a machine that cannot read. */
final class ParquetFault {
  private ParquetFault() {}

  /** The file that is the cause of a failure, if Parquet says that one of these is. */
  static Optional<FileFault> behind(Throwable failure, Collection<Arrival> arrivals) {
    boolean isParquets = false;
    Optional<Arrival> named = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      isParquets |= cause.getClass().getName().startsWith("org.apache.parquet.");
      named =
          named.or(
              () ->
                  arrivals.stream()
                      .filter(arrival -> message.contains(arrival.file().name()))
                      .findFirst());
    }
    boolean isDamage = isParquets;
    return named
        .filter(arrival -> isDamage)
        .map(
            arrival ->
                FileFault.damaged(
                    arrival.file().path(),
                    "%s is damaged: its Parquet cannot be read to the end. Nothing of it was used; ask for the file again."
                        .formatted(arrival.file().name())));
  }
}
