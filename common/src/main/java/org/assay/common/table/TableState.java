package org.assay.common.table;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table as its log shows it now.
 *
 * @param table which table
 * @param version the latest Delta version
 * @param dataVersion the latest version that changed rows; maintenance such as OPTIMIZE moves only
 *     {@code version}
 * @param rows rows written by the commit {@code dataVersion}
 * @param note what that commit says it was made of; empty if Assay did not write it
 */
public record TableState(
    TableName table, long version, long dataVersion, long rows, Optional<CommitNote> note) {
  public TableState {
    requireNonNull(table, "table is null");
    requireNonNull(note, "note is null");
  }

  /**
   * The rows that stand, as a text that no other rows have: which run wrote which version of which
   * table. A version alone is also that of a table made anew under the same name.
   */
  public String rowsAre() {
    return "%s@%d of %s"
        .formatted(table, dataVersion, note.map(CommitNote::run).orElse("somebody else"));
  }

  /** Whether this part of the table was made of exactly these inputs. */
  public boolean isMadeOf(String part, String fingerprint) {
    return note.flatMap(n -> n.madeOf(part)).filter(fingerprint::equals).isPresent();
  }
}
