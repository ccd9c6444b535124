package org.assay.common.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assay.common.run.Fingerprint;

/**
 * A file that arrived, is known to be complete, and is in bronze. A delivery of many parts is many
 * of these, which become known together.
 *
 * @param id digest of extract, extract date, revision, part and content
 * @param extract the extract
 * @param extractDate the day the content speaks of
 * @param load what it is
 * @param revision 0 unless its manifest or its path says otherwise; a higher one supersedes
 * @param part which part of its delivery it is; empty where the file is all of it
 * @param file the file it came as
 * @param content digest of the file, SHA-256 in hexadecimal
 * @param terms what came with it
 * @param receipt what bronze has of it
 * @param state complete, superseded or refused
 * @param reason why, in one sentence; empty where there is nothing to say
 */
public record Delivery(
    String id,
    String extract,
    LocalDate extractDate,
    Load load,
    long revision,
    String part,
    SourceFile file,
    String content,
    Terms terms,
    Receipt receipt,
    State state,
    String reason) {
  public Delivery {
    requireNonNull(id, "id is null");
    requireNonNull(extractDate, "extractDate is null");
    requireNonNull(terms, "terms is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(reason, "reason is null");
  }

  /**
   * What its manifest says beyond its identity.
   *
   * @param manifest the manifest's path; empty if it came without
   * @param rows the rows it says there are
   * @param sha256 the digest it says the file has
   * @param exhaustive whether what is absent from a FULL delivery no longer exists
   * @param supersedes names of files of the same extract date that it replaces
   */
  public record Terms(
      Optional<String> manifest,
      OptionalLong rows,
      Optional<String> sha256,
      boolean exhaustive,
      List<String> supersedes) {
    /** Of a file without a manifest. */
    public static final Terms NONE =
        new Terms(Optional.empty(), OptionalLong.empty(), Optional.empty(), false, List.of());

    public Terms {
      supersedes = List.copyOf(supersedes);
    }
  }

  /**
   * What bronze has of a delivery.
   *
   * @param rows rows appended, malformed ones included
   * @param malformed rows that do not fit their columns
   * @param columns the file's columns
   * @param bronzeVersion the version of the bronze table that brought it
   * @param ingestedAt when it was appended
   * @param run the run that appended it
   * @param describedAt when the file was last said to be this delivery, and not one of another day,
   *     revision or part
   */
  public record Receipt(
      long rows,
      long malformed,
      List<SourceColumn> columns,
      long bronzeVersion,
      Instant ingestedAt,
      String run,
      Instant describedAt) {
    public Receipt {
      columns = List.copyOf(columns);
    }

    /** Of a file that was nothing else before. */
    public Receipt(
        long rows,
        long malformed,
        List<SourceColumn> columns,
        long bronzeVersion,
        Instant ingestedAt,
        String run) {
      this(rows, malformed, columns, bronzeVersion, ingestedAt, run, ingestedAt);
    }
  }

  /** The identity of a delivery: the same content on another date is another delivery. */
  public static String id(
      String extract, LocalDate extractDate, long revision, String part, String content) {
    return Fingerprint.of(extract, extractDate, revision, part, content).substring(0, 16);
  }

  /** Rows in bronze. */
  public long rows() {
    return receipt.rows();
  }

  /** The same delivery with what its manifest says of it. */
  public Delivery told(Load loads, Terms says) {
    return new Delivery(
        id,
        extract,
        extractDate,
        loads,
        revision,
        part,
        file,
        content,
        says,
        receipt,
        state,
        reason);
  }

  /** The same delivery, which its file is said to be again. */
  public Delivery describedAt(Instant time) {
    return with(
        new Receipt(
            receipt.rows,
            receipt.malformed,
            receipt.columns,
            receipt.bronzeVersion,
            receipt.ingestedAt,
            receipt.run,
            time));
  }

  /** The same delivery in another state. */
  public Delivery in(State other, String why) {
    return new Delivery(
        id, extract, extractDate, load, revision, part, file, content, terms, receipt, other, why);
  }

  /** The same delivery with what bronze has of it. */
  public Delivery with(Receipt received) {
    return new Delivery(
        id,
        extract,
        extractDate,
        load,
        revision,
        part,
        file,
        content,
        terms,
        received,
        state,
        reason);
  }

  /** Parts of one delivery have the same; a whole file has its own. */
  String shipment() {
    if (part.isEmpty()) {
      return id;
    }
    return terms
        .manifest()
        .filter(manifest -> !manifest.equals(file.path() + ".manifest.json"))
        .orElse("parts");
  }
}
