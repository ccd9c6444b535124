package org.assay.common.run;

/**
 * What Assay proves of its own tables before it writes them does not hold: a fault of Assay or of
 * who changed a table, not of the data. Nothing of the table was written.
 */
public final class ProofFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProofFailedException(String sentence) {
    super(sentence);
  }
}
