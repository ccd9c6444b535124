package org.assay.expectations.baseline;

import static org.apache.spark.sql.functions.max;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;

/**
 * The publication that stands in a lake: the last that was appended to {@code ops.publications}.
 */
public final class StandingPublication {
  /** The part of a publication's note that is its number. */
  public static final String ID = "id";

  static final TableName PUBLICATIONS = TableName.ops("publications");

  private StandingPublication() {}

  /** Its number; empty if nothing was ever published. Runs a Spark job only in a restored table. */
  public static OptionalLong of(Tables tables) {
    Optional<TableState> state = tables.state(PUBLICATIONS);
    if (state.isEmpty()) {
      return OptionalLong.empty();
    }
    Optional<String> noted = state.flatMap(TableState::note).flatMap(note -> note.madeOf(ID));
    return noted.isPresent() ? OptionalLong.of(Long.parseLong(noted.get())) : last(tables);
  }

  /** Whoever restores the table, or changes it otherwise, leaves no note. */
  private static OptionalLong last(Tables tables) {
    Row last = tables.read(PUBLICATIONS).agg(max("publication_id")).first();
    return last.isNullAt(0) ? OptionalLong.empty() : OptionalLong.of(last.getLong(0));
  }

  /** The note of the commit that published it; empty if somebody else's commit is later. */
  static Optional<CommitNote> note(Tables tables) {
    return tables
        .state(PUBLICATIONS)
        .flatMap(TableState::note)
        .filter(note -> note.madeOf(ID).isPresent());
  }
}
