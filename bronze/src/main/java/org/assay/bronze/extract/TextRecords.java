package org.assay.bronze.extract;

import java.util.NoSuchElementException;

/** Records that are known one ahead, so that the last is known to be the last. */
abstract class TextRecords implements Records {
  private SourceRecord next;
  private boolean isKnown;

  /** Reads the next record; null after the last. */
  abstract SourceRecord read();

  @Override
  public final boolean hasNext() {
    if (!isKnown) {
      next = read();
      isKnown = true;
    }
    return next != null;
  }

  @Override
  public final SourceRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The file has no more records");
    }
    isKnown = false;
    return next;
  }
}
