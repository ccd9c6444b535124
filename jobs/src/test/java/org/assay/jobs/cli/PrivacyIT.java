package org.assay.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.assay.jobs.pipeline.TestRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes identifiers through the whole path (accepted, repeated, in conflict, malformed, in the
 * wrong column, of the wrong form, refused, damaged, asked about) and then looks for them in every
 * byte outside of bronze. Parquet is written uncompressed here, so that its bytes can be read.
 */
@ExtendWith(SharedSpark.class)
@TestInstance(Lifecycle.PER_CLASS)
class PrivacyIT {
  private static final String CODEC = "spark.sql.parquet.compression.codec";
  private static final String KEY = "correct horse battery staple, and then some more";
  private static final String OTHER_KEY = "another key that is long enough to be one of them";

  private final SparkSession spark;
  private final StringBuilder printed = new StringBuilder();
  private Path folder;
  private Path lake;
  private Ward ward;
  private String codec;
  private CommandLineAnswer bronze;

  PrivacyIT(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void runTheWholePath(@TempDir Path temporary) throws IOException {
    folder = temporary;
    lake = folder.resolve("lake");
    codec = spark.conf().get(CODEC);
    spark.conf().set(CODEC, "uncompressed");
    ward = Ward.in(folder, KEY);

    assertThat(assay("run").exit()).isZero();
    String first = Ward.spaced(Ward.nhsNumber(1));
    bronze =
        assay(
            "query",
            "SELECT mrn FROM bronze.patients WHERE nhs_number = '%s' -- of %s"
                .formatted(first, first),
            "--identifiable",
            "--why",
            "query 17 of the registration team");
    assertThat(
            assay("query", "SELECT typo FROM silver.patients WHERE patient = '%s'".formatted(first))
                .exit())
        .isEqualTo(3);
    assertThat(
            assay(
                    "query",
                    "SELECT * FROM bronze.patients WHERE mrn = " + Ward.hospitalNumber(1),
                    "--identifiable",
                    "--why",
                    "typo")
                .exit())
        .isEqualTo(3);
    assertThat(assay("status").exit()).isZero();
    assertThat(assay("suggest", "-x", "patients").exit()).isZero();
    CommandLineAnswer held = assay("quarantine", "list", "--by", "ROW", "--json");
    assertThat(held.exit()).isZero();
    Matcher ids = Pattern.compile("\"id\": ?\"([0-9a-f]{12})\"").matcher(held.out());
    assertThat(
            ids.results()
                .peek(id -> assertThat(assay("quarantine", "show", id.group(1)).exit()).isZero()))
        .isNotEmpty();
    assertRefused("2026-04-30", ward.refused(), "csv");
    assertRefused("2026-05-31", ward.notParquet(), "parquet");
    assertRefused("2026-06-30", ward.headless(","), "csv");
    assertRefused("2026-06-30", ward.headless(";"), "csv");
  }

  private void assertRefused(String date, Path delivery, String format) {
    CommandLineAnswer answer =
        assay(
            "run",
            "--set",
            "extracts.patients.extract_date=" + date,
            "--set",
            "extracts.patients.path=" + delivery,
            "--set",
            "extracts.patients.format=" + format);
    assertThat(answer.exit()).isEqualTo(3);
  }

  @AfterAll
  void restore() {
    spark.conf().set(CODEC, codec);
  }

  private CommandLineAnswer assay(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("-c", folder.resolve("assay.conf").toString()));
    CommandLineAnswer answer = CommandLineAnswer.to(arguments);
    if (!arguments.contains("--identifiable")) {
      printed.append(answer.out()).append(answer.err());
    }
    return answer;
  }

