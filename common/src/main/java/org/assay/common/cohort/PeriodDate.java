package org.assay.common.cohort;

import java.util.Locale;

/** A date that a period has. */
public enum PeriodDate {
  /** The day on which a population is looked at. */
  INDEX_DATE,
  /** The first day of what is counted. */
  START,
  /** The first day after. */
  END;

  /** Its name in configuration and, after a colon, in SQL. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
