package org.assay.bronze.extract;

/**
 * A record of a file.
 *
 * @param values its values in the order of the file's columns; all null if it is malformed
 * @param malformed what is wrong with it, in a few words; null where nothing is
 * @param text its text as it came, if it is malformed
 */
record SourceRecord(String[] values, String malformed, String text) {
  static SourceRecord of(String[] values) {
    return new SourceRecord(values, null, null);
  }

  static SourceRecord malformed(int columns, String what, String text) {
    return new SourceRecord(new String[columns], what, EscapingReader.readable(text));
  }
}