  @Test
  void noByteOutsideOfBronzeIsOfAnIdentifierOrTheKey() throws IOException {
    List<String> secrets = new ArrayList<>(ward.identifiers());
    secrets.add(KEY);
    int files = 0;
    for (String part :
        List.of("silver", "quarantine", "gold_exact", "ops", "logs", "assay-pseudonym-key-id")) {
      for (Path file : files(lake.resolve(part))) {
        assertNothingOf(secrets, Files.readAllBytes(file), file.toString());
        files++;
      }
    }
    assertThat(files).isGreaterThan(60);
    assertNothingOf(secrets, printed.toString().getBytes(StandardCharsets.UTF_8), "the terminal");
  }

  @Test
  void theSearchFindsWhatIsThere() throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (Path file : files(lake.resolve("bronze"))) {
      bytes.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    assertThat(bytes.toString())
        .contains(Ward.nhsNumber(3), Ward.hospitalNumber(3), Ward.spaced(Ward.nhsNumber(1)));
  }

  private static List<Path> files(Path part) throws IOException {
    try (Stream<Path> walk = Files.walk(part)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private static void assertNothingOf(List<String> secrets, byte[] content, String where) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(secrets).as(where).noneMatch(text::contains);
  }

  @Test
  void thePathWasWalkedToItsEnd() {
    TestRun run = new TestRun(spark, lake);

    assertThat(run.read("silver.patients").count()).isEqualTo(57);
    assertThat(run.read("gold_exact.model_terms").count()).isPositive();
    assertThat(
            run.read("quarantine.rows")
                .selectExpr("explode(reasons.expectation_id) AS reason")
                .groupBy("reason")
                .count()
                .orderBy("reason")
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactly(
            "KEY_CONFLICT6",
            "KEY_MISSING3",
            "MALFORMED2",
            "conversion.born1",
            "conversion.hospital_number1",
            "conversion.patient2",
            "expect_column_values_to_be_in_set.ethnicity2");
  }

  @Test
  void theSamePersonHasTheSamePseudonymInEveryExtractAndSpelling() {
    TestRun run = new TestRun(spark, lake);
    List<Row> people =
        run.read("silver.stays")
            .select("patient")
            .distinct()
            .join(run.read("silver.patients").select("patient", "hospital_number"), "patient")
            .collectAsList();

    assertThat(people).hasSize(57);
    assertThat(people)
        .allMatch(row -> row.getString(0).matches("[0-9a-f]{64}"))
        .allMatch(row -> row.getString(1).matches("[0-9a-f]{64}"));
  }

  @Test
  void aHeldRowShowsPseudonymsShapesAndWhereItStood() {
    List<String> held =
        new TestRun(spark, lake)
                .read("quarantine.rows")
                .orderBy("row_number")
                .selectExpr("concat_ws(' ', row_number, source_file, coalesce(row, 'null'))")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0).replaceAll("[0-9a-f]{64}", "<pseudonym>"))
                .toList();

    assertThat(held)
        .containsExactly(
            "2 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1980\",\"region\":\"North\",\"ethnicity\":\"White\"}",
            "5 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1980\",\"region\":\"South\",\"ethnicity\":\"White\"}",
            "10 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1980\",\"region\":\"North\",\"ethnicity\":\"White\"}",
            "62 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1981\",\"region\":\"North\",\"ethnicity\":\"White\"}",
            "63 patients.csv {\"patient\":null,\"hospital_number\":\"<pseudonym>\",\"born\":\"99/99/9999\",\"region\":\"AAAAA\",\"ethnicity\":\"AAAAA\"}",
            "64 patients.csv {\"patient\":\"A9999999999\",\"hospital_number\":\"<pseudonym>\",\"born\":\"99/99/9999\",\"region\":\"AAAAA\",\"ethnicity\":\"AAAAA\"}",
            "65 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"AA9999A!\",\"born\":\"9999999999\",\"region\":\"AAAAA\",\"ethnicity\":\"AAAAA\"}",
            "66 patients.csv null",
            "67 patients.csv null",
            "68 patients.csv {\"patient\":\"AAAAA\",\"hospital_number\":\"<pseudonym>\",\"born\":\"99/99/9999\",\"region\":\"9999999999\",\"ethnicity\":\"AAAAA\"}",
            "69 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1980\",\"region\":\"North\",\"ethnicity\":\"9999999999\"}",
            "70 patients.csv {\"patient\":\"<pseudonym>\",\"hospital_number\":\"<pseudonym>\",\"born\":\"01/02/1980\",\"region\":\"North\",\"ethnicity\":\"AAAAAAA AA\"}");
  }

