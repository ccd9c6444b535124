package org.assay.common.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.assay.common.run.Fingerprint;

/**
 * A file that is in landing and not in bronze. It is looked at again at every run.
 *
 * @param extract the extract
 * @param file the file; of no size where a manifest lists it and it has not come
 * @param state received, incomplete or refused; superseded if its content is in bronze already
 * @param reason why, in one sentence
 * @param extractDate the day it speaks of, if that is known
 * @param load what it is
 * @param revision its revision, as far as that is known
 * @param part which part of its delivery it is, as far as that is known; empty if it is all of it
 * @param manifest the manifest's path, if it has one
 * @param content digest of the file, if it was read
 * @param firstSeen when it was first found
 */
public record Pending(
    String extract,
    SourceFile file,
    State state,
    String reason,
    Optional<LocalDate> extractDate,
    Load load,
    long revision,
    String part,
    Optional<String> manifest,
    Optional<String> content,
    Instant firstSeen) {
  private static final String LEFT = "It left landing before it could be ingested.";

  public Pending {
    requireNonNull(file, "file is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(load, "load is null");
    requireNonNull(part, "part is null");
  }

  /** Names it until its content is known. */
  public String id() {
    return Fingerprint.of("landing", extract, file.path()).substring(0, 16);
  }

  /** The same file after it left landing. */
  public Pending gone() {
    boolean isTold = state == State.SUPERSEDED || isGone();
    return isTold ? this : as(State.REFUSED, LEFT + " " + reason, firstSeen);
  }

  /** Whether it left landing. */
  public boolean isGone() {
    return reason.startsWith(LEFT);
  }

  /** Whether another run may find more. */
  public boolean isWaiting() {
    return state == State.RECEIVED || state == State.INCOMPLETE;
  }

  /** The same finding, first made earlier. */
  Pending since(Instant earlier) {
    return as(state, reason, earlier);
  }

  private Pending as(State other, String because, Instant seen) {
    return new Pending(
        extract, file, other, because, extractDate, load, revision, part, manifest, content, seen);
  }
}
