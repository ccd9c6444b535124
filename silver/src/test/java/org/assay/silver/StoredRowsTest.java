package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.MemoryTables;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.spark.JobCounter;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.silver.conform.ExtractRules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class StoredRowsTest {
  private static final String CONF =
      """
      assay {
        extracts.boards { load = full, columns = [ { name = code } ] }
        extracts.people { load = full, columns = [ { name = code } ] }
      }
      """;

  private final SparkSession spark;
  private final MemoryTables tables;
  private ExtractRules boards;
  private ExtractRules people;

  StoredRowsTest(SparkSession spark) {
    this.spark = spark;
    this.tables = new MemoryTables(spark);
  }

  @BeforeEach
  void deliver(@TempDir Path folder) {
    SilverSettings settings = SilverConf.read(folder, CONF);
    boards = settings.extract("boards");
    people = settings.extract("people");
    write(boards.silver(), "explode(array('d1', 'd1', 'd2')) AS _delivery_id");
    write(people.silver(), "explode(array('d1', 'd3', 'd4')) AS _delivery_id");
    write(
        TableName.quarantine("rows"),
        "array(named_struct('delivery_id', 'd1'), named_struct('delivery_id', 'd3')) AS occurrences");
  }

  private void write(TableName table, String columns) {
    tables.overwrite(table, spark.sql("SELECT " + columns), CommitNote.of("run", "step"));
  }

  @Test
  void rowsAreCountedWhereTheyAreAndOnlyOfWhatIsAskedFor() {
    StoredRows rows =
        StoredRows.of(tables, Map.of(boards, List.of("d1", "d2"), people, List.of("d1", "d3")));

    assertThat(rows.accepted(boards, "d1")).isEqualTo(2);
    assertThat(rows.accepted(boards, "d2")).isEqualTo(1);
    assertThat(rows.accepted(people, "d1")).isEqualTo(1);
    assertThat(rows.accepted(people, "d4")).isZero();
    assertThat(rows.held("d1")).isEqualTo(1);
    assertThat(rows.held("d2")).isZero();
    assertThat(rows.held("d3")).isEqualTo(1);
  }

  @Test
  void twoExtractsAreNoMoreJobsThanOne() {
    long ofOne = jobs(Map.of(boards, List.of("d1")));
    long ofTwo = jobs(Map.of(boards, List.of("d1"), people, List.of("d3")));

    assertThat(ofTwo).isPositive().isEqualTo(ofOne);
  }

  private long jobs(Map<ExtractRules, List<String>> asked) {
    try (JobCounter jobs = JobCounter.attach(spark)) {
      StoredRows.of(tables, asked);
      return jobs.jobs();
    }
  }
}
