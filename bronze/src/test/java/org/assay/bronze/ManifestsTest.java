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

/** What a manifest says of its file, before it comes, with it, and afterwards. */
@ExtendWith(SharedSpark.class)
class ManifestsTest {
  private final SparkSession spark;
  private SmallLanding landing;
  @TempDir private Path folder;

  ManifestsTest(SparkSession spark) {
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
  void manifestsOfOthersInTheSameFolderAreNotWaitedFor() {
    landing.patients(csv(DATED));
    landing.write("landing/patients_2026-03-31.csv", "id,name\n1,Ann\n");
    landing.write("landing/visits_2026-03-31.csv.manifest.json", "{\"rows\": 1}");

    landing.ingest();

    assertThat(landing.told()).isEmpty();
    assertThat(landing.pending()).isEmpty();
  }

  /** A name that the path does not match is not taken for a file of somebody else's. */
  @Test
  void whatAManifestListsAndThePathDoesNotMatchIsWaitedFor() {
    landing.patients(csv("path = \"landing/{yyyy-MM-dd}_{part}.csv\""));
    landing.write("landing/2026-03-31_p1.csv", "id,name\n1,Ann\n");
    landing.write("landing/2026-03-31_p3.csv.gz", "id,name\n3,Cy\n");
    landing.write(
        "landing/march.manifest.json",
        """
        { "parts": [ { "file": "2026-03-31_p1.csv", "rows": 1 },
                     { "file": "2026-03-31_p3.csv.gz", "rows": 1 } ] }""");

    landing.ingest();

    assertThat(landing.deliveries()).isEmpty();
    assertThat(landing.told())
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "march.manifest.json is about 2026-03-31_p3.csv.gz, which is no file of the extract by its path."));

    landing.write("landing/march.manifest.json", manifest("\"parts\": [], \"row\": 2"));
    landing.ingest();

    assertThat(landing.told())
        .anyMatch(sentence -> sentence.contains("march.manifest.json cannot be used: \"row\" is"));
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

    landing.write("landing/a.csv.manifest.json", manifest(wrong)); // which was right after all
    landing.at("2026-11-23T09:00:00Z").ingest();

    assertThat(landing.deliveries())
        .extracting(d -> d.extractDate() + " " + d.state().text())
        .containsExactly("2026-02-28 complete", "2026-03-31 superseded");
    assertThat(landing.bronze()).hasSize(2); // nothing is read again
    before = landing.versions();
    assertThat(landing.ingest().versions()).isEqualTo(before);
  }

  /** It names another day and other rows at once, so nothing of the file can be used. */
  @Test
  void aManifestThatDisagreesAndDatesItsFileAnewRefusesWhatIsInBronze() {
    landing.patients(csv("path = landing", MARCH));
    landing.write("landing/a.csv", "id,name\n1,Ann\n");
    landing.ingest();
    String wrong = "\"extract_date\": \"2026-02-28\", \"rows\": 2";
    landing.write("landing/a.csv.manifest.json", manifest(wrong));

    landing.ingest();

    assertThat(landing.deliveries())
        .singleElement()
        .satisfies(d -> assertThat(d.reason()).startsWith("MANIFEST_DISAGREES"));
    Map<TableName, Long> before = landing.versions();
    assertThat(landing.ingest().versions()).isEqualTo(before);

    landing.write("landing/a.csv.manifest.json", manifest(wrong.replace(": 2", ": 1")));
    landing.at("2026-11-23T09:00:00Z").ingest();

    assertThat(landing.deliveries())
        .extracting(d -> d.extractDate() + " " + d.state().text())
        .containsExactly("2026-02-28 complete", "2026-03-31 superseded");
  }

  /** Both files came before anybody said that they are parts. */
  @Test
  void aListThatDisagreesRefusesWhatIsInBronze() {
    landing.patients(csv("path = \"landing/{part}.csv\"", MARCH));
    landing.write("landing/p1.csv", "id,name\n1,Ann\n");
    landing.write("landing/p2.csv", "id,name\n2,Bob\n");
    landing.ingest();
    assertThat(landing.deliveries()).hasSize(2);
    landing.write(
        "landing/march.manifest.json",
        manifest(
            "\"parts\": [ { \"file\": \"p1.csv\", \"rows\": 1 }, { \"file\": \"p2.csv\", \"rows\": 5 } ]"));

    landing.ingest();

    assertThat(landing.deliveries())
        .extracting(d -> d.file().name() + " " + d.state().text())
        .contains("p2.csv refused");
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
}
