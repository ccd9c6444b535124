package org.assay.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.jobs.pipeline.TestRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person types them. */
@ExtendWith(SharedSpark.class)
class CommandLineIT {
  private static final Path UCB = TestRun.example("ucb1975");

  /** With the lake of a first run, for whoever only reads it. */
  @TempDir private static Path shared;

  private static final String TOO_MANY = "cohorts.admitted.readiness.min_cohort=600";

  private static CommandLineAnswer first;

  /** With the lake of a run that holds rows and regions, and its configuration. */
  @TempDir private static Path withHeld;

  private static CommandLineAnswer holding;

  @TempDir private Path folder;

  @BeforeAll
  static void twoRuns(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse(); // the commands use it
    first = inLake(shared, UCB, "run");
    holding = aRunThatHoldsRowsAndRegions();
  }

  private static CommandLineAnswer aRunThatHoldsRowsAndRegions() throws IOException {
    Path conf =
        changed(
            withHeld,
            "expectations = [",
            "expectations = [ { id = no_f, expect = expect_column_values_to_not_be_in_set, column = department, value_set = [F], on_fail = quarantine, notes = \"Ask the dean.\" }");
    return inLake(withHeld, conf, "run", "--json", "--fail-on", "held", "--set", TOO_MANY);
  }

  private CommandLineAnswer assay(Path conf, String... arguments) {
    return inLake(folder, conf, arguments);
  }

  private static CommandLineAnswer inLake(Path folder, Path conf, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", conf.toString(), "--lake", folder.resolve("lake").toString()));
    return CommandLineAnswer.to(all);
  }

  /** The example with something replaced; its data stays where it is. */
  private Path changed(String what, String by) throws IOException {
    return changed(folder, what, by);
  }

  private static Path changed(Path folder, String what, String by) throws IOException {
    String conf =
        Files.readString(UCB)
            .replace("\"admissions.csv\"", "\"" + UCB.resolveSibling("admissions.csv") + "\"");
    assertThat(conf).contains(what);
    return Files.writeString(folder.resolve("assay.conf"), conf.replace(what, by));
  }

  @Test
  void aRunTellsWhatItDidAndTheNextThatNothingIsNew() {
    CommandLineAnswer second = inLake(shared, UCB, "run");
    CommandLineAnswer query =
        inLake(
            shared,
            UCB,
            "query",
            "--format",
            "csv",
            "SELECT region, round(ratio, 2) AS ratio FROM gold_exact.model_terms WHERE level = 'Female' ORDER BY region");
    CommandLineAnswer engines =
        inLake(
            shared,
            UCB,
            "query",
            "--format",
            "csv",
            "SELECT count(*) AS fits FROM gold_exact.model_fits WHERE engine = 'mllib' AND engine_difference <= 1e-8");
    CommandLineAnswer status = inLake(shared, UCB, "status");
    CommandLineAnswer bronze = inLake(shared, UCB, "query", "SELECT * FROM bronze.admissions");
    CommandLineAnswer typo = inLake(shared, UCB, "query", "SELECT * FROM gold_exact.model_term");
    CommandLineAnswer explain =
        inLake(shared, UCB, "explain", "--cohort", "admitted", "--region", "A");
    CommandLineAnswer nowhere =
        inLake(shared, UCB, "explain", "--cohort", "admitted", "--region", "Z");

    assertThat(first.exit()).isZero();
    assertThat(first.out())
        .contains("bronze    admissions          1 delivery            24 rows")
        .contains(
            "silver    applicants          4,526 people          6 regions             12 cells")
        .contains(
            "ready     admitted            6 regions             6 fit   0 adjusted    0 held")
        .contains("publish   publication 1")
        .contains("Nothing is waiting for a steward.");
    assertThat(first.err()).isEmpty();
    assertThat(second.exit()).isZero();
    assertThat(second.out()).contains("Nothing new").contains("Publication 1 stands.");
    assertThat(query.out())
        .isEqualTo("region,ratio\nA,2.86\nB,1.25\nC,0.88\nD,1.09\nE,0.82\nF,1.21\n");
    assertThat(engines.out()).as("both engines agree").isEqualTo("fits\n6\n");
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .contains("gold_exact.model_terms")
        .contains("nothing_new")
        .contains("held regions: none");
    assertThat(explain.exit()).isZero();
    assertThat(explain.out().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .contains(
            "fitted: Fitted on all 933 people, 601 of them with the outcome.",
            "population | in | 4 | 933",
            "gender | Female | 108 | 89 | 82.41 % | estimated",
            "gender | Male | 825 | 512 | 62.06 % | reference",
            "G06 | Are there enough people? | 933 people | at least 100 | ok",
            "G13 | Can the coefficients be told apart? | rank 2 | 2 columns | ok",
            "SATURATED | There are as many coefficients as groups of people (2), so the model only"
                + " repeats them.");
    assertThat(explain.out()).doesNotContain("have changed since");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err())
        .contains("There is no region \"Z\"; the cohort has: A, B, C, D, E, F.");
    assertThat(bronze.exit()).isEqualTo(3);
    assertThat(bronze.err()).contains("bronze.admissions holds rows as upstream sent them");
    assertThat(typo.exit()).isEqualTo(3);
    assertThat(typo.err()).contains("model_term").contains("The lake has:");
    assertThat(shared.resolve("lake/logs")).isDirectoryContaining("glob:**.log");
  }

