package org.assay.common.delivery;

import java.util.Locale;

/** How far a delivery has come. */
public enum State {
  /** In landing; nothing says yet that it is whole. */
  RECEIVED,
  /** In landing; it and its manifest disagree, or parts are missing. */
  INCOMPLETE,
  /** In bronze. */
  COMPLETE,
  /** In bronze, and replaced by a later revision. */
  SUPERSEDED,
  /** In landing or in bronze, and not to be used. */
  REFUSED;

  /** As tables have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static State of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
