package org.assay.gold.glm;

import java.io.Serializable;

/** What came of fitting a model. */
public sealed interface GlmFit extends Serializable {

  /**
   * The maximum-likelihood estimate.
   *
   * @param beta coefficients in the order of the design's terms; not to be changed
   * @param iterations how many it took
   */
  record Converged(double[] beta, int iterations) implements GlmFit {}

  /**
   * No estimate.
   *
   * @param cause why, in one sentence
   * @param iterations after how many
   */
  record NotFitted(String cause, int iterations) implements GlmFit {}
}
