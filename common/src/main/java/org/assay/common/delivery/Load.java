package org.assay.common.delivery;

/** What a delivery of an extract is. */
public enum Load {
  /** Everything there is on its date: it replaces what came before. */
  FULL,
  /** Additions and replacements by key. */
  DELTA
}
