package org.assay.common.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.List;
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
  void appendingOnceIsRememberedAcrossRuns() {
    TableState first = tables.appendOnce(TABLE, numbers(1), CommitNote.of("run-1", "s"), "token-a");
    tables.appendOnce(TABLE, numbers(2), CommitNote.of("run-1", "s"), "token-b");

    TableState again = tables.appendOnce(TABLE, numbers(1), CommitNote.of("run-2", "s"), "token-a");

    assertThat(stored()).containsExactly(1, 2);
    assertThat(again.dataVersion()).isEqualTo(first.dataVersion());
    assertThat(tables.commits()).isEqualTo(2);
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
