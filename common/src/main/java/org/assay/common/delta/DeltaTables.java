package org.assay.common.delta;

import static java.util.Objects.requireNonNull;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.assay.common.table.CommitNote;
import org.assay.common.table.MergePlan;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;

/** {@link Tables} as Delta tables under a {@link TableRoot}. Safe for use by one run at a time. */
public final class DeltaTables implements Tables {
  private static final String FORMAT = "delta";

  private static final String NOTE = "spark.databricks.delta.commitInfo.userMetadata";

  /** How long old versions stay readable: rebuild proofs and rollbacks need both. */
  private static final String RETENTION = "interval 365 days";

  /** Of how many columns Delta keeps the least and the most in each file. */
  private static final String STATISTICS = "delta.dataSkippingNumIndexedCols";

  /** Bronze is only ever looked up by delivery; statistics on source columns would be wasted. */
  private static final int PROVENANCE_COLUMNS = 3;

  private final SparkSession spark;
  private final TableRoot root;
  private final AtomicLong commits = new AtomicLong();

  public DeltaTables(SparkSession spark, TableRoot root) {
    this.spark = requireNonNull(spark, "spark is null");
    this.root = requireNonNull(root, "root is null");
  }

  @Override
  public Optional<TableState> state(TableName table) {
    return fromLog(table, CommitLog::state);
  }

  @Override
  public Dataset<Row> read(TableName table) {
    return spark.read().format(FORMAT).load(location(table));
  }

  @Override
  public Dataset<Row> read(TableName table, long version) {
    return spark.read().format(FORMAT).option("versionAsOf", version).load(location(table));
  }

  @Override
  public TableState append(TableName table, Dataset<Row> rows, CommitNote note) {
    return write(table, appending(table, rows, note), note);
  }

  @Override
  public long turn(TableName table) {
    return fromLog(table, CommitLog::turn);
  }

  @Override
  public Optional<TableState> appendInTurn(
      TableName table, Dataset<Row> rows, CommitNote note, long turn) {
    CommitNote numbered = note.with(CommitNote.TURN, Long.toString(turn));
    return inTurn(table, appending(table, rows, numbered), numbered, turn);
  }

  @Override
  public Optional<TableState> replaceInTurn(
      TableName table, Dataset<Row> rows, String where, CommitNote note, long turn) {
    CommitNote numbered = note.with(CommitNote.TURN, Long.toString(turn));
    DataFrameWriter<Row> writer = writer(table, rows, numbered, SaveMode.Overwrite);
    if (state(table).isPresent()) {
      writer.option("mergeSchema", true).option("replaceWhere", where);
    }
    return inTurn(table, writer, numbered, turn);
  }

  @Override
  public Optional<TableState> overwriteInTurn(
      TableName table, Dataset<Row> rows, CommitNote note, long turn) {
    CommitNote numbered = note.with(CommitNote.TURN, Long.toString(turn));
    DataFrameWriter<Row> writer =
        state(table).isPresent()
            ? overwriting(table, rows, numbered)
            : appending(table, rows, numbered); // of two that create it one is in conflict
    return inTurn(table, writer, numbered, turn);
  }

  /**
   * Delta remembers the turn with the data. A turn that was taken before the write began is skipped
   * by Delta without a word, one that is taken meanwhile is a conflict. The turn grows even after a
   * RESTORE, which takes rows back and not what Delta remembers.
   */
  private Optional<TableState> inTurn(
      TableName table, DataFrameWriter<Row> writer, CommitNote note, long turn) {
    try {
      writer.option("txnAppId", "turn").option("txnVersion", turn).save(location(table));
    } catch (Exception e) { // Delta throws checked exceptions that Spark does not declare
      if (e instanceof DeltaConcurrentModificationException) {
        return Optional.empty();
      }
      throw e;
    }
    Optional<TableState> ours = fromLog(table, log -> log.stateAfter(note));
    ours.ifPresent(state -> commits.incrementAndGet());
    return ours;
  }

  @Override
  public List<TableState> since(TableName table, long version) {
    return fromLog(table, log -> log.since(version));
  }

  @Override
  public TableState overwrite(TableName table, Dataset<Row> rows, CommitNote note) {
    return write(table, overwriting(table, rows, note), note);
  }

