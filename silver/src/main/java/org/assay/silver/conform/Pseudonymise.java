package org.assay.silver.conform;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.assay.common.config.Section;

/**
 * How an identifier becomes a pseudonym.
 *
 * @param domain what kind of identifier it is: equal values of one domain have equal pseudonyms, so
 *     that extracts can be joined
 * @param normalise what is the same identifier although it is written differently
 */
public record Pseudonymise(String domain, Normalise normalise) {

  /** Which spellings of an identifier are one. */
  public enum Normalise {
    /** Only blanks around it do not matter. */
    NONE,
    /** Digits; blanks and hyphens between them do not matter, and nothing else may be there. */
    DIGITS,
    /**
     * Letters and digits; case, blanks and hyphens do not matter, and nothing else may be there.
     */
    ALPHANUMERIC
  }

  public Pseudonymise {
    requireNonNull(normalise, "normalise is null");
    if (domain.isBlank()) {
      throw new IllegalArgumentException("domain is empty; name the kind of identifier.");
    }
  }

  /** Reads {@code pseudonymise}; what is wrong is recorded in the section. */
  static Optional<Pseudonymise> from(Section section) {
    String domain = section.text("domain");
    Normalise normalise = section.choice("normalise", Normalise.class, Normalise.NONE);
    return section.build(() -> new Pseudonymise(domain, normalise));
  }
}
