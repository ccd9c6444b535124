package org.assay.bronze.extract;

/** Whether the quotes of a record are in order, line by line. */
final class Quoting {
  /** How a record stands after a line. */
  enum State {
    /** The record is whole. */
    CLOSED,
    /** A quoted field goes on in the next line. */
    OPEN,
    /** Something stands between a closing quote and the next delimiter. */
    BROKEN
  }

  private final Dialect dialect;

  Quoting(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Reads a line on.
   *
   * @param isOpen whether a quoted field is open where the line begins
   */
  State after(String line, boolean isOpen) {
    char quote = dialect.quote();
    if (!isOpen && (quote == Dialect.NO_QUOTE || line.indexOf(quote) < 0)) {
      return State.CLOSED;
    }
    boolean open = isOpen;
    boolean atStart = !isOpen;
    int length = Lines.content(line).length();
    for (int i = 0; i < length; i++) {
      char c = line.charAt(i);
      if (open) {
        if (c == dialect.escape() && dialect.escape() != quote) {
          i++; // what is escaped is no quote
        } else if (c == quote
            && i + 1 < length
            && line.charAt(i + 1) == quote
            && quote == dialect.escape()) {
          i++;
        } else if (c == quote) {
          if (i + 1 < length && line.charAt(i + 1) != dialect.delimiter()) {
            return State.BROKEN;
          }
          open = false;
        }
        atStart = false;
      } else if (c == dialect.delimiter()) {
        atStart = true;
      } else {
        open = atStart && c == quote;
        atStart = false;
      }
    }
    return open ? State.OPEN : State.CLOSED;
  }
}