  @Override
  public TableState overwrite(
      TableName table, Dataset<Row> rows, List<String> partitions, CommitNote note) {
    return write(
        table, overwriting(table, rows, note).partitionBy(partitions.toArray(String[]::new)), note);
  }

  /** Delta takes the note of a merge from the session alone. */
  @Override
  public TableState merge(TableName table, Dataset<Row> rows, MergePlan plan, CommitNote note) {
    spark.conf().set(NOTE, note.toJson());
    try {
      DeltaTable.forPath(spark, location(table))
          .as("table")
          .merge(rows.as("rows"), plan.condition())
          .whenMatched()
          .updateAll()
          .whenNotMatched()
          .insertAll()
          .execute();
    } finally {
      spark.conf().unset(NOTE);
    }
    return written(table, note);
  }

  @Override
  public TableState replaceWhere(
      TableName table, Dataset<Row> rows, String where, CommitNote note) {
    DataFrameWriter<Row> writer =
        state(table).isPresent()
            ? writer(table, rows, note, SaveMode.Overwrite)
                .option("mergeSchema", true)
                .option("replaceWhere", where)
            : writer(table, rows, note, SaveMode.ErrorIfExists);
    return write(table, writer, note);
  }

  @Override
  public List<TableName> list() {
    List<TableName> names = new ArrayList<>();
    for (TableName.Layer layer : TableName.Layer.values()) {
      for (String name : folders(root.layer(layer))) {
        if (TableName.isValid(name) && state(new TableName(layer, name)).isPresent()) {
          names.add(new TableName(layer, name));
        }
      }
    }
    return names.stream().sorted().toList();
  }

  @Override
  public long commits() {
    return commits.get();
  }

  private TableState write(TableName table, DataFrameWriter<Row> writer, CommitNote note) {
    writer.save(location(table));
    return written(table, note);
  }

  private TableState written(TableName table, CommitNote note) {
    Optional<TableState> ours = fromLog(table, log -> log.stateAfter(note));
    ours.ifPresent(state -> commits.incrementAndGet());
    return ours.or(() -> state(table)) // a write that changes nothing leaves no commit
        .orElseThrow(() -> new IllegalStateException("The write to " + table + " left no log"));
  }

  /**
   * Delta asks for the files to be replaced even where there are none, so a new table is created.
   */
  private DataFrameWriter<Row> overwriting(TableName table, Dataset<Row> rows, CommitNote note) {
    return state(table).isPresent()
        ? writer(table, rows, note, SaveMode.Overwrite).option("overwriteSchema", true)
        : writer(table, rows, note, SaveMode.ErrorIfExists);
  }

  private static DataFrameWriter<Row> appending(
      TableName table, Dataset<Row> rows, CommitNote note) {
    return writer(table, rows, note, SaveMode.Append).option("mergeSchema", true);
  }

  private static DataFrameWriter<Row> writer(
      TableName table, Dataset<Row> rows, CommitNote note, SaveMode mode) {
    DataFrameWriter<Row> writer =
        rows.write()
            .format(FORMAT)
            .mode(mode)
            .option("userMetadata", note.toJson())
            .option("delta.enableDeletionVectors", false)
            .option("delta.logRetentionDuration", RETENTION)
            .option("delta.deletedFileRetentionDuration", RETENTION);
    return switch (table.layer()) {
      case BRONZE ->
          writer
              .option(STATISTICS, PROVENANCE_COLUMNS)
              // upstream's names have blanks and commas
              .option("delta.columnMapping.mode", "name");
      case GOLD, GOLD_EXACT -> writer.option(STATISTICS, 0); // so small that skipping saves nothing
      default -> writer;
    };
  }

  private String location(TableName table) {
    return root.table(table).toString();
  }

  private interface LogQuery<T> {
    T ask(CommitLog log) throws IOException;
  }

  private <T> T fromLog(TableName table, LogQuery<T> query) {
    Path path = root.table(table);
    try {
      return query.ask(new CommitLog(files(path), path, table));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the Delta log of %s at %s".formatted(table, path), e);
    }
  }

  private List<String> folders(Path parent) {
    try {
      return Arrays.stream(files(parent).listStatus(parent))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of(); // a layer without tables has no folder
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the tables in " + parent, e);
    }
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
