package org.assay.bronze.ingest;

import java.util.Collection;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.ExtractReader;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.landing.Arrival;

/** Finds the Parquet file for which a write failed, by reading each alone. */
final class ParquetFault {
  private ParquetFault() {}

  /** The file that changed while it was read, or the first that cannot be read to its end. */
  static Optional<FileFault> among(
      SparkSession spark, Collection<Arrival> arrivals, Throwable failure) {
    for (Arrival arrival : arrivals) {
      String path = arrival.file().path();
      if (tells(failure, ExtractReader.changed(path))) {
        return Optional.of(
            FileFault.incomplete(
                path,
                "%s changed while it was read; it may still be being written."
                    .formatted(arrival.file().name())));
      }
    }
    return arrivals.stream()
        .filter(arrival -> !isReadable(spark, arrival.file().path()))
        .findFirst()
        .map(
            arrival ->
                FileFault.damaged(
                    arrival.file().path(),
                    "%s is damaged: its Parquet cannot be read to the end. Nothing of it was used; ask for the file again."
                        .formatted(arrival.file().name())));
  }

  private static boolean tells(Throwable failure, String marker) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(marker)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReadable(SparkSession spark, String path) {
    try {
      ExtractReader.parquet(spark, path).write().format("noop").mode("overwrite").save();
      return true;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      return false; // told as the reason for which the file is refused
    }
  }
}
