package org.assay.bronze.landing;

import java.time.LocalDate;
import org.assay.bronze.extract.ExtractReader;
import org.assay.bronze.extract.Head;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Receipt;
import org.assay.common.delivery.Delivery.Terms;
import org.assay.common.delivery.Load;
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

  /** Parts of one delivery come together or not at all; a whole file is alone. */
  String shipment() {
    return part.isEmpty() ? id : terms.manifest().orElse(id);
  }
}
