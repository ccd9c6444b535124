package org.assay.gold.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delta.TableRoot;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.StandingPublication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publications of a table of gold, and somebody who takes one back. */
@ExtendWith(SharedSpark.class)
class PublicationsTest {
  private static final TableName GOLD = TableName.goldExact("model_fits");

  private final SparkSession spark;
  private Tables tables;
  @TempDir private Path folder;

  PublicationsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void numbersGoOnWhereTheTableWasRestored() {
    tables = TestTables.delta(spark, folder).tables();
    assertThat(StandingPublication.of(tables)).isEmpty();
    publish("a");
    publish("a"); // as it was
    publish("b");
    publish("c");
    assertThat(StandingPublication.of(tables)).hasValue(3);

    String location =
        new TableRoot(new org.apache.hadoop.fs.Path(folder.toUri()))
            .table(TableName.ops("publications"))
            .toString();
    DeltaTable.forPath(spark, location).restoreToVersion(1);

    assertThat(StandingPublication.of(tables)).hasValue(2);
    assertThat(Publications.versions(tables, 2)).containsEntry(GOLD, 1L);
    publish("d");
    assertThat(StandingPublication.of(tables)).hasValue(3);
    assertThat(Publications.versions(tables, 3)).containsEntry(GOLD, 3L);
  }

  private void publish(String content) {
    if (tables.state(GOLD).filter(s -> s.isMadeOf(CommitNote.WHOLE, content)).isEmpty()) {
      tables.overwrite(
          GOLD,
          spark.sql("SELECT '" + content + "' AS cohort"),
          CommitNote.of("run", "gold", content));
    }
    RunJournal journal = new RunJournal("run", Clock.systemUTC(), step -> {});
    new Publications(new RunContext(spark, tables, journal, Clock.systemUTC(), "code"))
        .publish("configuration");
    assertThat(journal.refusals()).isEqualTo(List.of());
  }
}
