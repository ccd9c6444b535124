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
  private static final String CONFIGURATION =
      """
      assay {
        name = ward
        lake { uri = "lake" }
        privacy { key { file = key } }
        extracts.patients {
          path = "patients.csv", format = csv, load = full, extract_date = "2026-03-31"
          key = [patient]
          columns = [
            { name = patient, from = nhs_number, class = identifier, pseudonymise { domain = nhs_number, normalise = digits } }
            { name = hospital_number, from = mrn, class = identifier, pseudonymise { domain = mrn, normalise = alphanumeric } }
            { name = born, type = date, format = "dd/MM/yyyy", class = quasi_identifier }
            { name = region }
            { name = ethnicity }
          ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = ethnicity, value_set = [White, Other], on_fail = quarantine }
            { expect = expect_column_values_to_be_valid_nhs_number, column = patient, on_fail = warn }
            { expect = expect_column_value_lengths_to_be_between, column = region, max_value = 2, on_fail = warn }
            { expect = expect_column_most_common_value_to_be_in_set, column = region, value_set = [North], on_fail = warn }
            { expect = expect_table_columns_to_match_ordered_list, column_list = [nhs_number], on_fail = warn }
            { expect = expect_table_row_count_to_be_between, min_value = 40, on_fail = refuse }
          ]
          drift = [ { metric = new_levels, column = region }, { metric = level_shares, column = ethnicity, upper_bound = 0.5 } ]
        }
        extracts.stays {
          path = "stays.csv", format = csv, load = full, extract_date = "2026-03-31"
          columns = [
            { name = patient, from = patient_nhs, class = identifier, pseudonymise { domain = nhs_number, normalise = digits } }
            { name = status }
          ]
          expectations = [
            { expect = expect_column_values_to_be_in_set, column = patient, value_set_from { extract = patients, column = patient }, on_fail = warn }
          ]
        }
        populations.inpatients {
          sql = "SELECT s.patient, p.region, p.ethnicity, s.status FROM stays s LEFT JOIN patients p ON s.patient = p.patient"
          person = patient
          region { code = region }
          factors = [ { name = ethnicity, levels = [White, Other], reference = White, interest = true } ]
        }
        cohorts.death {
          population = inpatients
          outcome    { column = status, event = [Died], non_event = [Alive] }
          readiness  { min_cohort = 10, min_level = 1 }
          models     { crude { terms = "ethnicity", primary = true, engine = cells } }
        }
      }
      """;

  private final SparkSession spark;
  private final List<String> identifiers = new ArrayList<>();
  private final StringBuilder printed = new StringBuilder();
  private Path folder;
  private Path lake;
  private String codec;
  private CommandLineAnswer bronze;

  PrivacyIT(SparkSession spark) {
    this.spark = spark;
  }

  /** Ten digits that nothing else in a lake has. */
  private static String nhsNumber(int patient) {
    return "94347%05d".formatted(31_415 + 271 * patient);
  }

  private static String hospitalNumber(int patient) {
    return "XQ%04dZ".formatted(4_000 + 7 * patient);
  }

  private static String spaced(String number) {
    return number.substring(0, 3) + " " + number.substring(3, 6) + " " + number.substring(6);
  }

  @BeforeAll
  void runTheWholePath(@TempDir Path temporary) throws IOException {
    folder = temporary;
    lake = folder.resolve("lake");
    codec = spark.conf().get(CODEC);
    spark.conf().set(CODEC, "uncompressed");
    Files.writeString(folder.resolve("key"), KEY + "\n");
    Files.writeString(folder.resolve("assay.conf"), CONFIGURATION);
    Files.writeString(folder.resolve("patients.csv"), patients());
    Files.writeString(folder.resolve("stays.csv"), stays());

    assertThat(assay("run").exit()).isZero();
    String first = spaced(nhsNumber(1));
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
                    "SELECT * FROM bronze.patients WHERE mrn = " + hospitalNumber(1),
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
    assertRefused("2026-04-30", refused(), "csv");
    assertRefused("2026-05-31", notParquet(), "parquet");
    assertRefused("2026-06-30", headless(","), "csv");
    assertRefused("2026-06-30", headless(";"), "csv");
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

  private String patients() {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      identifiers.addAll(
          List.of(nhsNumber(i), spaced(nhsNumber(i)), spaced(nhsNumber(i)).replace(' ', '-')));
      identifiers.add(hospitalNumber(i));
      identifiers.add(hospitalNumber(i).toLowerCase(java.util.Locale.ROOT));
      String number =
          i % 3 == 0 ? nhsNumber(i) : spaced(nhsNumber(i)).replace(i % 3 == 1 ? "!" : " ", "-");
      rows.add(row(number, hospitalNumber(i), "1980", i));
    }
    rows.add(row(nhsNumber(1), hospitalNumber(1), "1980", 1)); // repeats
    rows.add(row(nhsNumber(2), hospitalNumber(2), "1981", 2)); // in conflict with an earlier one
    rows.add(row("", hospitalNumber(3), "1980", 3)); // no key
    rows.add(row("A" + nhsNumber(4), hospitalNumber(4), "1980", 4)); // not made of digits
    rows.add(nhsNumber(5) + ",\"" + hospitalNumber(5) + "!\"," + nhsNumber(5) + ",North,White");
    rows.add(row(nhsNumber(6), hospitalNumber(6), "1980", 6) + "," + nhsNumber(6)); // malformed
    rows.add(nhsNumber(7)); // malformed
    rows.add("North," + hospitalNumber(8) + ",01/02/1980," + nhsNumber(8) + ",White"); // swapped
    rows.add(row(nhsNumber(10), hospitalNumber(10), "1980", 2).replace("White", nhsNumber(11)));
    rows.add(row("943 000 0001", "XQ0001Z", "1980", 8).replaceAll("(White|Other)$", "Unheard of"));
    identifiers.addAll(List.of("9430000001", "943 000 0001", "XQ0001Z"));
    return "nhs_number,mrn,born,region,ethnicity\n" + String.join("\n", rows) + "\n";
  }

  private static String row(String number, String hospitalNumber, String year, int i) {
    return "%s,%s,01/02/%s,%s,%s"
        .formatted(
            number,
            hospitalNumber,
            year,
            i % 2 == 0 ? "North" : "South",
            i % 3 == 0 ? "Other" : "White");
  }

  private static String stays() {
    StringBuilder rows = new StringBuilder("patient_nhs,status\n");
    for (int i = 1; i <= 60; i++) {
      rows.append("%s,%s%n".formatted(spaced(nhsNumber(i)), i % 5 == 0 ? "Died" : "Alive"));
    }
    return rows.append("%s,Alive%n".formatted(nhsNumber(1))).toString();
  }

  /** A delivery with too few rows. */
  private Path refused() throws IOException {
    return Files.writeString(
        folder.resolve("april.csv"),
        "nhs_number,mrn,born,region,ethnicity\n" + row(nhsNumber(9), hospitalNumber(9), "1980", 9));
  }

  /** A delivery without its header, so that the first person stands where names are looked for. */
  private Path headless(String separator) throws IOException {
    return Files.writeString(
        folder.resolve("headless.csv"),
        row(nhsNumber(9), hospitalNumber(9), "1980", 9).replace(",", separator) + "\n1,2,3,4,5\n");
  }

  /** A delivery whose reader stumbles over the rows. */
  private Path notParquet() throws IOException {
    return Files.writeString(folder.resolve("may.parquet"), patients());
  }

  @Test
  void noByteOutsideOfBronzeIsOfAnIdentifierOrTheKey() throws IOException {
    List<String> secrets = new ArrayList<>(identifiers);
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
    assertThat(bytes.toString()).contains(nhsNumber(3), hospitalNumber(3), spaced(nhsNumber(1)));
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
    assertThat(bronze.out()).contains(hospitalNumber(1));
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
