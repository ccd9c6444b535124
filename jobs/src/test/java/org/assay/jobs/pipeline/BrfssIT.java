package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;
import org.assay.common.run.Sentences;
import org.assay.common.spark.SparkSessions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * People as rows: 246,022 of them and those of the incident, against R's fits. Cohorts of one age
 * band and of one sex stand beside them. In a campaign the people come without the incident first,
 * and all states are fitted by both engines at last.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BrfssIT {
  /** The campaign of bench/faults.sh fits every model by the other engine as well. */
  private static final boolean CAMPAIGN = Boolean.getBoolean("assay.campaign");

  private static final List<String> GOLD = List.of("model_terms", "model_fits", "fit_reasons");
  private static final String STATE = "trim(region) NOT IN ('', 'NA')";
  private static final String CONFIGURATION =
      """
      include file("%s")
      assay {
        extracts.people.columns += { name = asthma, from = HadAsthma }
        cohorts.heart_attack.readiness { min_cohort = 1, min_level = 0 }   # as in R

        populations.youngest {
          sql     = "SELECT state, race, sex, age, asthma FROM people"
          exclude = [ { name = older, when = "age <> 'Age 18 to 24'" } ]
          region  { code = state }
          factors = ${assay.populations.respondents.factors}
        }
        cohorts.asthma_of_the_youngest {
          population = youngest
          outcome    { column = asthma, event = ["Yes"], non_event = ["No"] }
          models     { full { terms = "race + sex + age", primary = true, engine = cells } }
        }

        populations.women {
          sql     = "SELECT state, sex, age, asthma FROM people"
          exclude = [ { name = men, when = "sex = 'Male'" } ]
          region  { code = state }
          factors = [
            { name = sex, levels = [Female, Male], reference = Female, interest = true }
            { name = age, reference = "Age 65 to 69" }
          ]
        }
        cohorts.asthma_of_women {
          population = women
          outcome    { column = asthma, event = ["Yes"], non_event = ["No"] }
          models     { full { terms = "sex + age", primary = true, engine = cells } }
        }
      }
      """;

  private final Map<String, List<String>> before = new HashMap<>();
  private final Map<String, List<String>> after = new HashMap<>();
  private SparkSession spark;
  private TestRun brfss;
  private RunResult delivered;

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    Path people = RealData.folder().resolve("brfss2022/heart_2022_no_nans.parquet");
    TestRun.stopOtherSessions();
    spark = SparkSessions.local("test", "local[*]");
    Path conf =
        Files.writeString(
            folder.resolve("assay.conf"), CONFIGURATION.formatted(TestRun.example("brfss2022")));
    brfss = new TestRun(spark, folder.resolve("lake"));
    Map<String, String> settings = engines("cells");
    if (CAMPAIGN) {
      brfss.run(conf, settings);
      GOLD.forEach(table -> before.put(table, brfss.gold(table, "true")));
    }

    Path landing = folder.resolve("landing");
    withIncident(spark.read().parquet(people.toString()))
        .coalesce(1)
        .write()
        .parquet(landing.toString());
    settings.put("extracts.people.path", landing.toString());
    settings.put("extracts.people.extract_date", "2023-01-31");
    delivered = brfss.run(conf, settings);

    if (CAMPAIGN) {
      GOLD.forEach(table -> after.put(table, brfss.gold(table, STATE)));
      settings.putAll(engines("mllib"));
      brfss.run(conf, settings);
    }
  }

  private static Map<String, String> engines(String engine) {
    Map<String, String> settings = new HashMap<>();
    for (String model : List.of("crude", "full")) {
      settings.put("cohorts.heart_attack.models.%s.engine".formatted(model), engine);
    }
    return settings;
  }

  /** One white patient each, in a state that is null, blank, or spelled NA. */
  private Dataset<Row> withIncident(Dataset<Row> people) {
    Row patient =
        people.filter("RaceEthnicityCategory = 'White only, Non-Hispanic'").limit(1).first();
    List<Row> incident =
        Arrays.asList(null, "  ", "NA").stream()
            .map(
                state -> {
                  Object[] values = new Object[patient.length()];
                  for (int i = 0; i < values.length; i++) {
                    values[i] = i == patient.fieldIndex("State") ? state : patient.get(i);
                  }
                  return RowFactory.create(values);
                })
            .toList();
    return people.union(spark.createDataFrame(incident, people.schema()));
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private List<Row> rows(String table, String cohort, String model) {
    return brfss
        .read("gold_exact." + table)
        .filter("cohort = '%s' AND model = '%s'".formatted(cohort, model))
        .filter(STATE)
        .collectAsList();
  }

  @Test
  void atTheDefaultLimitsNoEstimateIsInfiniteInDisguise() throws IOException {
    DefaultGuards guards =
        new DefaultGuards(
            TestRun.example("brfss2022"), "heart_attack", brfss.read("silver.respondents_cells"));

    guards.assertEveryEstimateIsFinite();
    guards.assertEveryLevelThatRHoldsHasItsReason(
        new RFits(spark, "brfss2022_heart_attack", Map.of()).leftOut());
    guards.assertGolden("default-guards-brfss2022.txt");
  }

  @Test
  void everyTermAndFitOfEveryStateIsThatOfR() {
    RFits r = new RFits(spark, "brfss2022_heart_attack", Map.of());

    r.assertTerms(rows("model_terms", "heart_attack", "full"));
    r.assertFits(
        rows("model_fits", "heart_attack", "full"), rows("fit_reasons", "heart_attack", "full"));
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.campaign", matches = "true")
  void bothEnginesFindTheSame() {
    Dataset<Row> fits =
        brfss.read("gold_exact.model_fits").filter("cohort = 'heart_attack' AND status <> 'held'");
    assertThat(fits.filter("engine = 'mllib' AND engine_difference <= 1e-8").count())
        .isEqualTo(fits.count());
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.campaign", matches = "true")
  void theIncidentChangesNoBitOfAnyState() {
    assertThat(delivered.publication()).hasValue(2);
    assertThat(before.get("model_terms")).hasSizeGreaterThan(1_000);
    assertThat(after).isEqualTo(before);
  }

  @Test
  void theRegionsOfTheIncidentAreHeldWithTheirSentence() {
    assertThat(
            brfss
                .read("quarantine.regions")
                .filter("cohort = 'heart_attack' AND model = 'full'")
                .orderBy("region")
                .selectExpr("coalesce(region, 'null')", "n", "status", "reasons.sentence[0]")
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactly(
            "null1heldThe region is empty for 1 person.",
            "  1heldThe region is empty for 1 person.",
            "NA1heldThe region is \"NA\" for 1 person.");
  }

  @Test
  void aCohortOfOneAgeBandIsFittedWithoutAgeAndSaysSo() {
    List<Row> fits = rows("model_fits", "asthma_of_the_youngest", "full");
    Map<String, Long> byStatus =
        fits.stream().collect(Collectors.groupingBy(f -> f.getAs("status"), Collectors.counting()));

    assertThat(fits).hasSize(54);
    assertThat(byStatus.get("adjusted")).isGreaterThan(30);
    assertThat(rows("model_terms", "asthma_of_the_youngest", "full"))
        .isNotEmpty()
        .noneMatch(term -> "age".equals(term.getAs("factor")));
    List<Row> reasons = rows("fit_reasons", "asthma_of_the_youngest", "full");
    for (Row fit : fits) {
      if (fit.getAs("status").equals("adjusted")) {
        assertThat(reasons)
            .filteredOn(r -> r.getAs("region").equals(fit.getAs("region")))
            .filteredOn(r -> r.getAs("code").equals("FACTOR_SINGLE_LEVEL"))
            .extracting(r -> r.<String>getAs("sentence"))
            .containsExactly(
                "All %s people are in Age 18 to 24, so age cannot be a factor here; it was left out."
                    .formatted(Sentences.format("%,d", fit.<Long>getAs("n"))));
      }
    }
  }

  @Test
  void aFactorOfInterestWithOneLevelHoldsItsRegionAndSaysSo() {
    List<Row> fits = rows("model_fits", "asthma_of_women", "full");

    assertThat(fits).hasSize(54).allMatch(fit -> fit.getAs("status").equals("held"));
    assertThat(fits)
        .extracting(fit -> fit.<String>getAs("sentence"))
        .containsOnly("The cohort is about sex, which cannot be estimated here.");
    assertThat(rows("fit_reasons", "asthma_of_women", "full"))
        .extracting(reason -> reason.<String>getAs("code"))
        .contains("FACTOR_SINGLE_LEVEL", "NOT_ESTIMABLE");
  }

  @Test
  void everyPersonIsCountedOrExcludedByName() {
    Row flow =
        brfss
            .read("silver.women_flow")
            .selectExpr(
                "sum(if(kind = 'in', rows, 0))",
                "sum(if(kind = 'excluded', rows, 0))",
                "sum(if(kind = 'counted', rows, 0))")
            .first();

    assertThat(flow.getLong(0)).isEqualTo(246_025);
    assertThat(flow.getLong(1) + flow.getLong(2)).isEqualTo(246_025);
    assertThat(
            brfss
                .read("silver.respondents_cells")
                .selectExpr("sum(n)", "sum(people)")
                .first()
                .mkString(" "))
        .isEqualTo("246025 246025");
  }

  @Test
  void jobsAndCommitsAreCounted() {
    assertThat(delivered.state()).isEqualTo(RunResult.State.DONE);
    assertThat(delivered.deltaCommits()).isLessThanOrEqualTo(60);
    assertThat(delivered.sparkJobs()).isLessThan(CAMPAIGN ? 240 : 120);
  }
}
