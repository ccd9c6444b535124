package org.assay.bronze;

import static org.assay.bronze.SmallLanding.DATED;
import static org.assay.bronze.SmallLanding.MARCH;
import static org.assay.bronze.SmallLanding.csv;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.State;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.fixture.TestTables;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

  private static String manifest(String fields) {
    return "{ \"extract\": \"patients\", " + fields + " }";
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
  void aManifestSaysWhatAFileIs() {
    landing.patients(csv("path = landing", "manifest = required", "extract_date = manifest"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n2,Bob\n");
    landing.ingest();
    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "received"));
    assertThat(landing.told()).containsExactly("Waits for its manifest, a.csv.manifest.json.");

    landing.write(
        "landing/a.csv.manifest.json",
        manifest(
            "\"extract_date\": \"2026-05-31\", \"load\": \"DELTA\", \"rows\": 2, \"exhaustive\": true"));
    landing.ingest();

    Delivery delivery = landing.deliveries().get(0);
    assertThat(delivery.extractDate()).isEqualTo(LocalDate.of(2026, 5, 31));
    assertThat(delivery.load()).isEqualTo(Load.DELTA);
    assertThat(delivery.terms().rows()).isEqualTo(OptionalLong.of(2));
    assertThat(delivery.terms().exhaustive()).isTrue();
    assertThat(landing.pending()).isEmpty();
  }

  @Test
  void aFileThatIsNotWhatItsManifestSaysWaitsAndLosesNothing() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.write("landing/a.csv.manifest.json", manifest("\"rows\": 2"));
    landing.write("landing/b.csv", "id,name\n3,Cy\n");
    landing.write("landing/b.csv.manifest.json", manifest("\"load\": \"DELTA\", \"rows\": 1"));

    landing.ingest();

    assertThat(landing.told()).containsExactly("a.csv has 1 row, and its manifest says 2.");
    assertThat(landing.values("id")).containsExactly("3");
    landing.write("landing/a.csv", "id,name\n1,Ann\n2,Bob\n");
    landing.ingest();
    assertThat(landing.values("id")).containsExactly("1", "2", "3");
    assertThat(landing.pending()).isEmpty();
  }

  @Test
  void aChecksumThatDiffersIsToldAndTriedAgain() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.write(
        "landing/a.csv.manifest.json", manifest("\"sha256\": \"%s\"".formatted("0".repeat(64))));

    landing.ingest();

    assertThat(landing.told().get(0))
        .matches("a\\.csv has the SHA-256 [0-9a-f]{12}…, and its manifest says 000000000000….");
    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "incomplete"));
  }

  @Test
  void partsCountTogetherOrNotAtAll() throws Exception {
    landing.patients(csv("path = landing", MARCH, "manifest = required"));
    landing.write(
        "landing/march.manifest.json",
        manifest(
            "\"rows\": 3, \"parts\": [ {\"file\": \"p1.csv\", \"rows\": 2}, {\"file\": \"p2.csv\", \"rows\": 1} ]"));
    landing.write("landing/p1.csv", "id,name\n1,Ann\n2,Bob\n");
    landing.ingest();
    assertThat(landing.states()).isEqualTo(Map.of("p1.csv", "incomplete", "p2.csv", "incomplete"));
    assertThat(landing.told()).contains("march.manifest.json lists p2.csv, which has not come.");

    landing.write("landing/p2.csv", "id,name\n3,Cy\n4,Di\n");
    landing.ingest();
    assertThat(landing.told())
        .contains(
            "p2.csv has 2 rows, and its manifest says 1.",
            "Waits for p2.csv, which belongs to the same delivery and is not ready.");
    assertThat(landing.tables().state(TableName.bronze("patients"))).isEmpty();

    landing.write("landing/p2.csv", "id,name\n3,Cy\n");
    landing.ingest();
    assertThat(landing.values("id")).containsExactly("1", "2", "3");
    assertThat(landing.deliveries()).extracting(Delivery::part).containsExactly("p1.csv", "p2.csv");

    // next month the same names come again, and one of them has not come yet
    landing.patients(csv("path = landing", "extract_date = \"2026-04-30\"", "manifest = required"));
    Files.delete(folder.resolve("landing/p2.csv"));
    landing.write("landing/p1.csv", "id,name\n7,Gil\n8,Hal\n");
    landing.ingest();
    assertThat(landing.deliveries()).hasSize(2);
    assertThat(landing.told()).contains("march.manifest.json lists p2.csv, which has not come.");
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
  void aManifestThatComesLateIsHeardAndSoIsItsCorrection() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/a.csv.manifest.json", manifest("\"rows\": 7"));

    landing.ingest();

    assertThat(landing.deliveries().get(0).state()).isEqualTo(State.REFUSED);
    assertThat(landing.journal().refusals().get(0)).startsWith("MANIFEST_DISAGREES");
    assertThat(landing.bronze()).hasSize(1);
    landing.write("landing/a.csv.manifest.json", manifest("\"rows\": 1"));
    landing.ingest();
    assertThat(landing.deliveries().get(0).state()).isEqualTo(State.COMPLETE);
    assertThat(landing.told()).isEmpty();
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

  @Test
  void manifestsOfOthersInTheSameFolderAreNotWaitedFor() {
    landing.patients(csv(DATED));
    landing.write("landing/patients_2026-03-31.csv", "id,name\n1,Ann\n");
    landing.write("landing/visits_2026-03-31.csv.manifest.json", "{\"rows\": 1}");

    landing.ingest();

    assertThat(landing.told()).isEmpty();
    assertThat(landing.pending()).isEmpty();
  }

  @Test
  void aManifestThatComesLateMayDateItsFileAnew() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/a.csv.manifest.json", manifest("\"extract_date\": \"2026-02-28\""));

    landing.ingest();

    assertThat(landing.deliveries())
        .extracting(d -> d.extractDate() + " " + d.state().text())
        .containsExactly("2026-02-28 complete", "2026-03-31 superseded");
  }

  @Test
  void aManifestThatIsCorrectedMayDateItsFileAnew() {
    landing.patients(csv("path = landing", "extract_date = manifest"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    String wrong = "\"extract_date\": \"2026-02-28\", \"rows\": 1";
    landing.write("landing/a.csv.manifest.json", manifest(wrong));
    landing.ingest();
    String right = wrong.replace("02-28", "03-31");
    landing.write("landing/a.csv.manifest.json", manifest(right));

    landing.ingest();

    assertThat(landing.deliveries())
        .extracting(d -> d.extractDate() + " " + d.state().text())
        .containsExactly("2026-02-28 superseded", "2026-03-31 complete");
    Map<TableName, Long> before = landing.versions();
    assertThat(landing.ingest().versions()).isEqualTo(before);
  }

  @Test
  void aManifestThatComesLateAndCannotBeReadIsTold() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/a.csv.manifest.json", "{ \"row\": 7 }");

    landing.ingest();

    assertThat(landing.told().get(0)).startsWith("Its manifest a.csv.manifest.json cannot be used");
    assertThat(landing.deliveries()).extracting(Delivery::state).containsExactly(State.COMPLETE);
    Map<TableName, Long> before = landing.versions();
    assertThat(landing.ingest().versions()).isEqualTo(before);
  }

  @Test
  void aRevisionThatIsAddedToAManifestEndsTheAmbiguity() {
    landing.patients(csv("path = landing", MARCH));
    for (String name : List.of("a.csv", "b.csv")) {
      landing.write("landing/" + name, "id,name\n1,%s\n".formatted(name));
      landing.write("landing/" + name + ".manifest.json", manifest("\"rows\": 1"));
    }
    landing.ingest();
    assertThat(landing.journal().refusals().get(0)).startsWith("AMBIGUOUS_RESUPPLY");
    landing.write("landing/b.csv.manifest.json", manifest("\"rows\": 1, \"revision\": 1"));

    landing.ingest();

    assertThat(landing.journal().refusals()).isEmpty();
    assertThat(landing.deliveries())
        .filteredOn(delivery -> delivery.state() == State.COMPLETE)
        .extracting(delivery -> delivery.file().name() + " " + delivery.revision())
        .containsExactly("b.csv 1");
  }

  @Test
  void aManifestThatDisagreesIsRightOnceTheFileComesAgain() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    landing.write("landing/a.csv.manifest.json", manifest("\"rows\": 2"));
    landing.ingest();
    assertThat(landing.journal().refusals().get(0)).startsWith("MANIFEST_DISAGREES");
    landing.write("landing/a.csv", "id,name\n1,Ann\n2,Bob\n", 4_000_000_000L);

    landing.ingest();

    assertThat(landing.journal().refusals()).isEmpty();
    assertThat(landing.deliveries())
        .extracting(d -> d.rows() + " " + d.state().text())
        .containsExactlyInAnyOrder("1 superseded", "2 complete");
  }

  @Test
  void whatTheConfigurationSaysAnewOfAKnownFileIsHeard() {
    landing.configure(delta("2026-03-31"));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();

    landing.configure(delta("2026-03-31").replace("delta", "full")).ingest();

    assertThat(landing.deliveries()).extracting(Delivery::load).containsExactly(Load.FULL);
    assertThat(landing.bronze()).hasSize(1);
  }

  @Test
  void aListOfPartsWithoutRowsSaysThatThereIsNobody() {
    landing.patients(csv("path = landing", MARCH));
    landing.write(
        "landing/march.manifest.json",
        manifest("\"parts\": [ {\"file\": \"p1.csv\"}, {\"file\": \"p2.csv\"} ]"));
    landing.write("landing/p1.csv", "id,name\n");
    landing.write("landing/p2.csv", "id,name\n\n");

    landing.ingest();

    assertThat(landing.states()).isEqualTo(Map.of("p1.csv", "refused", "p2.csv", "refused"));
    assertThat(landing.journal().refusals().get(0)).startsWith("EMPTY_DELIVERY: p1.csv");
  }

  @Test
  void ofThreeManifestsOfTheSameFileNoneCountsUnlessItsRevisionIsHigher() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    String part = "\"revision\": %d, \"parts\": [ {\"file\": \"a.csv\", \"rows\": 1} ]";
    landing.write("landing/m1.manifest.json", manifest(part.formatted(1)));
    landing.write("landing/m2.manifest.json", manifest(part.formatted(1)));
    landing.write("landing/m3.manifest.json", manifest(part.formatted(0)));
    landing.ingest();
    assertThat(landing.states()).isEqualTo(Map.of("a.csv", "incomplete"));
    landing.write("landing/m4.manifest.json", manifest(part.formatted(2)));

    landing.ingest();

    assertThat(landing.deliveries()).extracting(Delivery::revision).containsExactly(2L);
  }

  @Test
  void aManifestOfASecondFileOfTheSameContentIsHeardAtOnce() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.write("landing/b.csv", "id,name\n1,Ann\n");
    landing.write("landing/b.csv.manifest.json", manifest("\"exhaustive\": true"));
    landing.ingest();
    Map<TableName, Long> before = landing.versions();

    landing.ingest();

    assertThat(landing.versions()).isEqualTo(before);
    assertThat(landing.deliveries()).allMatch(delivery -> delivery.terms().exhaustive()).hasSize(1);
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
