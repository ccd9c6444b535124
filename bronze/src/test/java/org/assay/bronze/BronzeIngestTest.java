package org.assay.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.Extract.Format;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Load;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class BronzeIngestTest {
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  private final SparkSession spark;
  private Tables tables;
  @TempDir private Path folder;

  BronzeIngestTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(folder.resolve("landing"));
    tables =
        new DeltaTables(
            spark, new TableRoot(new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri())));
  }

  private void landing(String name, String text) throws IOException {
    Files.writeString(folder.resolve("landing").resolve(name), text);
  }

  private void ingest(LocalDate date, Load load) {
    ingest(
        new Extract(
            "patients",
            folder.resolve("landing").toString(),
            Format.CSV,
            load,
            date,
            List.of("id"),
            false));
  }

  private void ingest(Extract extract) {
    RunContext context =
        new RunContext(spark, tables, new RunJournal("run", CLOCK, step -> {}), CLOCK, "code");
    new BronzeIngest(new BronzeSettings(List.of(extract)), register()).run(context);
  }

  private DeliveryRegister register() {
    return new DeliveryRegister(spark, tables);
  }

  private List<Row> bronze() {
    return tables
        .read(TableName.bronze("patients"))
        .orderBy("_extract_date", "_row_number")
        .collectAsList();
  }

  @Test
  void rowsArriveAsTheyCameWithWhereTheyCameFrom() throws IOException {
    landing("march.csv", "id,name\n007,\" Ann \"\n8,\n");

    ingest(MARCH, Load.FULL);

    assertThat(bronze()).hasSize(2);
    Row first = bronze().get(0);
    assertThat(first.<String>getAs("id")).isEqualTo("007");
    assertThat(first.<String>getAs("name")).isEqualTo(" Ann ");
    assertThat(first.<String>getAs("_source_file")).isEqualTo("march.csv");
    assertThat(first.<Long>getAs("_row_number")).isEqualTo(1L);
    assertThat(first.<LocalDate>getAs("_extract_date")).isEqualTo(MARCH);
    assertThat(first.<Instant>getAs("_ingested_at")).isEqualTo(CLOCK.instant());
    Delivery delivery = register().of("patients").get(0);
    assertThat(first.<String>getAs("_delivery_id")).isEqualTo(delivery.id());
    assertThat(delivery.rows()).isEqualTo(2);
  }

  @Test
  void aKnownDeliveryIsNotIngestedAgainWhateverItsName() throws IOException {
    landing("march.csv", "id\n1\n");
    ingest(MARCH, Load.FULL);
    landing("march-again.csv", "id\n1\n");

    ingest(MARCH, Load.FULL);

    assertThat(bronze()).hasSize(1);
    assertThat(tables.state(TableName.bronze("patients")).orElseThrow().version()).isZero();
  }

  @Test
  void theSameContentOnAnotherDateIsAnotherDelivery() throws IOException {
    landing("march.csv", "id\n1\n");
    ingest(MARCH, Load.FULL);

    ingest(MARCH.plusMonths(1), Load.FULL);

    assertThat(bronze())
        .extracting(row -> row.<LocalDate>getAs("_extract_date"))
        .containsExactly(MARCH, MARCH.plusMonths(1));
  }

  @Test
  void additionsOfOneDateAddUp() throws IOException {
    landing("a.csv", "id\n1\n");
    landing("b.csv", "id\n2\n");

    ingest(MARCH, Load.DELTA);

    assertThat(bronze())
        .extracting(row -> row.<String>getAs("id"))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void twoFullDeliveriesOfOneDateAreRefusedWithoutAGuess() throws IOException {
    landing("a.csv", "id\n1\n");
    landing("b.csv", "id\n2\n");

    assertThatThrownBy(() -> ingest(MARCH, Load.FULL))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageStartingWith(
            "a.csv and b.csv are both the full patients of 2026-03-31, with different content");
    assertThat(tables.list()).isEmpty();
  }

  @Test
  void aColumnThatIsMissingIsNamedBesideThoseThatAreThere() throws IOException {
    landing("march.csv", "nhs_number,name\n1,Ann\n");

    assertThatThrownBy(() -> ingest(MARCH, Load.FULL))
        .isInstanceOf(DataRefusedException.class)
        .hasMessage(
            "march.csv has no column \"id\". It has: nhs_number, name (2 columns)."
                + " Map it in extracts.patients.columns, or ask for the file again.");
    assertThat(tables.list()).isEmpty();
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    landing("march.csv", "");
    assertThatThrownBy(() -> ingest(MARCH, Load.FULL))
        .hasMessage("march.csv is empty: it has not even a header. Ask for the file again.");

    landing("march.csv", "id\n");
    assertThatThrownBy(() -> ingest(MARCH, Load.FULL))
        .hasMessage("march.csv has a header and no rows. Ask for the file again.");
    assertThat(tables.list()).isEmpty();
  }

  @Test
  void nothingInLandingIsRefusedByName() {
    assertThatThrownBy(() -> ingest(MARCH, Load.FULL))
        .isInstanceOf(DataRefusedException.class)
        .hasMessageStartingWith("Extract patients has no delivery in the folder ");
  }

  @Test
  void parquetKeepsItsTypes() {
    String path = folder.resolve("typed.parquet").toString();
    spark
        .range(3)
        .selectExpr("id", "id * 1.5 AS cost")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("parts").toString());
    String part =
        java.util.Arrays.stream(folder.resolve("parts").toFile().listFiles())
            .map(java.io.File::getPath)
            .filter(name -> name.endsWith(".parquet"))
            .findFirst()
            .orElseThrow();
    assertThat(new java.io.File(part).renameTo(new java.io.File(path))).isTrue();

    ingest(new Extract("patients", path, Format.PARQUET, Load.FULL, MARCH, List.of("id"), false));

    assertThat(bronze()).extracting(row -> row.<Long>getAs("id")).containsExactly(0L, 1L, 2L);
    assertThat(bronze())
        .extracting(row -> row.<Long>getAs("_row_number"))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDeliveryThatWasAppendedButNotRegisteredIsNotAppendedTwice() throws IOException {
    landing("march.csv", "id\n1\n2\n");
    ingest(MARCH, Load.FULL);
    // as if the process had been killed between its two commits
    spark.sql("CLEAR CACHE");
    org.apache.hadoop.fs.FileUtil.fullyDelete(folder.resolve("lake/ops").toFile());

    ingest(MARCH, Load.FULL);

    assertThat(bronze()).hasSize(2);
    assertThat(register().of("patients")).extracting(Delivery::rows).containsExactly(2L);
  }
}