  @Test
  void whatIsExportedIsFittedByRAsByAssay() throws Exception {
    String[] fit = {"export", "--cohort", "admitted", "--region", "A", "--to", "r", "--folder"};
    List<String> arguments = new ArrayList<>(List.of(fit));
    arguments.add(folder.resolve("out").toString());

    CommandLineAnswer export = inLake(shared, UCB, arguments.toArray(String[]::new));
    CommandLineAnswer nobody =
        inLake(shared, UCB, "export", "--cohort", "admitted", "--region", "Z", "--to", "r");

    Path script = folder.resolve("out/admitted-A-crude-all.R");
    assertThat(export.err()).isEmpty();
    assertThat(export.exit()).isZero();
    assertThat(export.out().lines()).hasSize(2).contains(script.toString());
    assertThat(Files.readString(folder.resolve("out/admitted-A-crude-all.csv")))
        .isEqualTo("gender,n,events,exposure\nFemale,108,89,0.0\nMale,825,512,0.0\n");
    assertThat(Files.readString(script))
        .contains("relevel(factor(cells$gender, levels = c(\"Male\", \"Female\")), ref = \"Male\")")
        .contains("fit <- glm(cbind(events, n - events) ~ 1 + gender,")
        .contains("family = binomial(link = \"logit\")")
        .contains("\"genderFemale\" = 1.05");
    assertThat(nobody.exit()).isEqualTo(2);
    if (onThePath("Rscript")) {
      Process r =
          new ProcessBuilder("Rscript", script.getFileName().toString())
              .directory(script.getParent().toFile())
              .redirectErrorStream(true)
              .start();
      String told = new String(r.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(r.waitFor()).as(told).isZero();
      assertThat(told).contains("largest difference: ");
    }
  }

  private static boolean onThePath(String program) {
    return Pattern.compile(java.io.File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  @Test
  void checkIsContentWithASoundConfiguration() {
    CommandLineAnswer answer = assay(UCB, "check", "--headers");

    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).contains("is sound: 1 extract, 1 population, 1 cohort.");
    assertThat(folder.resolve("lake/bronze")).doesNotExist();
  }

  @Test
  void aCommandThatOnlyReadsPrintsItsAnswerAndNothingElse() throws Exception {
    String lake = folder.resolve("lake").toString();
    Process process = CommandLineAnswer.process("check", "-c", UCB.toString(), "--lake", lake);

    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(told).isEqualTo("%s is sound: 1 extract, 1 population, 1 cohort.%n".formatted(UCB));
    assertThat(process.waitFor()).isZero();
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void everyProblemOfAConfigurationIsOneLine() throws IOException {
    Path conf = changed("format       = csv", "formt = csv");

    CommandLineAnswer answer = assay(conf, "run");

    assertThat(answer.exit()).isEqualTo(4);
    assertThat(answer.err())
        .contains("The configuration has 2 problems; nothing was run.")
        .contains("assay.extracts.admissions.formt: unknown key. Did you mean format?")
        .contains("exit 4");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aColumnThatDoesNotExistIsFoundBeforeAnythingRuns() throws IOException {
    CommandLineAnswer answer = assay(changed("SELECT department", "SELECT departement"), "run");

    assertThat(answer.exit()).isEqualTo(4);
    assertThat(answer.err())
        .contains("populations.applicants")
        .contains(
            "column departement does not exist; admissions has: department, gender, decision, applicants.");
    assertThat(folder.resolve("lake/bronze")).doesNotExist();
  }

  @Test
  void aRefusedDeliveryIsOneSentenceAndPublishesNothing() throws IOException {
    CommandLineAnswer answer =
        assay(changed("min_value = 24, max_value = 24", "min_value = 25"), "run");

    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.out()).contains("silver    admissions          stopped");
    assertThat(answer.err())
        .contains(
            "admissions.csv was refused by expect_table_row_count_to_be_between: it has 24 rows.")
        .contains("exit 3")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("lake/gold_exact")).doesNotExist();
  }

  @Test
  void aLakeOfANewerFormatIsNotTouched() throws IOException {
    Files.createDirectories(folder.resolve("lake"));
    Files.writeString(folder.resolve("lake/assay-lake-format"), "99\n");

    CommandLineAnswer answer = assay(UCB, "run");

    assertThat(answer.exit()).isEqualTo(4);
    assertThat(answer.err()).contains("has format 99 and this version of Assay reads format 3");
    assertThat(folder.resolve("lake/bronze")).doesNotExist();
  }

  @Test
  void argumentsThatMakeNoSenseAreExplained() {
    assertThat(CommandLineAnswer.to(List.of("run")).exit()).isEqualTo(2);
    assertThat(CommandLineAnswer.to(List.of("run")).err())
        .contains("Missing required option: '--conf=FILE'");
    assertThat(CommandLineAnswer.to(List.of("rnu")).exit()).isEqualTo(2);
    assertThat(CommandLineAnswer.to(List.of()).exit()).isEqualTo(2);
    CommandLineAnswer nobody =
        CommandLineAnswer.to(
            List.of("demo", "--people", "0", "--folder", folder.resolve("demo").toString()));
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("--people must be from 1 to 9,000,000, not 0.");
    assertThat(folder.resolve("demo")).doesNotExist();
  }

  @Test
  void helpTellsTheCommandsAndTheExitCodes() {
    CommandLineAnswer help = CommandLineAnswer.to(List.of("--help"));

    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("run")
        .contains("check")
        .contains("query")
        .contains("status")
        .contains("data refused");
  }

  @Test
  void machinesAreToldInJson() {
    assertThat(holding.exit()).isEqualTo(7);
    assertThat(holding.out())
        .startsWith("{\"run_id\":")
        .contains("\"state\":\"done\"")
        .contains("\"kind\":\"held\"");
  }

  /** A scheduler that tries again after exit code 7 must not take it for good. */
  @Test
  void whatAnEarlierRunHeldIsHeldStill() {
    CommandLineAnswer again = held("run", "--fail-on", "held", "--set", TOO_MANY);

    assertThat(again.out()).contains("Nothing new");
    assertThat(again.exit()).isEqualTo(7);
    assertThat(held("run", "--set", TOO_MANY).exit()).isZero();
  }

  @Test
  void aStewardSeesWhatIsHeldAndWhy() {
    CommandLineAnswer list = held("quarantine", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out())
        .containsPattern(
            "(?m)^  [0-9a-f]{12}  admissions  4     0            [0-9a-f]{12}  department is one of F\\.$");
    CommandLineAnswer rows =
        held("quarantine", "list", "--by", "row", "--reason", "no_f", "--older-than", "0");
    assertThat(rows.out()).contains("held rows: none");
    CommandLineAnswer byReason =
        held("quarantine", "list", "--by", "reason", "--extract", "admissions");
    assertThat(byReason.out())
        .containsPattern("(?m)^  admissions  no_f +4 ")
        .doesNotContain("held regions");
    assertThat(held("quarantine", "list", "--by", "region").out())
        .contains("COHORT_TOO_SMALL")
        .doesNotContain("held rows");
    assertThat(held("quarantine", "list", "--region", "B", "--extract", "admissions").exit())
        .isEqualTo(2);

    Matcher id = Pattern.compile("([0-9a-f]{12})  department is one of F").matcher(list.out());
    assertThat(id.find()).isTrue();
    CommandLineAnswer one = held("quarantine", "show", id.group(1));
    assertThat(one.exit()).isZero();
    assertThat(one.out())
        .contains("\"department\":\"F\"")
        .contains("department is one of F.")
        .contains("Note: Ask the dean.")
        .contains("admissions.csv row ");
    assertThat(held("quarantine", "show", "zzz").exit()).isEqualTo(3);
    assertThat(held("status").out()).contains("no_f");
  }

  /** A command on the lake with held rows. */
  private static CommandLineAnswer held(String... arguments) {
    return inLake(withHeld, withHeld.resolve("assay.conf"), arguments);
  }

  @Test
  void expectationsAreSuggestedFromWhatIsThere() throws IOException {
    CommandLineAnswer suggested = inLake(shared, UCB, "suggest", "-x", "admissions");

    assertThat(suggested.exit()).isZero();
    assertThat(suggested.out())
        .contains(
            "{ expect = expect_column_values_to_be_in_set, column = gender, value_set = [\"Female\", \"Male\"], on_fail = quarantine }")
        .contains(
            "{ expect = expect_column_values_to_not_be_null, column = department, on_fail = quarantine }")
        .contains("{ metric = new_levels, column = department }");
    Path conf = changed("expectations = [", suggested.out().replaceFirst("(?s)\\n]\\ndrift.*", ""));
    assertThat(assay(conf, "check").err())
        .doesNotContain("unknown")
        .doesNotContain("is not one of");
    assertThat(inLake(shared, UCB, "suggest", "-x", "admission").exit()).isEqualTo(2);
  }

  @Test
  void aConditionThatFailsAsItRunsIsUnknownAndHoldsNoRow() throws IOException {
    Path conf =
        changed(
            "expectations = [",
            "expectations = [ { expect = expect_rows_to_satisfy, on_fail = quarantine, condition = \"department = 'A' OR CAST(raise_error('the disk is gone') AS boolean)\" }");

    CommandLineAnswer run = assay(conf, "run");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(assay(conf, "query", "SELECT 1 FROM quarantine.rows").exit()).isEqualTo(3);
    assertThat(assay(conf, "query", "SELECT 1 FROM silver.admissions").exit()).isEqualTo(3);
    CommandLineAnswer verdicts =
        assay(
            conf,
            "query",
            "--format",
            "csv",
            "SELECT DISTINCT verdict, cause FROM ops.expectation_results");
    assertThat(verdicts.out())
        .contains("unknown,The rows could not be labelled (")
        .doesNotContain("the disk is gone");
  }
}
