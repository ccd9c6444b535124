package org.assay.jobs.demo;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.run.Remark;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.jobs.pipeline.RunResult;
import org.assay.jobs.pipeline.TestRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The synthetic England as it comes, a month later, and rebuilt: each fault is caught where it
 * should be, and a seventh cohort is a few lines of configuration.
 */
@ExtendWith(SharedSpark.class)
class DemoIT {
  /** The campaign of bench/faults.sh looks after each month, and at every table. */
  private static final boolean CAMPAIGN = Boolean.getBoolean("assay.campaign");

  private static final long PEOPLE = CAMPAIGN ? 9000 : 5000;

  private static final List<String> MONTHS =
      List.of("2025-04-01", "2026-01-31", "2026-02-28_r0", "2026-02-28_r1", "2026-03-31");

  private static final List<String> SOME_TABLES =
      List.of(
          "silver.patient", "silver.practice", "silver.residents_flow", "silver.residents_cells");

  private static final List<String> COHORTS =
      List.of(
          "emergency_admission", "readmission", "death", "cancer_wait", "hba1c_test", "attendance");

  /** Ten digits, whatever they stand in but longer numbers and pseudonyms. */
  private static final Pattern NUMBER = Pattern.compile("(?<![0-9a-f])\\d{10}(?![0-9a-f])");

  private static final String CODEC = "spark.sql.parquet.compression.codec";

  /** A seventh cohort, as the guide tells to add one. */
  private static final String SEVENTH =
      """
      assay.cohorts.any_attendance = ${models} {
        title = "Attended A&E at all", population = residents
        outcome { column = attended_at_all, event = [yes], non_event = [no] }
        models.full.engine = mllib
      }
      """;

  private final SparkSession spark;
  private Tables tables;
  private DemoProject demo;
  private String codec;
  @TempDir private Path folder;

  DemoIT(SparkSession spark) {
    this.spark = spark;
  }

  /** So that what a table has can be found in its bytes. */
  @BeforeEach
  void compressNothing() {
    codec = spark.conf().get(CODEC);
    spark.conf().set(CODEC, "uncompressed");
  }

  @AfterEach
  void compressAsBefore() {
    spark.conf().set(CODEC, codec);
  }

  @Test
  void faultsAreCaughtWhereTheyShouldBeAndIncrementsEqualTheWhole() throws IOException {
    demo = new DemoProject(folder.resolve("england"));
    demo.writeConfiguration();
    assertThat(demo.writeLanding(spark, PEOPLE, 1)).isTrue();
    assertThat(demo.writeLanding(spark, PEOPLE, 1)).isFalse();
    Path march = withhold("patients_2026-03-31");
    Path january = withhold("patients_2026-01-31");
    if (CAMPAIGN) {
      aMonthAtATime();
    }

    RunResult first = run();
    assertThat(first.remarks(Remark.Kind.WAITING))
        .anyMatch(
            remark ->
                remark
                    .sentence()
                    .equals(
                        "2025/26 is awaiting patients through 2026-03-31 (it has come through"
                            + " 2026-02-28); it has no result yet."));

    deliver(january);
    deliver(march);
    addSeventh();
    run();
    theFaultsAreCaught();
    theSummaryNamesEveryFault();
    allCohortsAreFitted();
    noNumberOfAnybodyIsLeft();
    incrementsEqualTheRebuild();
  }

  /** In a lake of its own, in the order of the months. */
  private void aMonthAtATime() throws IOException {
    DemoProject whole = demo;
    demo = new DemoProject(folder.resolve("monthly"));
    demo.writeConfiguration();
    demo.writeLanding(spark, PEOPLE, 1);
    Map<String, Path> months = new TreeMap<>();
    for (String month : MONTHS) {
      months.put(month, withhold("patients_" + month));
    }
    for (Path month : months.values()) {
      deliver(month);
      run();
      incrementsEqualTheRebuild();
    }
    demo = whole;
  }

  private void incrementsEqualTheRebuild() {
    Map<String, List<String>> increments = contents();
    Map<String, Long> versions = versions(increments.keySet());
    if (CAMPAIGN) {
      lake().rebuild(demo.configuration(), smaller());
    } else { // a campaign compares gold as well, which is half of the work
      Map<String, String> nothingFitted = new HashMap<>(smaller());
      nothingFitted.put("readiness.min_cohort", "1000000");
      lake().rebuildSilverAlone(demo.configuration(), nothingFitted);
    }
    assertThat(contents()).isEqualTo(increments);
    assertThat(madeAnewSince(versions)).isEqualTo(increments.keySet());
  }

