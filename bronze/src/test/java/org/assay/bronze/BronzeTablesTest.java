package org.assay.bronze;

import static org.assay.bronze.SmallLanding.DATED;
import static org.assay.bronze.SmallLanding.MARCH;
import static org.assay.bronze.SmallLanding.csv;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.State;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What bronze leans on in its tables: one commit, its note, its turn, and what others do to them.
 */
@ExtendWith(SharedSpark.class)
class BronzeTablesTest {
  private final SparkSession spark;
  private SmallLanding landing;
  @TempDir private Path folder;

  BronzeTablesTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    landing = new SmallLanding(spark, folder);
  }

  @Test
  void rowsArriveAsTheyCameWithWhereTheyCameFrom() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/march.csv", "id,name\n007,\" Ann \"\n8,\n9,\"\"\n");

    landing.ingest();

    assertThat(landing.values("id", "name")).containsExactly("007| Ann ", "8|null", "9|");
    Row first = landing.bronze().get(0);
    assertThat(first.<String>getAs("_source_file")).isEqualTo("march.csv");
    assertThat(first.<Long>getAs("_row_number")).isEqualTo(1L);
    assertThat(first.<LocalDate>getAs("_extract_date")).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(first.<Instant>getAs("_ingested_at")).isEqualTo(SmallLanding.CLOCK.instant());
    Delivery delivery = landing.deliveries().get(0);
    assertThat(first.<String>getAs("_delivery_id")).isEqualTo(delivery.id());
    assertThat(delivery.rows()).isEqualTo(3);
    assertThat(delivery.state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void whatWasAppendedButNotRegisteredIsRegistered() throws Exception {
    landing.patients(csv("path = landing", MARCH, "on_new_column = rescue"));
    Path file = landing.write("landing/a.csv", "id,name,more\n1,Ann,x\n2\n");
    landing.ingest();
    // as if the process had been killed between its two commits, and the file taken away
    Delivery before = landing.deliveries().get(0);
    assertThat(before.receipt().columns()).filteredOn(SourceColumn::isRescued).hasSize(1);
    FileUtil.fullyDelete(folder.resolve("lake/ops").toFile());
    Files.delete(file);

    landing.ingest();

    assertThat(landing.deliveries()).containsExactly(before);
    assertThat(landing.bronze()).hasSize(2);
  }

  @Test
  void rowsThatARestoreTookAwayAreIngestedAgain() {
    landing.patients(csv(DATED));
    landing.write("landing/patients_2026-03-31.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/patients_2026-04-30.csv", "id,name\n2,Bob\n");
    landing.ingest();
    DeltaTable.forPath(spark, folder.resolve("lake/bronze/patients").toString())
        .restoreToVersion(0);

    landing.ingest();

    assertThat(landing.values("id")).containsExactly("1", "2");
    assertThat(landing.states()).containsValue("complete").doesNotContainValue("refused");
    assertThat(landing.told())
        .contains(
            "bronze.patients no longer has the rows of patients_2026-04-30.csv of 2026-04-30. What"
                + " landing still has is ingested again; what it does not have counts no more.");
  }

  @Test
  void rowsThatSomebodyDeletedStopTheExtract() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n2,Bob\n");
    landing.ingest();
    DeltaTable.forPath(spark, folder.resolve("lake/bronze/patients").toString()).delete("id = '1'");

    landing.ingest();

    assertThat(landing.journal().refusals().get(0))
        .startsWith("bronze.patients has 1 row of a.csv, and 2 were ingested");
  }

  @Test
  void typedFormatsKeepTheirTypesAndAChangedTypeIsRescued() {
    landing.configure(
        """
        extracts.patients {
          path = "landing/{yyyy-MM-dd}.parquet", format = parquet, load = full
          columns = [ { name = id }, { name = cost } ]
        }
        """);
    parquet("2026-03-31", "id", "id * 2 AS cost", "id AS note");
    parquet("2026-04-30", "id", "if(id = 1, 'free', id) AS cost", "'x' AS note");
    landing.ingest();

    assertThat(landing.values("_row_number", "id", "cost", "note", "_malformed", "_rescued"))
        .containsExactly(
            "1|0|0|0|null|null",
            "2|1|2|1|null|null",
            "1|0|0|null|null|{\"note\":\"x\"}",
            "2|1|null|null|cost is string, and was bigint|{\"cost\":\"free\",\"note\":\"x\"}");
    assertThat(landing.deliveries().get(1).receipt().malformed()).isEqualTo(1);
  }

  /** As milliseconds since 1970 a number is a time of 1970 to Spark, which is a number again. */
  @Test
  void aNumberIsNoTimeThoughItCanBeCastAndBack() {
    landing.configure(
        """
        extracts.patients {
          path = "landing/{yyyy-MM-dd}.parquet", format = parquet, load = full
          columns = [ { name = id }, { name = admitted } ]
        }
        """);
    parquet("2026-03-31", "id", "timestamp'2026-03-31 00:00:00' AS admitted");
    parquet("2026-04-30", "id", "1774915200000L AS admitted");
    landing.ingest();

    assertThat(landing.values("id", "_malformed").subList(2, 4))
        .containsExactly(
            "0|admitted is bigint, and was timestamp", "1|admitted is bigint, and was timestamp");
    assertThat(landing.values("admitted").subList(2, 4)).containsOnly("null");
  }

  /** The second run comes and goes after the first has looked and before it appends. */
  @Test
  void ofTwoRunsAtOnceOneIngests() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    SmallLanding other = new SmallLanding(spark, folder).patients(csv("path = landing", MARCH));
    boolean[] isFirst = {true};

    landing
        .through(
            tables ->
                new FailingTables(
                    tables,
                    moment -> {
                      if (isFirst[0] && moment.equals("before append bronze.patients")) {
                        isFirst[0] = false;
                        other.ingest();
                      }
                    }))
        .ingest();

    assertThat(isFirst[0]).isFalse();
    assertThat(landing.bronze()).hasSize(1);
    assertThat(landing.deliveries()).hasSize(1);
  }

  private void parquet(String name, String... columns) {
    Path parts = folder.resolve("parts-" + name);
    spark.range(2).selectExpr(columns).coalesce(1).write().parquet(parts.toString());
    try (var files = Files.list(parts)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      landing.write("landing/" + name + ".parquet", Files.readAllBytes(part));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
