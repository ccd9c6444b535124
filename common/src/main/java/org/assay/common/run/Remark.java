package org.assay.common.run;

/**
 * Something a person should read at the end of a run.
 *
 * @param kind what it is about
 * @param subject who: a region or an extract
 * @param sentence what was found and decided
 */
public record Remark(Kind kind, String subject, String sentence) {
  /** In the order in which they are told. */
  public enum Kind {
    HELD,
    ADJUSTED,
    WAITING,
    WARNING
  }
}
