package org.assay.common.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.spark.JobCounter;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Delta does with our tables, and with what others do to them. */
@ExtendWith(SharedSpark.class)
class DeltaTablesTest {
  private static final TableName TABLE = TableName.silver("numbers");
  private final SparkSession spark;
  private Tables tables;
  @TempDir private Path lake;

  DeltaTablesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    tables = TestTables.delta(spark, lake).tables();
  }

  private Dataset<Row> numbers(Integer... values) {
    return spark.createDataset(List.of(values), Encoders.INT()).toDF("value");
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

  /** Without a checksum Delta asks Spark for what it says; a list of files in it nobody reads. */
  @Test
  void commitsHaveAChecksumThatListsNoFiles() {
    tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "a"));
    tables.append(TABLE, numbers(2), CommitNote.of("r", "b"));

    assertThat(lake.resolve("silver/numbers/_delta_log/00000000000000000001.crc"))
        .content()
        .contains("\"numFiles\":2")
        .doesNotContain("\"allFiles\"");
  }

  /** Statistics let a reader skip files; to gather them takes longer than to write a small one. */
  @Test
  void statisticsAreKeptWhereTheyLetReadersSkipFiles() {
    Map<TableName, String> columns = new HashMap<>();
    for (TableName table :
        List.of(
            TableName.bronze("numbers"),
            TABLE,
            TableName.goldExact("numbers"),
            new TableName(TableName.Layer.GOLD, "numbers"))) {
      tables.overwrite(table, numbers(1), CommitNote.of("r", "a"));
      Row detail =
          DeltaTable.forPath(spark, lake.resolve(table.toString().replace('.', '/')).toString())
              .detail()
              .first();
      columns.put(
          table,
          detail
              .<String, String>getJavaMap(detail.fieldIndex("properties"))
              .getOrDefault("delta.dataSkippingNumIndexedCols", "all"));
    }

    assertThat(columns)
        .containsEntry(TableName.bronze("numbers"), "3")
        .containsEntry(TABLE, "all")
        .containsEntry(TableName.goldExact("numbers"), "0")
        .containsEntry(new TableName(TableName.Layer.GOLD, "numbers"), "0");
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

  /** Delta looks for the files that are to be replaced, even where there are none. */
  @Test
  void aNewTableIsMadeWithFewerJobsThanATableIsReplaced() {
    numbers(1).count(); // whatever Spark does once
    long made = jobs(() -> tables.overwrite(TABLE, numbers(1), CommitNote.of("r", "a")));
    long replaced = jobs(() -> tables.overwrite(TABLE, numbers(2), CommitNote.of("r", "b")));

    assertThat(made).isLessThan(replaced);
  }

  private long jobs(Runnable work) {
    try (JobCounter jobs = JobCounter.attach(spark)) {
      work.run();
      return jobs.jobs();
    }
  }
}
