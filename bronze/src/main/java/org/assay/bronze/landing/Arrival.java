package org.assay.bronze.landing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.assay.bronze.extract.ExtractReader;
import org.assay.bronze.extract.Head;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Receipt;
import org.assay.common.delivery.Delivery.Terms;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;

/**
 * A file in landing that is fit to be ingested.
 *
 * @param id the identity of the delivery it will be
 * @param extract its extract
 * @param extractDate the day it speaks of
 * @param load what it is
 * @param revision its revision
 * @param part which part of its delivery it is
 * @param file the file
 * @param content its SHA-256
 * @param terms what its manifest says
 * @param head its columns
 */
public record Arrival(
    String id,
    String extract,
    LocalDate extractDate,
    Load load,
    long revision,
    String part,
    SourceFile file,
    String content,
    Terms terms,
    Head head) {

  static Arrival of(Candidate candidate, String content, Head head) {
    return new Arrival(
        candidate.id(content),
        candidate.extract(),
        candidate.date().orElseThrow(),
        candidate.load(),
        candidate.revision(),
        candidate.part(),
        candidate.file(),
        content,
        candidate.terms(),
        head);
  }

  /** The same with what a manifest says of another file of the same content, unless one did. */
  Arrival orToldBy(Candidate same) {
    return terms.manifest().isPresent() || same.terms().manifest().isEmpty()
        ? this
        : new Arrival(
            id,
            extract,
            extractDate,
            same.load(),
            revision,
            part,
            file,
            content,
            same.terms(),
            head);
  }

  /** As it is read. */
  public ExtractReader.Input input() {
    return new ExtractReader.Input(id, file, extractDate, content, terms.rows(), head);
  }

  /** As the register has it. */
  public Delivery delivery(Receipt receipt) {
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
        receipt,
        State.COMPLETE,
        "");
  }

  /** The file as it stays in landing after all. */
  public Pending stays(State state, String reason, Instant now) {
    return new Pending(
        extract,
        file,
        state,
        reason,
        Optional.of(extractDate),
        load,
        revision,
        part,
        terms.manifest(),
        Optional.of(content),
        now);
  }

  /** The file as it stays in landing because another part of its delivery is not ready. */
  Pending waitsFor(String other, Instant now) {
    return stays(
        State.INCOMPLETE,
        "Waits for %s, which belongs to the same delivery and is not ready.".formatted(other),
        now);
  }

  /** Whether two files come together or not at all, because one manifest lists them. */
  boolean comesWith(Arrival other) {
    return !part.isEmpty()
        && terms.manifest().isPresent()
        && terms.manifest().equals(other.terms().manifest());
  }
}
