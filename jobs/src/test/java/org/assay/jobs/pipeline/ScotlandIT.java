package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;
import org.assay.common.spark.SparkSessions;
import org.assay.common.table.TableName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole path over Scotland's census: as it is on one core, and on four cores with the incident
 * in it. The second is compared with R's fits, and its health boards with the first, bit by bit.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ScotlandIT {
  private static final Map<String, String> DATASETS =
      Map.of("full", "scotland2011_bad_health", "crude", "scotland2011_bad_health_crude");
  private static final Map<String, String> NAMES_IN_R =
      Map.of("deprivation", "quintile", "age_band", "age");

  /** Only levels without both outcomes are held out, as in the reference; both engines fit all. */
  private static final Map<String, String> AS_IN_R =
      Map.of(
          "cohorts.bad_health.readiness.min_cohort", "1",
          "cohorts.bad_health.readiness.min_level", "0",
          "cohorts.bad_health.models.crude.engine", "mllib");

  private static final List<String> GOLD =
      List.of(
          "model_terms",
          "model_fits",
          "fit_reasons",
          "term_flags",
          "covariance",
          "factor_tests",
          "standardised_risks",
          "rates",
          "inequality",
          "funnel");

  /** Of all listed regions together, which those of the incident are not. */
  private static final List<String> ACROSS = List.of("pooled_terms", "dim_factor_level");

  /** One white Scottish patient each, in a region that is null, blank, or spelled NA. */
  private static final String INCIDENT =
      """
      S99000001,nowhere,,Nowhere,0,1,1,10,Scot,0,0,1,1
      S99000002,nowhere,  ,Nowhere,0,1,1,10,Scot,0,0,1,1
      S99000003,nowhere,NA,Nowhere,0,1,1,10,Scot,0,0,1,1
      """;

  private static final String HEALTH_BOARD =
      "trim(region_key) NOT IN ('', 'NA', '(no region recorded)')";

  private final Map<String, List<String>> before = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>(AS_IN_R);
  private SparkSession spark;
  private TestRun scotland;
  private RunResult first;

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    Path census = RealData.folder().resolve("scotland2011/health_by_postcode_sector.csv.gz");
    TestRun.stopOtherSessions();
    SparkSession alone = SparkSessions.local("test", "local[1]");
    TestRun clean = TestRun.quick(alone, folder.resolve("clean"));
    clean.run(TestRun.example("scotland2011"), AS_IN_R);
    GOLD.forEach(table -> before.put(table, clean.gold(table, "true")));
    ACROSS.forEach(table -> before.put(table, clean.gold(table, "true")));
    alone.stop();

    Path delivery = folder.resolve("census.csv");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(census));
        OutputStream out = Files.newOutputStream(delivery)) {
      in.transferTo(out);
      out.write(INCIDENT.getBytes(StandardCharsets.UTF_8));
    }
    settings.put("extracts.health.path", delivery.toString());
    spark = SparkSessions.local("test", "local[4]");
    scotland = new TestRun(spark, folder.resolve("incident"));
    first = scotland.run(TestRun.example("scotland2011"), settings);
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void theIncidentAndThreeMoreCoresChangeNoBitOfAnyHealthBoard() {
    assertThat(before.get("model_terms")).hasSizeGreaterThan(500);
    GOLD.forEach(
        table -> assertThat(scotland.gold(table, HEALTH_BOARD)).isEqualTo(before.get(table)));
    ACROSS.forEach(table -> assertThat(scotland.gold(table, "true")).isEqualTo(before.get(table)));
    for (String table : before.keySet()) {
      assertThat(before.get(table)).as(table).isNotEmpty();
    }
  }

  @Test
  void theRegionsOfTheIncidentAreHeldWithTheirSentence() {
    assertThat(
            scotland
                .read("quarantine.regions")
                .filter("model = 'full'")
                .orderBy("region")
                .selectExpr("coalesce(region, 'null')", "n", "status", "reasons.sentence[0]")
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactly(
            "null1heldThe region is empty for 1 person.",
            "  1heldThe region is empty for 1 person.",
            "NA1heldThe region is \"NA\" for 1 person.");
    assertThat(scotland.read("gold_exact.model_terms").filter("n = 1").count()).isZero();
  }

  private List<Row> rows(String table, String model) {
    return scotland
        .read("gold_exact." + table)
        .filter("model = '%s'".formatted(model))
        .filter(HEALTH_BOARD)
        .collectAsList();
  }

  @Test
  void everyTermAndFitOfEveryHealthBoardIsThatOfR() {
    DATASETS.forEach(
        (model, dataset) -> {
          RFits r = new RFits(spark, dataset, NAMES_IN_R);
          r.assertTerms(rows("model_terms", model));
          r.assertFits(rows("model_fits", model), rows("fit_reasons", model));
        });
  }

  @Test
  void atTheDefaultLimitsNoEstimateIsInfiniteInDisguise() throws IOException {
    DefaultGuards guards =
        new DefaultGuards(
            TestRun.example("scotland2011"), "bad_health", scotland.read("silver.residents_cells"));

    guards.assertEveryEstimateIsFinite();
    guards.assertEveryLevelThatRHoldsHasItsReason(
        new RFits(spark, DATASETS.get("full"), NAMES_IN_R).leftOut());
    guards.assertGolden("default-guards-scotland2011.txt");
  }

  @Test
  void everyRowIsAccountedFor() {
    assertThat(scotland.read("bronze.health").count()).isEqualTo(182_163);
    assertThat(scotland.read("silver.health").count()).isEqualTo(182_163);
    assertThat(scotland.tables().state(TableName.quarantine("rows"))).isEmpty();
    Row flow =
        scotland
            .read("silver.residents_flow")
            .selectExpr(
                "sum(if(kind = 'in', rows, 0))",
                "sum(if(kind = 'in', 0, rows))",
                "sum(if(kind = 'counted', people, 0))",
                "sum(if(step = 'empty_cell', rows, 0))")
            .first();
    assertThat(flow.getLong(0)).isEqualTo(182_163);
    assertThat(flow.getLong(1)).isEqualTo(182_163);
    assertThat(flow.getLong(2)).isEqualTo(5_295_406);
    assertThat(scotland.read("silver.residents_cells").selectExpr("sum(n)").first().getLong(0))
        .isEqualTo(5_295_406);
  }

  @Test
  void aSecondRunAddsNoVersionAndFewJobs() {
    Map<TableName, Long> versions = scotland.versions();

    RunResult second = scotland.run(TestRun.example("scotland2011"), settings);

    assertThat(first.state()).isEqualTo(RunResult.State.DONE);
    assertThat(second.state()).isEqualTo(RunResult.State.NOTHING_NEW);
    assertThat(second.publication()).hasValue(1);
    assertThat(scotland.versions()).isEqualTo(versions);
    assertThat(second.deltaCommits()).isEqualTo(1);
    assertThat(second.sparkJobs()).isLessThanOrEqualTo(10);
    assertThat(first.deltaCommits()).isLessThanOrEqualTo(50);
  }

  @Test
  void bothEnginesFindTheSame() {
    Dataset<Row> fits = scotland.read("gold_exact.model_fits").filter("status <> 'held'");
    assertThat(fits.filter("engine = 'mllib' AND engine_difference <= 1e-8").count())
        .isEqualTo(fits.count())
        .isEqualTo(28);
  }

  /** What asks for nothing but Delta's first reader version, any reader opens. */
  @Test
  void everyTableOfGoldIsReadWithoutSpark() throws IOException {
    int read = 0;
    for (TableName table : scotland.tables().list()) {
      if (table.layer() == TableName.Layer.GOLD) {
        KernelTable kernel = KernelTable.read(scotland.location(table));
        Dataset<Row> rows = scotland.read(table.toString());
        assertThat(kernel.readerVersion()).as(table.toString()).isEqualTo(1);
        List<String> asked = new ArrayList<>(List.of("count(*)"));
        kernel.sums().keySet().forEach(column -> asked.add("sum(" + column + ")"));
        Row answer = rows.selectExpr(asked.toArray(String[]::new)).first();
        assertThat(kernel.rows()).as(table.toString()).isEqualTo(answer.getLong(0));
        int place = 1;
        for (Map.Entry<String, Double> sum : kernel.sums().entrySet()) {
          assertThat(answer.getDouble(place++))
              .as("%s.%s", table, sum.getKey())
              .isCloseTo(sum.getValue(), withinPercentage(1e-9));
        }
        read++;
      }
    }
    assertThat(read).isEqualTo(16);
  }

  @Test
  void everyCommitOfGoldNamesWhatItIsMadeOf() {
    for (TableName table : scotland.tables().list()) {
      if (table.layer() == TableName.Layer.GOLD || table.layer() == TableName.Layer.GOLD_EXACT) {
        Map<String, String> inputs =
            scotland.tables().state(table).orElseThrow().note().orElseThrow().inputs();
        assertThat(inputs)
            .as(table.toString())
            .containsKeys("configuration", "rules", "code")
            .containsEntry(
                "silver.residents_cells",
                Long.toString(
                    scotland
                        .tables()
                        .state(TableName.silver("residents_cells"))
                        .orElseThrow()
                        .version()));
      }
    }
  }

  @Test
  void everyCommitSaysWhichRunAndStepMadeIt() {
    for (TableName table : scotland.tables().list()) {
      assertThat(scotland.tables().state(table).orElseThrow().note()).as("%s", table).isPresent();
    }
    Row publication = scotland.read("ops.publications").first();
    List<Row> tables = publication.getList(publication.fieldIndex("tables"));
    assertThat(tables)
        .extracting(row -> row.getString(0))
        .contains("gold_exact.model_terms", "gold_exact.model_fits", "gold_exact.fit_reasons");
    assertThat(scotland.read("ops.steps").filter("run_id = '%s'".formatted(first.run())).count())
        .isEqualTo(first.steps().stream().mapToLong(step -> step.changes().size()).sum());
  }
}
