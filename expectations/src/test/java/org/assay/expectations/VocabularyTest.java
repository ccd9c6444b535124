package org.assay.expectations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assay.common.config.InvalidSettingsException;
import org.assay.common.config.Problem;
import org.assay.expectations.vocabulary.ExpectationPages;
import org.assay.expectations.vocabulary.Vocabulary;
import org.assay.expectations.vocabulary.Word;
import org.assay.expectations.vocabulary.Word.About;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be declared, what is refused, and what the reference says about it. */
class VocabularyTest {
  private static final Path PAGES = Path.of("..", "docs", "expectations");
  private static final Map<String, ColumnType> TYPES =
      Map.of(
          "region", ColumnType.STRING,
          "code", ColumnType.STRING,
          "record", ColumnType.STRING,
          "people", ColumnType.BIGINT,
          "events", ColumnType.BIGINT,
          "born", ColumnType.DATE,
          "died", ColumnType.DATE);

  static Stream<Word> words() {
    return Vocabulary.words().stream();
  }

  @ParameterizedTest
  @MethodSource("words")
  void itsExampleCanBeDeclaredAndSaysSomething(Word word) {
    String onFail = word.about() == About.ROWS ? "quarantine" : "refuse";

    Rule rule =
        Suites.of(
                TYPES,
                "expectations = [ { expect = %s, %s, on_fail = %s, notes = \"Ask.\" } ]"
                    .formatted(word.name(), word.example(), onFail))
            .rules()
            .get(0);

    assertThat(rule.expectation().type()).isEqualTo(word.name());
    assertThat(rule.expectation().complaint()).endsWith(".").doesNotContain("%");
    assertThat(rule.notes()).contains("Ask.");
    assertThat(rule.expectation() instanceof Expectation.OfRow)
        .isEqualTo(word.about() == About.ROWS);
  }

