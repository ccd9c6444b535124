package org.assay.gold.publication;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.expectations.baseline.StandingPublication;

/**
 * The publications of a lake, one row each in {@code ops.publications}. The row is one commit, so
 * readers that follow it see every table of one run, or of the run before.
 */
public final class Publications {
  private static final TableName TABLE = TableName.ops("publications");
  private static final int ATTEMPTS = 5;

  private final RunContext context;

  public Publications(RunContext context) {
    this.context = context;
  }

  /** The version of every table that a publication names. */
  public static Map<TableName, Long> versions(Tables tables, long publication) {
    Map<TableName, Long> versions = new TreeMap<>();
    for (Row row :
        tables.read(TABLE).filter(col("publication_id").equalTo(publication)).collectAsList()) {
      for (Row table : row.<Row>getList(row.fieldIndex("tables"))) {
        TableName.parse(table.getString(0)).ifPresent(name -> versions.put(name, table.getLong(1)));
      }
    }
    return versions;
  }

  /**
   * Publishes the tables as they are now, unless gold is what the last publication named, or
   * another run is writing it.
   *
   * @param isWhole whether tables that stand side by side belong together
   */
  public void publish(String configuration, Predicate<List<TableState>> isWhole) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (publishInTurn(configuration, isWhole)) {
        return;
      }
    }
    throw new IllegalStateException(
        "%s could not be written: other runs wrote it each time.".formatted(TABLE));
  }

  /** Whether there is nothing left to do; not if another run published meanwhile. */
  private boolean publishInTurn(String configuration, Predicate<List<TableState>> isWhole) {
    long turn = context.tables().turn(TABLE) + 1; // before anything is looked at
    List<TableState> tables =
        context.tables().list().stream()
            .filter(table -> table.layer() != Layer.OPS)
            .map(table -> context.tables().state(table).orElseThrow())
            .toList();
    String gold =
        Fingerprint.of(
            tables.stream()
                .filter(state -> state.table().layer() == Layer.GOLD_EXACT)
                .map(TableState::rowsAre)
                .toList());
    if (tables.stream().noneMatch(state -> state.table().layer() == Layer.GOLD_EXACT)) {
      return true; // there is nothing to see yet
    }
    Optional<TableState> last = context.tables().state(TABLE);
    if (last.filter(state -> state.isMadeOf(CommitNote.WHOLE, gold)).isPresent()) {
      return true;
    }
    if (!isWhole.test(tables)) {
      context
          .journal()
          .remark(
              Remark.Kind.WAITING,
              "gold",
              "Another run is writing it at the same time, and what is there now is of both: nothing is published. Run again when that one has ended.");
      return true;
    }
    long id = StandingPublication.of(context.tables()).orElse(0) + 1;
    return context
        .journal()
        .step(
            "publish",
            "publication " + id,
            step -> append(id, turn, tables, gold, configuration, step));
  }

  private boolean append(
      long id, long turn, List<TableState> tables, String gold, String configuration, Step step) {
    Row row =
        OpsContract.PUBLICATIONS
            .row()
            .set("publication_id", id)
            .set("run_id", context.journal().run())
            .set("published_at", context.clock().instant())
            .set(
                "tables",
                tables.stream()
                    .map(state -> RowFactory.create(state.table().toString(), state.version()))
                    .toArray())
            .set("code", context.code())
            .set("configuration", configuration)
            .build();
    CommitNote note = step.note(gold).with(StandingPublication.ID, Long.toString(id));
    for (TableState state : tables) {
      if (state.table().equals(TableName.goldExact(GoldContract.PROFILES.name()))) {
        note = note.with(PublishedProfiles.PART, Long.toString(state.version()));
      }
    }
    Optional<TableState> before = context.tables().state(TABLE);
    Optional<TableState> after =
        context
            .tables()
            .appendInTurn(
                TABLE, OpsContract.PUBLICATIONS.rows(context.spark(), List.of(row)), note, turn);
    after.ifPresent(state -> step.wrote(before, state));
    step.say(
        "%s",
        after.isPresent()
            ? Sentences.count(tables.size(), "table", "tables")
            : "another run published meanwhile");
    return after.isPresent();
  }
}
