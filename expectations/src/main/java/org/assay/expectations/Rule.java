package org.assay.expectations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import org.assay.common.run.Fingerprint;

/**
 * An expectation as an extract declares it.
 *
 * @param id names the rule's history; by default its type and columns, so that a changed threshold
 *     keeps it
 * @param expectation what is expected
 * @param onFail what happens where it is not met
 * @param shares which shares of rows matter
 * @param notes what a steward should know
 */
public record Rule(
    String id, Expectation expectation, OnFail onFail, Shares shares, Optional<String> notes) {

  /** What happens to data that does not meet an expectation. */
  public enum OnFail {
    /** The failing rows are held, each with its reasons. */
    QUARANTINE,
    /** The delivery is not accepted. */
    REFUSE,
    /** It is told, and the data is used. */
    WARN
  }

  /**
   * Shares of the judged rows.
   *
   * @param mostly how many must be as expected for the rule to pass as a whole, in (0, 1]
   * @param warnAt from how many unexpected ones it is told; empty for never
   * @param refuseAt from how many unexpected ones the delivery is refused; empty for never
   */
  public record Shares(double mostly, OptionalDouble warnAt, OptionalDouble refuseAt) {
    /** Every row must be as expected. */
    public static final Shares ALL = new Shares(1, OptionalDouble.empty(), OptionalDouble.empty());

    public Shares {
      if (!(mostly > 0 && mostly <= 1)) {
        throw new IllegalArgumentException(
            "mostly must be above 0 and at most 1, not " + mostly + ".");
      }
      check("warn_at", warnAt);
      check("refuse_at", refuseAt);
    }

    private static void check(String key, OptionalDouble share) {
      share.ifPresent(
          s -> {
            if (!(s > 0 && s <= 1)) {
              throw new IllegalArgumentException(
                  "%s is a share above 0 and at most 1, not %s.".formatted(key, s));
            }
          });
    }

    private static boolean isReached(OptionalDouble share, double found) {
      return share.isPresent() && found >= share.getAsDouble();
    }
  }

  public Rule {
    requireNonNull(expectation, "expectation is null");
    requireNonNull(onFail, "onFail is null");
    requireNonNull(shares, "shares is null");
    requireNonNull(notes, "notes is null");
    if (onFail == OnFail.QUARANTINE && !(expectation instanceof Expectation.OfRow)) {
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

  /** Whether what was found refuses the delivery. */
  public boolean refuses(Verdict.Evaluated found) {
    return onFail == OnFail.REFUSE && !found.passed()
        || Shares.isReached(shares.refuseAt(), found.share());
  }

  /** Whether what was found must be told; a rule that holds rows tells when it fails as a whole. */
  public boolean warns(Verdict.Evaluated found) {
    boolean fails = !found.passed() && (onFail == OnFail.WARN || shares.mostly() < 1);
    return fails || Shares.isReached(shares.warnAt(), found.share());
  }

  /** Digest of everything the rule says. */
  public String fingerprint() {
    return Fingerprint.of(id, expectation, onFail, shares).substring(0, 16);
  }
}
