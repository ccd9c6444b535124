package org.assay.expectations.deequ;

import org.assay.expectations.Verifier;
import org.assay.expectations.history.Instruments;

/** All that Deequ does for us. */
public final class Deequ {
  private Deequ() {}

  /** Measuring, comparing and merging by Deequ. */
  public static Instruments instruments() {
    return instruments(new DeequVerifier());
  }

  /** Comparing and merging by Deequ, measuring by something else. */
  public static Instruments instruments(Verifier verifier) {
    return new Instruments(verifier, new DeequAnomalies(), DeequVerifier::merged);
  }
}
