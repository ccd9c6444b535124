package org.assay.common.table;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables of a lake. Every write is one commit that carries its {@link CommitNote}, and returns
 * the state it led to; a write that changes nothing may leave no commit.
 *
 * <p>Implementations throw {@link java.io.UncheckedIOException} where the storage fails; a failed
 * write leaves the table at the version it had.
 */
public interface Tables {

  /** The state of a table; empty if it does not exist. Runs no Spark job. */
  Optional<TableState> state(TableName table);

  /** The table's latest rows; the table must exist. */
  Dataset<Row> read(TableName table);

  /** The table's rows at a version; the table must exist and the version must still be readable. */
  Dataset<Row> read(TableName table, long version);

  /** Adds rows; creates the table, and adds columns that are new. */
  TableState append(TableName table, Dataset<Row> rows, CommitNote note);

  /**
   * The number of the last write that was made in turn; 0 before the first. Runs no Spark job.
   *
   * <p>Writers that decide from what a table holds take turns: each reads the turn before it looks,
   * and writes as the next. Of two that looked at the same time only one can.
   */
  long turn(TableName table);

  /**
   * Adds rows as this turn; creates the table, and adds columns that are new.
   *
   * @return empty if somebody else has taken the turn, and nothing was written
   */
  Optional<TableState> appendInTurn(TableName table, Dataset<Row> rows, CommitNote note, long turn);

  /**
   * Replaces the rows that satisfy a condition as this turn; creates the table.
   *
   * @return empty if somebody else has taken the turn, and nothing was written
   */
  Optional<TableState> replaceInTurn(
      TableName table, Dataset<Row> rows, String where, CommitNote note, long turn);

  /**
   * Replaces all rows and the schema as this turn; creates the table.
   *
   * @return empty if somebody else has taken the turn, and nothing was written
   */
  Optional<TableState> overwriteInTurn(
      TableName table, Dataset<Row> rows, CommitNote note, long turn);

  /**
   * The states that the table's commits after a version led to, latest first; only commits that
   * changed rows. Runs no Spark job.
   */
  List<TableState> since(TableName table, long version);

  /** Replaces all rows and the schema; creates the table. */
  TableState overwrite(TableName table, Dataset<Row> rows, CommitNote note);

  /**
   * Replaces the rows that satisfy a condition, in one commit; creates the table.
   *
   * @param where SQL condition over the table's columns; every new row must satisfy it
   */
  TableState replaceWhere(TableName table, Dataset<Row> rows, String where, CommitNote note);

  /**
   * Replaces all rows and the schema; creates the table.
   *
   * @param partitions columns by which its files are divided
   */
  TableState overwrite(
      TableName table, Dataset<Row> rows, List<String> partitions, CommitNote note);

  /**
   * Replaces the rows that these rows match, and adds those that match none, in one commit; the
   * table must exist.
   *
   * @param rows no two with the same key
   */
  TableState merge(TableName table, Dataset<Row> rows, MergePlan plan, CommitNote note);

  /** All tables that exist, in order. */
  List<TableName> list();

  /** How many commits were written through this object. */
  long commits();
}