  @Test
  void bronzeIsShownToWhoSaysWhyAndThatIsRecorded() {
    assertThat(bronze.exit()).isZero();
    assertThat(bronze.out()).contains(Ward.hospitalNumber(1));
    Row access = new TestRun(spark, lake).read("ops.access").first();
    assertThat(access.<String>getAs("query"))
        .isEqualTo("SELECT mrn FROM bronze.patients WHERE nhs_number = ?");
    assertThat(access.<String>getAs("why")).isEqualTo("query 17 of the registration team");
    assertThat(access.<String>getAs("actor")).isEqualTo(System.getProperty("user.name"));
    assertThat(access.<String>getList(access.fieldIndex("tables")))
        .containsExactly("bronze.patients");
  }

  @Test
  void bronzeIsShownToNobodyElse() {
    String query = "SELECT * FROM `bronze`.`patients`";

    assertThat(assay("query", query).exit()).isEqualTo(3);
    assertThat(assay("query", query).err())
        .contains("bronze.patients holds rows as upstream sent them, identifiers included.");
    assertThat(assay("query", query, "--identifiable").exit()).isEqualTo(2);
    assertThat(assay("query", query, "--identifiable", "--why", " ").exit()).isEqualTo(2);
    assertThat(assay("query", "SELECT 1", "--why", "because").exit()).isEqualTo(2);
    String path = lake.resolve("bronze/patients").toString();
    for (String table :
        List.of(
            "delta.`%s`".formatted(path),
            "`delta`.`%s`".formatted(path),
            "`org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat`.`%s`"
                .formatted(path),
            "IDENTIFIER('delta.`%s`')".formatted(path),
            "(SELECT 1) -- \r UNION ALL SELECT * FROM delta.`%s`".formatted(path))) {
      assertThat(assay("query", "SELECT * FROM " + table).exit()).as(table).isEqualTo(3);
    }
    assertThat(
            assay("query", "SELECT java_method('java.lang.System', 'getenv', 'ASSAY_KEY')").exit())
        .isEqualTo(3);
    assertThat(assay("query", "WITH x AS (SELECT 1) DELETE FROM silver.patients").exit())
        .isEqualTo(3);
    assertThat(new TestRun(spark, lake).read("ops.access").count()).isEqualTo(1);
  }

  @Test
  void anotherKeyIsAnErrorBeforeAnythingIsWritten() throws IOException {
    Map<TableName, Long> before = new TestRun(spark, lake).allVersions();
    Files.writeString(folder.resolve("other"), OTHER_KEY);

    CommandLineAnswer answer = assay("run", "--set", "privacy.key.file=" + folder.resolve("other"));

    assertThat(answer.exit()).isEqualTo(4);
    assertThat(answer.err())
        .contains("has pseudonyms made with key ")
        .contains("Give the key it was made with, or use another lake.")
        .doesNotContain(OTHER_KEY);
    assertThat(new TestRun(spark, lake).allVersions()).isEqualTo(before);
  }

  @Test
  void theIdOfTheKeyIsStored() {
    String id =
        new TestRun(spark, lake).read("ops.runs").orderBy("started_at").first().getAs("key_id");

    assertThat(id).matches("[0-9a-f]{16}");
    assertThat(lake.resolve("assay-pseudonym-key-id")).hasContent(id);
    assertThat(
            new TestRun(spark, lake)
                .tables()
                .state(TableName.silver("patients"))
                .orElseThrow()
                .isMadeOf("key", id))
        .isTrue();
  }
}
