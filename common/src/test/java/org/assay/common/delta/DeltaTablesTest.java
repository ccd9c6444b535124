package org.assay.common.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class DeltaTablesTest {
  private static final TableName TABLE = TableName.silver("numbers");

  private final SparkSession spark;
  private DeltaTables tables;
  @TempDir private Path lake;

  DeltaTablesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    tables = new DeltaTables(spark, new TableRoot(new org.apache.hadoop.fs.Path(lake.toUri())));
  }

  private Dataset<Row> numbers(Integer... values) {
    return spark.createDataset(List.of(values), Encoders.INT()).toDF("value");
  }

  private List<Integer> stored() {
    return tables.read(TABLE).orderBy("value").as(Encoders.INT()).collectAsList();
  }

  @Test
  void aTableThatDoesNotExistHasNoState() {
    assertThat(tables.state(TABLE)).isEmpty();
    assertThat(tables.list()).isEmpty();
  }

  @Test
  void aCommitCarriesItsNote() {
    CommitNote note = CommitNote.of("run-1", "silver numbers", "abc");

    TableState state = tables.overwrite(TABLE, numbers(1, 2, 3), note);

    assertThat(state).isEqualTo(tables.state(TABLE).orElseThrow());
    assertThat(state.version()).isZero();
    assertThat(state.rows()).isEqualTo(3);
    assertThat(state.isMadeOf(CommitNote.WHOLE, "abc")).isTrue();
    assertThat(state.isMadeOf(CommitNote.WHOLE, "abd")).isFalse();
  }

  /** The table past our own port, as whoever maintains a lake sees it. */
  private DeltaTable delta() {
    return DeltaTable.forPath(spark, lake.resolve("silver/numbers").toString());
  }

  @Test
  void maintenanceIsNotNewData() {
    TableState made = tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "s", "abc"));
    tables.append(TABLE, numbers(2), CommitNote.of("r", "s", "abd"));

    delta().optimize().executeCompaction();

    TableState state = tables.state(TABLE).orElseThrow();
    assertThat(state.version()).isEqualTo(2);
    assertThat(state.dataVersion()).isEqualTo(1);
    assertThat(state.isMadeOf(CommitNote.WHOLE, "abd")).isTrue();
    assertThat(made.dataVersion()).isZero();
  }

  @Test
  void aTurnIsTakenOnce() {
    assertThat(tables.turn(TABLE)).isZero();
    assertThat(tables.appendInTurn(TABLE, numbers(1), CommitNote.of("run-1", "s"), 1)).isPresent();

    assertThat(tables.appendInTurn(TABLE, numbers(2), CommitNote.of("run-2", "s"), 1)).isEmpty();

    assertThat(stored()).containsExactly(1);
    assertThat(tables.turn(TABLE)).isEqualTo(1);
    assertThat(
            tables.replaceInTurn(TABLE, numbers(3), "value < 10", CommitNote.of("run-2", "s"), 2))
        .isPresent();
    assertThat(stored()).containsExactly(3);
    assertThat(tables.commits()).isEqualTo(2);
  }

  /** RESTORE takes rows back, and not what Delta remembers of who wrote them. */
  @Test
  void turnsGoOnAfterARestore() {
    tables.appendInTurn(TABLE, numbers(1), CommitNote.of("r", "a"), 1);
    tables.appendInTurn(TABLE, numbers(2), CommitNote.of("r", "b"), 2);

    delta().restoreToVersion(0);

    assertThat(tables.state(TABLE).orElseThrow().note()).isEmpty();
    long turn = tables.turn(TABLE) + 1;
    assertThat(tables.appendInTurn(TABLE, numbers(2), CommitNote.of("r", "c"), turn)).isPresent();
    assertThat(stored()).containsExactly(1, 2);
  }

  @Test
  void ofTwoWritersAtOnceOneTakesTheTurn() throws Exception {
    tables.appendInTurn(TABLE, numbers(0), CommitNote.of("r", "a"), 1);
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<Optional<TableState>>> writes = new ArrayList<>();
      for (String run : List.of("x", "y")) {
        writes.add(
            both.submit(() -> tables.appendInTurn(TABLE, numbers(1), CommitNote.of(run, "s"), 2)));
      }
      long made = 0;
      for (Future<Optional<TableState>> write : writes) {
        made += write.get().isPresent() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    } finally {
      both.shutdown();
    }
    assertThat(stored()).containsExactly(0, 1);
  }

  @Test
  void commitsSinceAVersionAreToldLatestFirst() {
    tables.append(TABLE, numbers(1), CommitNote.of("r", "a"));
    tables.append(TABLE, numbers(2), CommitNote.of("r", "b"));
    tables.append(TABLE, numbers(3), CommitNote.of("r", "c"));

    assertThat(tables.since(TABLE, 0))
        .extracting(state -> state.note().orElseThrow().step())
        .containsExactly("c", "b");
  }

  @Test
  void replacesOnlyWhatTheConditionNames() {
    tables.overwrite(TABLE, numbers(1, 2, 30), CommitNote.of("r", "a"));

    tables.replaceWhere(TABLE, numbers(3), "value < 10", CommitNote.of("r", "b"));

    assertThat(stored()).containsExactly(3, 30);
  }

  @Test
  void earlierVersionsStayReadable() {
    tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "a"));
    tables.overwrite(TABLE, numbers(2), CommitNote.of("r", "b"));

    assertThat(tables.read(TABLE, 0).as(Encoders.INT()).collectAsList()).containsExactly(1);
    assertThat(tables.list()).containsExactly(TABLE);
  }

  @Test
  void tablesHaveNoDeletionVectorsAndLongRetention() {
    tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "a"));

    Row detail = delta().detail().first();

    assertThat(detail.<Object, Object>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("delta.enableDeletionVectors", "false")
        .containsEntry("delta.logRetentionDuration", "interval 365 days")
        .containsEntry("delta.deletedFileRetentionDuration", "interval 365 days");
  }
}
