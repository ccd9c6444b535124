package org.assay.gold.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.FailingTables;
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
    TestTables lake = TestTables.quick(spark, folder);
    tables = lake.tables();
    assertThat(StandingPublication.of(tables)).isEmpty();
    publish("a");
    publish("a"); // as it was
    publish("b");
    publish("c");
    assertThat(StandingPublication.of(tables)).hasValue(3);

    lake.restore(TableName.ops("publications"), 1);

    assertThat(StandingPublication.of(tables)).hasValue(2);
    assertThat(Publications.versions(tables, 2)).containsEntry(GOLD, 1L);
    publish("d");
    assertThat(StandingPublication.of(tables)).hasValue(3);
    assertThat(Publications.versions(tables, 3)).containsEntry(GOLD, 3L);
  }

  @Test
  void whatTwoRunsWroteSideBySideIsNotPublished() {
    tables = TestTables.quick(spark, folder).tables();
    publish("a");
    tables.overwrite(GOLD, spark.sql("SELECT 'b' AS cohort"), CommitNote.of("other", "gold", "b"));
    RunJournal journal = new RunJournal("run", Clock.systemUTC(), step -> {});

    new Publications(new RunContext(spark, tables, journal, Clock.systemUTC(), "code"))
        .publish("configuration", all -> false);

    assertThat(StandingPublication.of(tables)).hasValue(1);
    assertThat(journal.remarks())
        .singleElement()
        .satisfies(remark -> assertThat(remark.sentence()).contains("nothing is published"));
  }

  /** Both saw the first publication, and each is the second. */
  @Test
  void ofTwoRunsThatPublishAtOnceEachHasANumberOfItsOwn() {
    tables = TestTables.quick(spark, folder).tables();
    publish("a");
    Tables alone = tables;
    AtomicBoolean isFirst = new AtomicBoolean(true);
    tables =
        new FailingTables(
            alone,
            moment -> {
              if (moment.equals("before append ops.publications") && isFirst.getAndSet(false)) {
                tables = alone;
                publish("c");
              }
            });

    publish("b");

    assertThat(alone.read(TableName.ops("publications")).select("publication_id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactlyInAnyOrder(1L, 2L);
    assertThat(Publications.versions(alone, 2)).containsEntry(GOLD, 2L);
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
        .publish("configuration", all -> true);
    assertThat(journal.refusals()).isEqualTo(List.of());
  }
}
