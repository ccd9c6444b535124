package org.assay.bronze.landing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.landing.Claims.Claim;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Terms;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;

/**
 * A file in landing, with what its path and its manifest say of it.
 *
 * @param extract its extract
 * @param file the file
 * @param date the day it speaks of, if that is known
 * @param load what it is
 * @param revision its revision
 * @param part which part of its delivery it is; empty if it is all of it
 * @param isListed whether a manifest lists it with other parts
 * @param terms what its manifest says
 */
record Candidate(
    String extract,
    SourceFile file,
    Optional<LocalDate> date,
    Load load,
    long revision,
    String part,
    boolean isListed,
    Terms terms) {

  static Candidate of(Extract extract, LandedFile landed, Optional<Claim> claim) {
    return new Candidate(
        extract.name(),
        landed.file(),
        claim.flatMap(c -> c.manifest().extractDate()).or(() -> landed.says().date()),
        claim.flatMap(c -> c.manifest().load()).orElse(extract.load()),
        claim
            .map(c -> c.manifest().revision())
            .filter(revision -> revision > 0)
            .orElse(landed.says().revision()),
        claim.map(Claim::partName).filter(part -> !part.isEmpty()).orElse(landed.says().part()),
        claim.filter(c -> c.manifest().isList()).isPresent(),
        claim.map(Claim::terms).orElse(Terms.NONE));
  }

  /** The same file of this day. */
  Candidate on(LocalDate day) {
    return new Candidate(extract, file, Optional.of(day), load, revision, part, isListed, terms);
  }

  /** Its identity, once its day and its content are known. */
  String id(String content) {
    return Delivery.id(extract, date.orElseThrow(), revision, part, content);
  }

  /**
   * Whether a delivery is this file as it is described now: by its manifest, or by its path and the
   * configuration. A manifest that has left landing has been heard.
   */
  boolean isKnownAs(Delivery delivery) {
    if (!delivery.file().equals(file)) {
      return false;
    }
    boolean hasLeft = terms.manifest().isEmpty() && delivery.terms().manifest().isPresent();
    return hasLeft
        || date.isPresent()
            && delivery.id().equals(id(delivery.content()))
            && delivery.load() == load
            && delivery.terms().equals(terms);
  }

  /** The file as it stays in landing. */
  Pending stays(State state, String reason, Optional<String> content, Instant now) {
    return new Pending(
        extract, file, state, reason, date, load, revision, part, terms.manifest(), content, now);
  }
}
