package org.assay.common.cohort;

/** Whether more of an outcome is good. */
public enum Polarity {
  /** More is worse. */
  LOWER_IS_BETTER("worse", "better"),
  /** More is better. */
  HIGHER_IS_BETTER("better", "worse"),
  /** Neither. */
  NONE("higher", "lower");

  private final String ofHigher;
  private final String ofLower;

  Polarity(String ofHigher, String ofLower) {
    this.ofHigher = ofHigher;
    this.ofLower = ofLower;
  }

  /** What a value above the comparison is called. */
  public String ofHigher() {
    return ofHigher;
  }

  /** What a value below it is called. */
  public String ofLower() {
    return ofLower;
  }
}