  private Set<String> madeAnewSince(Map<String, Long> versions) {
    return versions(versions.keySet()).entrySet().stream()
        .filter(table -> table.getValue() > versions.get(table.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Map<String, Long> versions(Set<String> names) {
    Map<String, Long> versions = new TreeMap<>();
    for (String name : names) {
      versions.put(name, tables.state(TableName.parse(name).orElseThrow()).orElseThrow().version());
    }
    return versions;
  }

  /** Keeps files of patients back. */
  private Path withhold(String beginning) throws IOException {
    Path later =
        Files.createDirectories(
            folder.resolve("later-" + demo.landing().getParent().getFileName()).resolve(beginning));
    move(demo.landing().resolve("patients"), later, beginning);
    return later;
  }

  private void deliver(Path withheld) throws IOException {
    move(withheld, demo.landing().resolve("patients"), "patients");
  }

  /** What the demo tells at its end of each fault is what its table says. */
  private void theSummaryNamesEveryFault() {
    List<String> notFound = new ArrayList<>();
    for (Fault fault : Faults.all()) {
      if (texts(fault.table().toString(), fault.found()).stream().allMatch(Objects::isNull)) {
        notFound.add(fault.what());
      }
    }
    assertThat(Faults.all()).hasSize(15);
    assertThat(notFound).isEmpty();
  }

  private static void move(Path from, Path to, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(beginning)).toList()) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }

  private RunResult run() {
    return lake().run(demo.configuration(), smaller());
  }

  private TestRun lake() {
    TestRun lake = new TestRun(spark, demo.configuration().resolveSibling("lake"));
    tables = lake.tables();
    return lake;
  }

  /** As few people need; in a campaign both engines fit every model. */
  private Map<String, String> smaller() {
    Map<String, String> smaller = new HashMap<>();
    smaller.put("readiness.min_cohort", "60");
    smaller.put("readiness.events_per_term.hold", "0");
    if (CAMPAIGN) {
      for (String cohort : COHORTS) {
        for (String model : List.of("crude", "age_sex", "full")) {
          smaller.put("cohorts.%s.models.%s.engine".formatted(cohort, model), "mllib");
        }
      }
    }
    return smaller;
  }

  private void addSeventh() throws IOException {
    Files.writeString(demo.configuration(), Files.readString(demo.configuration()) + SEVENTH);
    Path sql = demo.configuration().resolveSibling("residents.sql");
    Files.writeString(
        sql,
        Files.readString(sql)
            .replace(
                "       coalesce(c.attendances, 0) AS attendances,",
                "       coalesce(c.attendances, 0) AS attendances,\n"
                    + "       if(c.attendances > 0, 'yes', 'no') AS attended_at_all,"));
  }

  private List<String> texts(String table, String sql) {
    tables.read(TableName.parse(table).orElseThrow()).createOrReplaceTempView("t");
    return spark.sql(sql).collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private void theFaultsAreCaught() {
    assertThat(
            texts(
                "quarantine.regions",
                "SELECT DISTINCT concat_ws(' ', coalesce(region, 'null'), n, reasons[0].code) FROM t"
                    + " WHERE status = 'held' AND coalesce(region, 'null') IN ('null', 'RNU', 'QZZ') ORDER BY 1"))
        .containsExactly(
            "QZZ 50 REGION_UNLISTED", "RNU 120 REGION_UNLISTED", "null 1 REGION_UNKNOWN");
    assertThat(
            texts(
                "quarantine.rows",
                "SELECT concat_ws(' ', extract, reason.expectation_id, status, count(*)) FROM"
                    + " (SELECT *, explode(reasons) AS reason FROM t) GROUP BY extract, reason.expectation_id, status ORDER BY 1"))
        .containsExactly(
            "admissions expect_column_dates_to_be_in_order.admitted.discharged held 20",
            "patients KEY_CONFLICT resolved 4",
            "patients expect_column_values_to_be_valid_nhs_number.patient held 10");
    assertThat(
            texts(
                "ops.ledger",
                "SELECT concat_ws(' ', extract, sum(rows)) FROM t WHERE class = 'duplicate' AND rows > 0 GROUP BY extract"))
        .containsExactly("patients 5");
    assertThat(
            texts(
                "ops.deliveries",
                "SELECT concat_ws(' ', extract, extract_date, state) FROM t WHERE state <> 'complete' ORDER BY 1"))
        .containsExactly("hba1c_tests 2026-05-01 incomplete", "patients 2026-02-28 superseded");
    assertThat(tables.read(TableName.bronze("patients")).columns()).contains("preferred_language");
    assertThat(texts("silver.practices", "SELECT name FROM t WHERE name LIKE 'Ch%' LIMIT 1").get(0))
        .startsWith("Château Road Surgery");
    assertThat(
            texts(
                "silver.practice",
                "SELECT concat_ws(' ', board, valid_from, valid_to) FROM t WHERE practice = 'P00003' ORDER BY valid_from"))
        .containsExactly("QE1 2025-04-01 2026-01-01", "QF7 2026-01-01");
    Dataset<Row> patients = tables.read(TableName.silver("patient"));
    assertThat(patients.groupBy("patient").count().filter("count = 3").count())
        .as("patients who moved and came back")
        .isBetween(PEOPLE / 100, PEOPLE / 40);
    assertThat(patients.filter("held_since IS NOT NULL").count())
        .as("patients who came twice, and were right a month later")
        .isZero();
    assertThat(patients.filter("valid_to IS NOT NULL AND NOT is_current").count()).isPositive();
  }

  private void allCohortsAreFitted() {
    Dataset<Row> fits = tables.read(TableName.goldExact("model_fits"));
    assertThat(fits.select("cohort").distinct().count()).isEqualTo(7);
    assertThat(
            fits.filter("status <> 'held' AND model = 'full'").select("cohort").distinct().count())
        .isEqualTo(7);
    assertThat(
            tables
                .read(TableName.goldExact("model_terms"))
                .filter("cohort = 'attendance' AND ratio_kind = 'rate_ratio' AND estimate > 0")
                .count())
        .isPositive();
    Dataset<Row> bothEngines = fits.filter("engine = 'mllib' AND status <> 'held'");
    assertThat(bothEngines.count()).isGreaterThan(CAMPAIGN ? 600 : 15);
    assertThat(bothEngines.filter("NOT coalesce(engine_difference <= 1e-8, false)").count())
        .isZero();
    assertThat(fits.filter(col("region").isNull().and(col("status").notEqual("held"))).isEmpty())
        .isTrue();
  }

  /** Every number of the landing, in every byte outside bronze. */
  private void noNumberOfAnybodyIsLeft() throws IOException {
    Set<String> numbers = new HashSet<>();
    try (Stream<Path> files = Files.list(demo.landing().resolve("patients"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
        Files.readAllLines(file).stream().skip(1).forEach(l -> numbers.add(l.substring(0, 10)));
      }
    }
    assertThat(numbers).hasSizeGreaterThan((int) PEOPLE);
    long inBronze = 0;
    try (Stream<Path> files = Files.walk(demo.configuration().resolveSibling("lake"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<String> found = found(Files.readString(file, StandardCharsets.ISO_8859_1), numbers);
        if (file.toString().contains("/lake/bronze/")) {
          inBronze += found.size();
        } else {
          assertThat(found).as(file.toString()).isEmpty();
        }
      }
    }
    assertThat(inBronze).as("numbers that the search finds in bronze").isGreaterThan(PEOPLE);
  }

  private static List<String> found(String text, Set<String> numbers) {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(numbers::contains)
        .toList();
  }

  /** Of silver and gold those that no publication is named in. */
  private List<String> everyTable() {
    return tables.list().stream()
        .filter(
            table ->
                table.layer() == TableName.Layer.SILVER
                    || table.layer() == TableName.Layer.GOLD_EXACT)
        .map(TableName::toString)
        .filter(table -> !table.endsWith("_readiness"))
        .toList();
  }

  /** What dimensions, cells and gold say, whatever run wrote it. */
  private Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new TreeMap<>();
    for (String table : CAMPAIGN ? everyTable() : SOME_TABLES) {
      if (tables.state(TableName.parse(table).orElseThrow()).isPresent()) {
        contents.put(table, texts(table, "SELECT to_json(struct(*)) AS row FROM t ORDER BY row"));
      }
    }
    return contents;
  }
}