  /** Run with -Dassay.docs=write to write the pages again. */
  @Test
  void theReferenceSaysWhatCanBeDeclared() throws IOException {
    if ("write".equals(System.getProperty("assay.docs"))) {
      Files.createDirectories(PAGES);
      for (Map.Entry<String, String> page : ExpectationPages.markdown().entrySet()) {
        Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
      }
    }

    Map<String, String> written = new TreeMap<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      for (Path file : files.toList()) {
        written.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(written).isEqualTo(ExpectationPages.markdown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expect_column_values_to_be_in_sett, column = region | is not one of
          expect_column_values_to_be_in_set, column = regoin, value_set = [a] | Did you mean region?
          expect_column_values_to_be_in_set, column = people, value_set = [many] | "many" is not a bigint
          expect_column_values_to_be_in_set, column = region, value_set = [] | value_set is empty
          expect_column_values_to_be_in_set, column = region, value_set_from { extract = board, column = code } | Did you mean boards?
          expect_column_values_to_be_in_set, column = region, value_set_from { extract = boards, column = cod } | Did you mean code?
          expect_column_values_to_be_between, column = region, min_value = 1 | strings have no order here
          expect_column_values_to_be_between, column = people | min_value or max_value is needed
          expect_column_values_to_be_between, column = born, min_value = soon | "soon" is not a date
          expect_column_value_lengths_to_equal, column = people, value = 1 | declared as bigint
          expect_column_values_to_match_regex, column = region, regex = "(" | is no regular expression
          expect_column_values_to_be_of_type, column = region, type_ = number | "number" is not one of
          expect_column_pair_values_to_be_equal, column_A = people, column_B = born | only equal types compare
          expect_column_pair_values_to_be_in_set, column_A = region, column_B = code, value_pairs_set = [[a]] | must be a list of pairs
          expect_compound_columns_to_be_unique, column_list = [region] | must name two or more columns
          expect_column_values_to_be_ethnic_category, column = code | is missing
          expect_column_dates_to_be_in_order, column_list = [region] | declared as string
          expect_rows_to_satisfy, condition = "people > (SELECT 1)" | must be a condition about one row
          expect_rows_to_satisfy, condition = "born < current_date()" | asks the clock
          unexpected_rows_expectation, unexpected_rows_query = "SELECT 1" | must be SELECT * FROM {batch} WHERE
          expect_column_values_to_not_be_null, column = region, row_condition = "a", condition_parser = pandas | is not spark
          expect_column_values_to_not_be_null, column = region, mostly = 2 | mostly must be above 0
          expect_column_values_to_not_be_null, column = region, warn_at = 0 | warn_at is a share
          expect_rows_to_satisfy, condition = "people > 0", column_list = [peple] | is not one of
          expect_rows_to_satisfy, condition = "people > 0 ORDER BY people" | cannot be read as a condition
          expect_column_values_to_be_in_type_list, column = region | type_list is empty
          expect_column_values_to_be_between, column = people, min_value = 9, max_value = 1 | nothing lies between min_value 9 and max_value 1
          expect_column_mean_to_be_between, column = region, min_value = 1 | declared as string
          expect_column_mean_to_be_between, column = people, min_value = 1, mostly = 0.5 | unknown key
          expect_column_quantile_values_to_be_between, column = people, quantile_ranges { quantiles = [1.5], value_ranges = [[1, 2]] } | is not a quantile
          """)
  void whatIsWrongIsToldWithItsLine(String declared, String told) {
    String onFail =
        declared.contains("_mean_") || declared.contains("_quantile_") ? "warn" : "quarantine";

    assertThatThrownBy(
            () ->
                Suites.of(
                    TYPES,
                    "expectations = [\n{ expect = %s, on_fail = %s }\n]"
                        .formatted(declared, onFail)))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> {
              assertThat(e.problems().stream().map(Problem::sentence).collect(Collectors.joining()))
                  .contains(told);
              assertThat(e.problems()).allMatch(problem -> problem.line() == 3);
            });
  }

  @Test
  void wholeTablesCannotBeHeld() {
    assertThatThrownBy(
            () ->
                Suites.of(
                    TYPES,
                    "expectations = [ { expect = expect_column_mean_to_be_between, column = people, min_value = 1, on_fail = quarantine } ]"))
        .hasMessageContaining("is about the whole delivery; use on_fail = refuse or warn");
  }

  @Test
  void twoRulesNeedTwoIds() {
    assertThatThrownBy(
            () ->
                Suites.of(
                    TYPES,
                    """
                    expectations = [
                      { expect = expect_column_values_to_not_be_null, column = region, on_fail = warn }
                      { expect = expect_column_values_to_not_be_null, column = region, on_fail = refuse }
                    ]
                    """))
        .hasMessageContaining("is declared twice; give one of them an id.");
  }

  @Test
  void aSuiteOfGreatExpectationsIsReadAsItIs(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("suite.json"),
        """
        {
          "name": "admissions",
          "meta": { "great_expectations_version": "1.5.0" },
          "expectations": [
            {
              "type": "expect_column_values_to_not_be_null",
              "kwargs": { "column": "region", "mostly": 0.99 },
              "id": "0f3c",
              "meta": { "notes": { "format": "markdown", "content": ["Every row", "has one."] } }
            },
            {
              "expectation_type": "expect_column_values_to_be_between",
              "kwargs": { "column": "people", "min_value": 0, "max_value": null, "result_format": "SUMMARY" },
              "meta": {}
            },
            {
              "type": "expect_column_kl_divergence_to_be_less_than",
              "kwargs": { "column": "people", "threshold": 0.1 }
            },
            { "type": "expect_table_row_count_to_equal", "kwargs": { "value": 3 } },
            {
              "type": "expect_table_row_count_to_be_between",
              "kwargs": { "min_value": 9, "row_condition": "people > 1", "condition_parser": "spark" }
            }
          ]
        }
        """);

    ExpectationSuite suite =
        Suites.read(folder, TYPES, Map.of(), "expectation_suite = \"suite.json\"");

    assertThat(suite.rules())
        .extracting(Rule::id)
        .containsExactly(
            "0f3c", "expect_column_values_to_be_between.people", "expect_table_row_count_to_equal");
    assertThat(suite.rules().get(0).notes()).contains("Every row has one.");
    assertThat(suite.rules().get(0).shares().mostly()).isEqualTo(0.99);
    assertThat(suite.rules()).allMatch(rule -> rule.onFail() == Rule.OnFail.WARN);
    assertThat(suite.unsupported())
        .containsExactly(
            "suite.json line 16: expect_column_kl_divergence_to_be_less_than is not supported, so it is"
                + " not checked.",
            "suite.json line 21: expect_table_row_count_to_be_between with a row_condition is not"
                + " supported, so it is not checked.");
  }

  @Test
  void anArgumentOfASuiteThatNobodyKnowsIsAProblem(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("suite.json"),
        """
        { "expectations": [
          { "type": "expect_column_values_to_be_in_set", "kwargs": { "column": "region", "valueset": ["a"], "value_set": ["a"] } }
        ] }
        """);

    assertThatThrownBy(
            () -> Suites.read(folder, TYPES, Map.of(), "expectation_suite = \"suite.json\""))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .satisfies(
                        problem -> {
                          assertThat(problem.file()).isEqualTo("suite.json");
                          assertThat(problem.sentence()).contains("Did you mean value_set?");
                        }));
  }

  @Test
  void aChangedThresholdKeepsItsIdAndChangesItsFingerprint() {
    Rule before =
        Suites.rule(TYPES, "expect_column_values_to_be_between", "column = people, min_value = 0");
    Rule after =
        Suites.rule(TYPES, "expect_column_values_to_be_between", "column = people, min_value = 1");

    assertThat(after.id())
        .isEqualTo(before.id())
        .isEqualTo("expect_column_values_to_be_between.people");
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(List.of(before.fingerprint(), after.fingerprint())).allMatch(f -> f.length() == 16);
  }
}
