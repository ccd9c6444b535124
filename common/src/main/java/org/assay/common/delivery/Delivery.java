package org.assay.common.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.assay.common.run.Fingerprint;

/**
 * One arrival of an extract that is complete and in bronze.
 *
 * @param id digest of extract, extract date and content
 * @param extract the extract
 * @param extractDate the day the content speaks of
 * @param file the file it came as
 * @param content digest of the file, SHA-256 in hexadecimal
 * @param rows rows appended to bronze
 * @param bronzeVersion the version of the bronze table that brought it
 * @param ingestedAt when it was appended
 */
public record Delivery(
    String id,
    String extract,
    LocalDate extractDate,
    SourceFile file,
    String content,
    long rows,
    long bronzeVersion,
    Instant ingestedAt) {
  public Delivery {
    requireNonNull(id, "id is null");
    requireNonNull(extractDate, "extractDate is null");
  }

  /**
   * A file in landing.
   *
   * @param path where it is
   * @param bytes its size
   * @param modifiedAt its modification time
   */
  public record SourceFile(String path, long bytes, Instant modifiedAt) {}

  /** The identity of a delivery: the same content on another date is another delivery. */
  public static String id(String extract, LocalDate extractDate, String content) {
    return Fingerprint.of(extract, extractDate, content).substring(0, 16);
  }
}
