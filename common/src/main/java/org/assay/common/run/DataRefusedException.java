package org.assay.common.run;

/**
 * Data that must not be used as it is: the message is one plain sentence of cause and remedy, for
 * the terminal. Nothing of the refused data has been written beyond bronze.
 */
public final class DataRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataRefusedException(String sentence) {
    super(sentence);
  }
}
