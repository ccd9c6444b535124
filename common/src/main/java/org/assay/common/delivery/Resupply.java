package org.assay.common.delivery;

/** Which of two FULL deliveries of one date counts, where no revision says it. */
public enum Resupply {
  /** Neither. */
  NONE,
  /** The one whose file was modified last. */
  MODIFIED_TIME
}
