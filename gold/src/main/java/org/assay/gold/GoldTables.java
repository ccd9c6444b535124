package org.assay.gold;

import static org.assay.common.spark.Columns.literal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.TableContract;
import org.assay.common.run.AtOnce;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;

/**
 * Writes tables of gold, each in one commit. Most of a commit is waiting, so several are under way
 * at once; which of them is first says nothing, as readers follow the publication.
 */
final class GoldTables {
  private static final int AT_ONCE = 4;

  private final RunContext context;
  private final CommitNote note;
  private final Step step;

  /**
   * @param note of all commits
   * @param step is told of them
   */
  GoldTables(RunContext context, CommitNote note, Step step) {
    this.context = context;
    this.note = note;
    this.step = step;
  }

  /** A commit that was made. */
  private record Written(Optional<TableState> before, TableState after) {}

  /** Overwrites tables. */
  void overwrite(Map<TableContract, List<Row>> tables) {
    replace(tables, Set.of());
  }

  /**
   * Replaces the rows of all cohorts but some.
   *
   * @param kept cohorts that keep their rows; none for a table that is overwritten
   */
  void replace(Map<TableContract, List<Row>> tables, Collection<String> kept) {
    List<Callable<Written>> commits = new ArrayList<>();
    tables.forEach((contract, rows) -> commits.add(() -> write(contract, rows, kept)));
    AtOnce.all(AT_ONCE, commits, written -> step.wrote(written.before(), written.after()));
  }

  private Written write(TableContract contract, List<Row> rows, Collection<String> kept) {
    SparkSession.setActiveSession(context.spark()); // Delta looks for one, thread by thread
    TableName table = contract.tableName();
    Optional<TableState> before = context.tables().state(table);
    String keptNames = kept.stream().map(name -> literal(name)).collect(Collectors.joining(", "));
    TableState after =
        kept.isEmpty()
            ? context.tables().overwrite(table, contract.rows(context.spark(), rows), note)
            : context
                .tables()
                .replaceWhere(
                    table,
                    contract.rows(context.spark(), rows),
                    "cohort NOT IN (%s)".formatted(keptNames),
                    note);
    return new Written(before, after);
  }
}
