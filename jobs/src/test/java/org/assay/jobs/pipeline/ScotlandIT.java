package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * The whole path over Scotland's census, against R's fits of the same regions, on one core and on
 * four. Starts sessions of its own, so it runs in a JVM without the shared one.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ScotlandIT {
  private static final Map<String, String> DATASETS =
      Map.of("full", "scotland2011_bad_health", "crude", "scotland2011_bad_health_crude");

  /** Only levels without both outcomes are held out, as in the reference. */
  private static final Map<String, String> AS_IN_R =
      Map.of(
          "cohorts.bad_health.readiness.min_cohort", "1",
          "cohorts.bad_health.readiness.min_level", "0");

  private static final List<String> GOLD = List.of("model_terms", "model_fits", "fit_reasons");

  private final Map<String, List<String>> onOneCore = new HashMap<>();
  private SparkSession spark;
  private TestRun scotland;
  private RunResult first;

  @BeforeAll
  void run(@TempDir Path one, @TempDir Path four) {
    RealData.folder();
    SparkSession alone = SparkSessions.local("test", "local[1]");
    TestRun run = new TestRun(alone, one);
    run.run(TestRun.example("scotland2011"), AS_IN_R);
    GOLD.forEach(table -> onOneCore.put(table, run.gold(table)));
    alone.stop();

    spark = SparkSessions.local("test", "local[4]");
    scotland = new TestRun(spark, four);
    first = scotland.run(TestRun.example("scotland2011"), AS_IN_R);
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void oneCoreAndFourGiveTheSameBits() {
    assertThat(onOneCore.get("model_terms")).hasSizeGreaterThan(500);
    GOLD.forEach(table -> assertThat(scotland.gold(table)).isEqualTo(onOneCore.get(table)));
  }

  private List<Row> reference(String model) {
    return spark
        .read()
        .option("header", true)
        .csv(RealData.reference().resolve("glm_fits.csv").toString())
        .filter("dataset = '%s'".formatted(DATASETS.get(model)))
        .collectAsList();
  }

  private List<Row> rows(String table, String model) {
    return scotland
        .read("gold_exact." + table)
        .filter("model = '%s'".formatted(model))
        .collectAsList();
  }

  private static double number(Row row, String column) {
    return Double.parseDouble(row.getAs(column));
  }

  @Test
  void everyTermOfEveryRegionIsThatOfR() {
    for (String model : DATASETS.keySet()) {
      Map<String, Row> ours =
          rows("model_terms", model).stream()
              .filter(row -> !row.<Boolean>getAs("is_reference"))
              .collect(
                  Collectors.toMap(
                      r -> r.getAs("region") + "/" + r.getAs("term"), Function.identity()));
      Map<String, String> names = Map.of("deprivation", "quintile", "age_band", "age");
      Map<String, Row> renamed = new HashMap<>();
      ours.forEach(
          (key, row) -> {
            String term = key;
            for (Map.Entry<String, String> name : names.entrySet()) {
              term = term.replace("/" + name.getKey(), "/" + name.getValue());
            }
            renamed.put(term, row);
          });
      List<Row> reference = reference(model);

      assertThat(renamed.keySet())
          .containsExactlyInAnyOrderElementsOf(
              reference.stream().map(r -> r.getAs("region") + "/" + r.getAs("term")).toList());
      for (Row expected : reference) {
        String term = expected.getAs("region") + "/" + expected.getAs("term");
        assertThat(renamed.get(term).<Double>getAs("estimate"))
            .as(term)
            .isCloseTo(number(expected, "estimate"), within(1e-8));
        assertThat(renamed.get(term).<Double>getAs("std_error"))
            .as("SE of %s", term)
            .isCloseTo(number(expected, "se"), withPercentage(1e-6));
      }
    }
  }

  @Test
  void everyFitIsThatOfR() {
    for (String model : DATASETS.keySet()) {
      Map<String, Row> reference =
          reference(model).stream()
              .collect(Collectors.toMap(r -> r.getAs("region"), Function.identity(), (a, b) -> a));
      List<Row> ours = rows("model_fits", model);

      assertThat(ours).hasSize(14);
      for (Row fit : ours) {
        Row expected = reference.get(fit.<String>getAs("region"));
        String region = fit.getAs("region");
        assertThat(fit.<Long>getAs("n")).as(region).isEqualTo((long) number(expected, "n"));
        assertThat(fit.<Long>getAs("events"))
            .as(region)
            .isEqualTo((long) number(expected, "events"));
        assertThat(fit.<Long>getAs("n_cells"))
            .as(region)
            .isEqualTo((long) number(expected, "cells"));
        assertThat(fit.<Long>getAs("df_residual_cells"))
            .as(region)
            .isEqualTo((long) number(expected, "df_resid_cells"));
        assertThat(fit.<Double>getAs("log_lik"))
            .as(region)
            .isCloseTo(number(expected, "log_lik_persons"), within(1e-6));
        assertThat(fit.<Double>getAs("deviance_cells"))
            .as(region)
            .isCloseTo(number(expected, "deviance_cells"), within(1e-6));
        assertThat(held(region, model)).as(region).isEqualTo(heldByR(expected.getAs("held")));
      }
    }
  }

  private Set<String> held(String region, String model) {
    return scotland
        .read("gold_exact.fit_reasons")
        .filter("code = 'LEVEL_NO_EVENTS' OR code = 'LEVEL_ALL_EVENTS'")
        .filter("model = '%s' AND region = '%s'".formatted(model, region))
        .collectAsList()
        .stream()
        .map(
            r ->
                r.<String>getAs("factor").replace("age_band", "age")
                    + r.getAs("level")
                    + ":n="
                    + r.getAs("n"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> heldByR(String held) {
    Set<String> levels = new TreeSet<>();
    if (held != null) {
      for (String level : held.split("; ")) {
        levels.add(level.replaceFirst(":no events:", ":").replaceFirst(":only events:", ":"));
      }
    }
    return levels;
  }

  @Test
  void everyRowIsAccountedFor() {
    assertThat(scotland.read("bronze.health").count()).isEqualTo(182_160);
    assertThat(scotland.read("silver.health").count()).isEqualTo(182_160);
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
    assertThat(flow.getLong(0)).isEqualTo(182_160);
    assertThat(flow.getLong(1)).isEqualTo(182_160);
    assertThat(flow.getLong(2)).isEqualTo(5_295_403);
    assertThat(scotland.read("silver.residents_cells").selectExpr("sum(n)").first().getLong(0))
        .isEqualTo(5_295_403);
  }

  @Test
  void aSecondRunAddsNoVersionAndFewJobs() {
    Map<TableName, Long> before = scotland.versions();

    RunResult second = scotland.run(TestRun.example("scotland2011"), AS_IN_R);

    assertThat(first.state()).isEqualTo(RunResult.State.DONE);
    assertThat(second.state()).isEqualTo(RunResult.State.NOTHING_NEW);
    assertThat(second.publication()).hasValue(1);
    assertThat(scotland.versions()).isEqualTo(before);
    assertThat(second.deltaCommits()).isEqualTo(1);
    assertThat(second.sparkJobs()).isLessThanOrEqualTo(10);
    assertThat(first.deltaCommits()).isLessThanOrEqualTo(12);
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
