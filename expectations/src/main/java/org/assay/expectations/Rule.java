package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import org.assay.common.run.Fingerprint;

/**
 * An expectation as an extract declares it.
 *
 * @param id names the rule's history; by default its type and columns, so that a changed threshold
 *     keeps it
 * @param expectation what is expected
 * @param onFail what happens where it is not met
 * @param mostly the share of rows that must meet it for the rule to pass as a whole, in (0, 1]
 */
public record Rule(String id, Expectation expectation, OnFail onFail, double mostly) {

  /** What happens to data that does not meet an expectation. */
  public enum OnFail {
    /** The failing rows are held, each with its reasons. */
    QUARANTINE,
    /** The delivery is not accepted. */
    REFUSE,
    /** It is told, and the data is used. */
    WARN
  }

  public Rule {
    requireNonNull(expectation, "expectation is null");
    requireNonNull(onFail, "onFail is null");
    if (!(mostly > 0 && mostly <= 1)) {
      throw new IllegalArgumentException(
          "mostly must be above 0 and at most 1, not " + mostly + ".");
    }
    if (onFail == OnFail.QUARANTINE && expectation.columns().isEmpty()) {
      throw new IllegalArgumentException(
          expectation.type() + " is about the whole delivery; use on_fail = refuse or warn.");
    }
  }

  /** The default id: type and columns. */
  public static String idOf(Expectation expectation) {
    return expectation.columns().isEmpty()
        ? expectation.type()
        : expectation.type() + "." + String.join(".", expectation.columns());
  }

  /** Digest of everything the rule says. */
  public String fingerprint() {
    return Fingerprint.of(this).substring(0, 16);
  }
}
