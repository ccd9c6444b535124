package org.assay.common.privacy;

/** How close a column comes to naming a person. */
public enum DataClass {
  /** Names a person by itself; leaves bronze only as a pseudonym. */
  IDENTIFIER,
  /** Names a person together with others, such as a date of birth. */
  QUASI_IDENTIFIER,
  /** Says something about a person that is nobody else's business, such as a diagnosis. */
  SENSITIVE,
  /** None of these. */
  NONE
}
