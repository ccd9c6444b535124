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
   * @param rows rows evaluated
   * @param unexpected rows that did not meet it
   */
  record Evaluated(boolean passed, long rows, long unexpected) implements Verdict {}

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
