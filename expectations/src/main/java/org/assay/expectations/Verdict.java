package org.assay.expectations;

import static java.util.Objects.requireNonNull;

/**
 * What became of a rule: three values, never two. What could not be evaluated has neither passed
 * nor failed.
 */
public sealed interface Verdict {

  /**
   * The expectation was evaluated.
   *
   * @param passed whether the rule passed as a whole
   * @param rows rows that were judged; all of them, where it is about the whole
   * @param unexpected rows that did not meet it; 0 where it is about the whole
   * @param observed what was found, in words; empty where the counts say it all
   */
  record Evaluated(boolean passed, long rows, long unexpected, String observed) implements Verdict {
    public Evaluated {
      requireNonNull(observed, "observed is null");
    }

    /** The share of the judged rows that did not meet it; 0 of none. */
    public double share() {
      return rows == 0 ? 0 : (double) unexpected / rows;
    }
  }

  /**
   * The expectation could not be evaluated; no row is to be held for it.
   *
   * @param cause why, in one sentence
   */
  record Unknown(String cause) implements Verdict {
    public Unknown {
      requireNonNull(cause, "cause is null");
    }
  }
}
