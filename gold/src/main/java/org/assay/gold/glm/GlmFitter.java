package org.assay.gold.glm;

/** Finds the coefficients of a model. A problem without a solution is a value, not an exception. */
public interface GlmFitter {

  /** Fits the model; equal problems give equal bits. */
  GlmFit fit(GlmProblem problem);
}
