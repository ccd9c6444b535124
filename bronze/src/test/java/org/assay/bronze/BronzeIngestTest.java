package org.assay.bronze;

import static org.assay.bronze.SmallLanding.DATED;
import static org.assay.bronze.SmallLanding.MARCH;
import static org.assay.bronze.SmallLanding.csv;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, when it counts, and that it counts once. */
@ExtendWith(SharedSpark.class)
class BronzeIngestTest {
  private final SparkSession spark;
  private SmallLanding landing;
  @TempDir private Path folder;

  BronzeIngestTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open() {
    landing = new SmallLanding(spark, folder, TestTables.quick(spark, folder.resolve("lake")));
  }

  @Test
  void aSecondRunWritesNothing() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/march.csv", "id,name\n1,Ann\n");
    landing.ingest();
    Map<TableName, Long> before = landing.versions();

    landing.ingest();

    assertThat(landing.versions()).isEqualTo(before);
    assertThat(landing.journal().steps()).isEmpty();
  }

  @Test
  void theDateMayStandInThePathAndTheSameContentOnAnotherDateIsAnotherDelivery() {
    landing.patients(csv(DATED));
    landing.write("landing/patients_2026-03-31.csv", "id,name\n1,Ann\n");
    landing.write("landing/patients_2026-04-30.csv", "id,name\n1,Ann\n");
    landing.write("landing/visits_2026-04-30.csv", "visit\n1\n");
    landing.write("landing/patients_2026-02-30.csv", "id,name\n1,Ann\n");

    landing.ingest();

    assertThat(landing.deliveries())
        .extracting(Delivery::extractDate)
        .containsExactly(LocalDate.of(2026, 3, 31), LocalDate.of(2026, 4, 30));
    assertThat(landing.pending())
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.reason())
                    .isEqualTo(
                        "patients_2026-02-30.csv: \"2026-02-30\" is no date. Ask for the file under its right name."));
  }

  @Test
  void manyFilesAreOneCommit() {
    landing.patients(csv(DATED));
    for (int month = 1; month <= 9; month++) {
      landing.write(
          "landing/patients_2026-0%d-01.csv".formatted(month),
          "id,name,month_%d\n1,Ann,x\n".formatted(month));
    }

    landing.ingest();

    assertThat(landing.versions())
        .containsEntry(TableName.bronze("patients"), 0L)
        .containsEntry(TableName.ops("deliveries"), 0L);
    assertThat(landing.bronze()).hasSize(9);
    assertThat(landing.bronze().get(0).schema().fieldNames()).contains("month_1", "month_9");
  }

  @Test
  void whatSupersedesFollowsTheRevisionAndNotTheOrderOfArrival() {
    landing.patients(csv("path = \"landing/p_{yyyy-MM-dd}_r{revision}.csv\""));
    landing.write("landing/p_2026-03-31_r2.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/p_2026-03-31_r1.csv", "id,name\n1,Bob\n");
    landing.ingest();

    assertThat(landing.states())
        .isEqualTo(Map.of("p_2026-03-31_r2.csv", "complete", "p_2026-03-31_r1.csv", "superseded"));
    assertThat(landing.bronze()).hasSize(2);
  }

  @Test
  void twoFullDeliveriesOfOneDateAreNeitherUsed() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/b.csv", "id,name\n2,Bob\n");

    landing.ingest();

    assertThat(landing.states())
        .containsOnly(Map.entry("a.csv", "refused"), Map.entry("b.csv", "refused"));
    assertThat(landing.journal().refusals().get(0))
        .startsWith("AMBIGUOUS_RESUPPLY: a.csv and b.csv are each the full patients of 2026-03-31");
    landing.patients(csv("path = landing", MARCH, "resupply_order = modified_time"));
    landing.write("landing/b.csv", "id,name\n2,Bob\n", 4_000_000_000L);
    landing.ingest();
    assertThat(landing.states().get("a.csv")).isEqualTo("superseded");
  }

  @Test
  void aRefusedFileMattersNoMoreOnceAHigherRevisionOfItsDayIsComplete() {
    landing.patients(csv("path = \"landing/p_{yyyy-MM-dd}_r{revision}.csv\""));
    landing.write("landing/p_2026-03-31_r0.csv", "id,nom\n1,Ann\n");
    landing.write("landing/p_2026-02-30_r0.csv", "id,name\n1,Ann\n");
    landing.ingest();
    assertThat(landing.journal().refusals()).hasSize(2);
    landing.write("landing/p_2026-03-31_r20260401120000.csv", "id,name\n1,Ann\n");

    landing.ingest();

    assertThat(landing.journal().refusals()).isEmpty();
    assertThat(landing.states()).containsEntry("p_2026-03-31_r0.csv", "refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch", "stream"})
  void whatTheConfigurationSaysAnewOfAKnownFileIsHeard(String ingest) {
    String before = delta("2026-03-31").replace("load = ", "ingest = " + ingest + ", load = ");
    landing.configure(before);
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();

    landing.configure(before.replace("delta", "full")).ingest();

    assertThat(landing.deliveries()).extracting(Delivery::load).containsExactly(Load.FULL);
    assertThat(landing.bronze()).hasSize(1);
  }

  /** Spark's stream of files never tells one without content. */
  @Test
  void aFileThatWasEmptyWhenTheStreamFoundItIsLookedAtAgain() {
    landing.patients(csv("path = landing", MARCH, "ingest = stream"));
    landing.write("landing/a.csv", "");
    landing.ingest();
    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "refused"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");

    landing.ingest();

    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "complete"));
  }

  @Test
  void anAdditionThatTheConfigurationDatesAnewIsNotAddedAgain() {
    landing.patients(csv("path = landing", MARCH).clone());
    landing.configure(delta("2026-03-31"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();

    landing.configure(delta("2026-04-30")).ingest();

    assertThat(landing.bronze()).hasSize(1);
  }

  private static String delta(String date) {
    return """
        extracts.patients {
          path = landing, format = csv, load = delta, extract_date = "%s"
          columns = [ { name = id }, { name = name } ]
        }
        """
        .formatted(date);
  }

  /** New files would be read otherwise, under the same names. */
  @Test
  void columnsOfFilesWithoutHeaderThatChangePlacesAreRefused() {
    String headless =
        delta("2026-03-31").replace("format = csv,", "format = csv, csv { header = false },");
    landing.configure(headless);
    landing.write("landing/a.csv", "1,Ann\n");
    landing.ingest();
    assertThat(landing.journal().refusals()).isEmpty();

    landing
        .configure(
            headless.replace("{ name = id }, { name = name }", "{ name = name }, { name = id }"))
        .ingest();

    assertThat(landing.journal().refusals())
        .containsExactly(
            "a.csv was read with the columns id, name, and the configuration now says name, id. Put them in order in extracts.patients.columns, or deliver the file again with a manifest of a higher revision.");

    landing
        .configure(headless.replace("{ name = name }", "{ name = name }, { name = more }"))
        .ingest();
    assertThat(landing.journal().refusals()).isEmpty();
  }

  @Test
  void ingestTimeIsTheDayOfTheRunAndWarnedOf() {
    landing.patients(csv("path = landing", "extract_date = ingest_time"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest().at("2026-12-01T08:00:00Z").ingest();

    assertThat(landing.deliveries())
        .singleElement()
        .satisfies(d -> assertThat(d.extractDate()).isEqualTo(LocalDate.of(2026, 11, 23)));
  }

  @Test
  void aFileThatWasReplacedKeepsTheDayOnWhichItCame() {
    landing.patients(
        csv("path = landing", "extract_date = ingest_time", "resupply_order = modified_time"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n", 1_000);
    landing.write("landing/b.csv", "id,name\n2,Bob\n", 2_000);
    landing.ingest().at("2026-12-01T08:00:00Z").ingest();

    assertThat(landing.deliveries()).hasSize(2);
    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "superseded", "b.csv", "complete"));
  }

  @Test
  void nothingInLandingIsWaitedFor() {
    landing.patients(csv("path = landing", MARCH));

    landing.ingest();

    assertThat(landing.told().get(0)).startsWith("Extract patients has no file at ");
    assertThat(landing.tables().list()).isEmpty();
  }

  @Test
  void whatIsOverdueIsTold() {
    landing.patients(
        csv("path = landing", MARCH, "expected_every = \"1 month\"", "late_after = \"5 days\""));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.at("2026-05-05T08:00:00Z").ingest();
    assertThat(landing.told()).isEmpty();

    landing.at("2026-05-06T08:00:00Z").ingest();

    assertThat(landing.told())
        .containsExactly(
            "Overdue: its last delivery is of 2026-03-31, and the next was due by 2026-05-05.");
  }

  @Test
  void columnsComeAndGo() {
    landing.patients(csv(DATED));
    landing.write("landing/patients_2026-03-31.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/patients_2026-04-30.csv", "id,name,lsoa\n1,Ann,E01\n");
    landing.write("landing/patients_2026-05-31.csv", "id,name\n1,Ann\n");
    landing.ingest();

    assertThat(
            landing
                .tables()
                .read(TableName.ops("schemas"))
                .filter("column_name = 'lsoa'")
                .selectExpr("concat_ws(' ', came_on, went_on)")
                .collectAsList())
        .singleElement()
        .satisfies(row -> assertThat(row.getString(0)).isEqualTo("2026-04-30 2026-05-31"));
    assertThat(landing.told())
        .contains(
            "Column \"lsoa\" (string) came with patients_2026-04-30.csv.",
            "Column \"lsoa\" (string) went: patients_2026-05-31.csv does not have it.");
    assertThat(landing.values("lsoa")).containsExactly("null", "E01", "null");
  }

  @Test
  void knownFilesAreNotReadAgain() throws Exception {
    landing.patients(csv("path = landing", MARCH));
    Path file = landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("---------"));
    var time = Files.getLastModifiedTime(file);
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "id,name\n1,Bob\n"); // the same size
    Files.setLastModifiedTime(file, time);

    landing.ingest();

    assertThat(landing.values("name")).containsExactly("Ann");
  }

  @Test
  void emptyDeliveriesAreSuspiciousUnlessAllowed() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n");
    landing.ingest();
    assertThat(landing.journal().refusals().get(0))
        .isEqualTo(
            "EMPTY_DELIVERY: a.csv has a header and no rows: it says that there is nobody. Ask for the file again, or set extracts.patients.allow_empty = true if that may be.");

    landing.patients(csv("path = landing", MARCH, "allow_empty = true")).ingest();

    assertThat(landing.deliveries()).singleElement().satisfies(d -> assertThat(d.rows()).isZero());
    assertThat(landing.bronze()).isEmpty();
    Map<TableName, Long> before = landing.versions();
    landing.ingest();
    assertThat(landing.versions()).isEqualTo(before);
  }
}
