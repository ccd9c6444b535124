package org.assay.expectations.readiness;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.assay.common.cells.Cell;

/**
 * One decision about a region, as a steward reads it.
 *
 * @param code its stable name
 * @param sentence who, what was found with its number, what is needed or was done
 * @param factor the factor it is about, if it is about one
 * @param level the level it is about, if it is about one
 * @param n people concerned
 * @param events events among them
 */
public record Reason(
    ReasonCode code,
    String sentence,
    Optional<String> factor,
    Optional<String> level,
    long n,
    long events) {
  public Reason {
    requireNonNull(code, "code is null");
    requireNonNull(sentence, "sentence is null");
  }

  /** A reason about the whole region. */
  public static Reason ofRegion(ReasonCode code, Cell people, String sentence) {
    return new Reason(
        code, sentence, Optional.empty(), Optional.empty(), people.n(), people.events());
  }

  static Reason ofFactor(ReasonCode code, String factor, Cell people, String sentence) {
    return new Reason(
        code, sentence, Optional.of(factor), Optional.empty(), people.n(), people.events());
  }

  static Reason ofLevel(
      ReasonCode code, String factor, String level, Cell people, String sentence) {
    return new Reason(
        code, sentence, Optional.of(factor), Optional.of(level), people.n(), people.events());
  }
}
