package org.assay.expectations;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each expectation about rows says of each row, missing values above all. A line of a table is
 * an expectation, its arguments, and what is expected of each row: . where it is met, x where it is
 * not, - where the row is not judged.
 */
@ExtendWith(SharedSpark.class)
class RowWordsTest {
  private static final Map<String, ColumnType> TYPES =
      Map.of(
          "code", ColumnType.STRING,
          "other", ColumnType.STRING,
          "a", ColumnType.BIGINT,
          "b", ColumnType.BIGINT,
          "x", ColumnType.DOUBLE,
          "born", ColumnType.DATE,
          "died", ColumnType.DATE);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "_row INT, _extract_date DATE, code STRING, other STRING, a BIGINT, b BIGINT, x DOUBLE,"
              + " born DATE, died DATE");

  private final SparkSession spark;

  RowWordsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Six rows, the fourth without any value. */
  private Dataset<Row> six() {
    return frame(
        row("North", "N", 1L, 1L, 0.5, "1950-01-01", "2020-01-01"),
        row("South", "S", 2L, 1L, 1.5, "1960-01-01", null),
        row("it's \\ %", "S", 10L, 20L, 2.5, "1970-01-01", "1969-12-31"),
        row(null, null, null, null, null, null, null),
        row("North", "North", 5L, null, -0.5, null, "2030-01-01"),
        row(" 12", "", null, 7L, 99.0, "2026-11-24", null));
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private Dataset<Row> frame(Object[]... rows) {
    List<Row> all = new ArrayList<>();
    for (Object[] row : rows) {
      Object[] whole = new Object[row.length + 2];
      whole[0] = all.size();
      whole[1] = LocalDate.parse("2026-11-23");
      for (int i = 0; i < row.length; i++) {
        boolean isDate = i >= 5 && row[i] != null;
        whole[i + 2] = isDate ? LocalDate.parse((String) row[i]) : row[i];
      }
      all.add(RowFactory.create(whole));
    }
    return spark.createDataFrame(all, SCHEMA).coalesce(1);
  }

  /** Judges all rows by all rules in one pass; the sign of each row by rule. */
  private List<String> signs(Dataset<Row> rows, List<Rule> rules) {
    Dataset<Row> boards =
        spark.createDataFrame(
            List.of(RowFactory.create("North"), RowFactory.create((Object) null)),
            StructType.fromDDL("code STRING"));
    RowLabels labels =
        new RowLabels(
            new RowLabels.Surroundings(
                lit(1), col("_row"), "true", known -> boards, name -> col(name)));
    Dataset<Row> labelled =
        labels.label(rows, new ExpectationSuite(rules, TYPES, List.of()).labels());
    Column[] signs =
        rules.stream()
            .map(rule -> (Expectation.OfRow) rule.expectation())
            .map(
                ofRow ->
                    expr(
                        "CASE WHEN NOT (%s) THEN '-' WHEN %s THEN '.' ELSE 'x' END"
                            .formatted(ofRow.applies(), ofRow.meets())))
            .toArray(Column[]::new);
    StringBuilder[] byRule = new StringBuilder[rules.size()];
    for (Row row : labelled.orderBy("_row").select(signs).collectAsList()) {
      for (int i = 0; i < byRule.length; i++) {
        byRule[i] = byRule[i] == null ? new StringBuilder() : byRule[i];
        byRule[i].append(row.getString(i));
      }
    }
    return Arrays.stream(byRule).map(StringBuilder::toString).toList();
  }

  private void check(Dataset<Row> rows, String table) {
    List<String> lines = table.lines().filter(line -> !line.isBlank()).toList();
    List<Rule> rules = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split("\\s+\\|\\s+");
      rules.add(Suites.rule(TYPES, parts[0].strip(), parts[1] + ", id = \"" + rules.size() + "\""));
      expected.add(parts[2].strip());
    }
    List<String> signs = signs(rows, rules);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(signs.get(i)).as(lines.get(i)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void valuesOfOneColumn() {
    check(
        six(),
        """
        expect_column_values_to_not_be_null    | column = code                                              | ...x..
        expect_column_values_to_be_null        | column = code                                              | xxx.xx
        expect_column_values_to_be_in_set      | column = code, value_set = [North, "it's \\\\ %"]            | .x.-.x
        expect_column_values_to_be_in_set      | column = a, value_set = ["1", "02"]                        | ..x-x-
        expect_column_values_to_be_in_set      | column = code, value_set_from { extract = boards, column = code } | .xx-.x
        expect_column_values_to_not_be_in_set  | column = code, value_set = [North]                         | x..-x.
        expect_column_values_to_be_between     | column = a, min_value = 2, max_value = 10                  | x..-.-
        expect_column_values_to_be_between     | column = a, min_value = 2, strict_min = true               | xx.-.-
        expect_column_values_to_be_between     | column = a, max_value = 10, strict_max = true              | ..x-.-
        expect_column_values_to_be_between     | column = x, min_value = 0.5, max_value = 2.5               | ...-xx
        expect_column_values_to_be_between     | column = born, min_value = "1960-01-01"                    | x..--.
        expect_column_values_to_be_increasing  | column = a                                                 | ...-x-
        expect_column_values_to_be_decreasing  | column = a                                                 | .xx-.-
        expect_column_values_to_be_increasing  | column = b                                                 | ...--x
        expect_column_values_to_be_increasing  | column = b, strictly = true                                | .x.--x
        expect_column_values_to_be_unique      | column = code                                              | x..-x.
        expect_column_values_to_be_unique      | column = code, row_condition = "a < 5"                     | ..----
        expect_column_values_to_be_in_set      | column = code, value_set = [South], row_condition = "b = 1" | x.----
        """);
  }

  @Test
  void theFormOfTexts() {
    check(
        six(),
        """
        expect_column_value_lengths_to_be_between     | column = code, min_value = 5, max_value = 7   | ..x-.x
        expect_column_value_lengths_to_equal          | column = code, value = 3                      | xxx-x.
        expect_column_values_to_match_regex           | column = code, regex = "th$"                  | ..x-.x
        expect_column_values_to_match_regex           | column = code, regex = "it's \\\\\\\\ %"          | xx.-xx
        expect_column_values_to_not_match_regex       | column = code, regex = "^\\\\s"                 | ...-.x
        expect_column_values_to_match_regex_list      | column = code, regex_list = ["^N", "^S"]      | ..x-.x
        expect_column_values_to_match_regex_list      | column = code, regex_list = ["o", "^S"], match_on = all | x.x-xx
        expect_column_values_to_not_match_regex_list  | column = code, regex_list = ["^N", "^S"]      | xx.-x.
        expect_column_values_to_be_of_type            | column = other, type_ = string                | ...-..
        expect_column_values_to_be_of_type            | column = code, type_ = IntegerType            | xxx-xx
        """);
  }

  @Test
  void typesAreReadStrictly() {
    check(
        frame(
            row("12", "", null, null, null, null, null),
            row("3000000000", "", null, null, null, null, null),
            row("1.5e3", "", null, null, null, null, null),
            row("2026-02-30", "", null, null, null, null, null),
            row("2026-02-28", "", null, null, null, null, null),
            row("TRUE", "", null, null, null, null, null)),
        """
        expect_column_values_to_be_of_type       | column = code, type_ = int                  | .xxxxx
        expect_column_values_to_be_of_type       | column = code, type_ = bigint               | ..xxxx
        expect_column_values_to_be_of_type       | column = code, type_ = double               | ...xxx
        expect_column_values_to_be_of_type       | column = code, type_ = date                 | xxxx.x
        expect_column_values_to_be_of_type       | column = code, type_ = boolean              | xxxxx.
        expect_column_values_to_be_in_type_list  | column = code, type_list = [boolean, int]   | .xxxx.
        """);
  }

  @Test
  void severalColumnsOfOneRecord() {
    check(
        six(),
        """
        expect_column_pair_values_a_to_be_greater_than_b | column_A = a, column_B = b                                        | x.x-xx
        expect_column_pair_values_a_to_be_greater_than_b | column_A = a, column_B = b, or_equal = true                       | ..x-xx
        expect_column_pair_values_a_to_be_greater_than_b | column_A = a, column_B = b, ignore_row_if = either_value_is_missing | x.x---
        expect_column_pair_values_a_to_be_greater_than_b | column_A = a, column_B = b, ignore_row_if = neither               | x.xxxx
        expect_column_pair_values_to_be_equal            | column_A = code, column_B = other                                 | xxx-.x
        expect_column_pair_values_to_be_equal            | column_A = code, column_B = other, ignore_row_if = neither        | xxx..x
        expect_column_pair_values_to_be_in_set           | column_A = code, column_B = other, value_pairs_set = [[North, N], [South, S]] | ..x-xx
        expect_column_pair_values_to_be_in_set           | column_A = a, column_B = b, value_pairs_set = [[5, null], [1, 1]] | .xx-.x
        expect_compound_columns_to_be_unique             | column_list = [code, other]                                       | ...-..
        expect_compound_columns_to_be_unique             | column_list = [code, born], row_condition = "code = 'North'"      | .---.-
        expect_select_column_values_to_be_unique_within_record | column_list = [code, other]                                 | ...-x.
        expect_select_column_values_to_be_unique_within_record | column_list = [a, b]                                        | x..-..
        expect_multicolumn_sum_to_equal                  | column_list = [a, b], sum_total = 30                              | xx.-xx
        expect_rows_to_satisfy                           | condition = "a > b OR b IS NULL"                                  | x.x..x
        unexpected_rows_expectation                      | unexpected_rows_query = "SELECT * FROM {batch} WHERE a < b"       | ..x...
        """);
  }

  @Test
  void equalPairsAreUniqueOnlyTogether() {
    check(
        frame(
            row("North", "N", null, null, null, null, null),
            row("North", "N", null, null, null, null, null),
            row("North", "S", null, null, null, null, null),
            row("North", null, null, null, null, null, null),
            row("North", null, null, null, null, null, null)),
        """
        expect_compound_columns_to_be_unique | column_list = [code, other]                                       | xx.xx
        expect_compound_columns_to_be_unique | column_list = [code, other], ignore_row_if = any_value_is_missing | xx.--
        """);
  }

  @Test
  void anNhsNumberHasTenDigitsOfWhichTheLastChecks() {
    check(
        frame(
            row("9434765919", "", null, null, null, null, null), // the data dictionary's example
            row("943 476 5919", "", null, null, null, null, null),
            row("943-476-5918", "", null, null, null, null, null), // another check digit
            row("9434765870", "", null, null, null, null, null), // its check digit counts as 0
            row("0000000000", "", null, null, null, null, null),
            row("9990000018", "", null, null, null, null, null), // of a test patient
            row("943476591", "", null, null, null, null, null),
            row("ABC4765919", "", null, null, null, null, null),
            row("0123456789", "", null, null, null, null, null), // begins with zero
            row(null, "", null, null, null, null, null)),
        """
        expect_column_values_to_be_valid_nhs_number | column = code                    | ..x.xxxx.-
        expect_column_values_to_be_valid_nhs_number | column = code, allow_test = true | ..x.x.xx.-
        """);
  }

  @Test
  void chineseIsWhereTheCensusPutsIt() {
    check(
        frame(
            row("A", "White", null, null, null, null, null),
            row("R", "Asian", null, null, null, null, null),
            row("R", "Other", null, null, null, null, null),
            row("Z", "Not stated", null, null, null, null, null),
            row("99", "White", null, null, null, null, null),
            row("Q", "Other", null, null, null, null, null),
            row(null, "Other", null, null, null, null, null)),
        """
        expect_column_values_to_be_ethnic_category | column = code, version = census_2011                     | .....x-
        expect_column_values_to_be_ethnic_category | column = code, version = census_2001, not_known = false  | ....xx-
        expect_column_pair_values_to_be_ethnic_category_and_group | column_A = code, column_B = other, version = census_2011 | ..x.-x-
        expect_column_pair_values_to_be_ethnic_category_and_group | column_A = code, column_B = other, version = census_2001 | .x..-x-
        expect_column_pair_values_to_be_ethnic_category_and_group | column_A = code, column_B = other, version = census_2001, labels { asian = "Other" } | .x..-x-
        """);
  }

  @Test
  void codesOfPlacesHaveTheirShape() {
    check(
        frame(
            row("A81001", "E01000001", null, null, null, null, null),
            row("RX1", "W01001896", null, null, null, null, null),
            row("RX1RA", "E1000001", null, null, null, null, null),
            row("QWO", "e01000001", null, null, null, null, null),
            row("a81001", null, null, null, null, null, null)),
        """
        expect_column_values_to_be_ods_code  | column = code                   | ....x
        expect_column_values_to_be_ods_code  | column = code, kind = practice  | .xxxx
        expect_column_values_to_be_ods_code  | column = code, kind = trust     | x.xxx
        expect_column_values_to_be_ods_code  | column = code, kind = site      | xx.xx
        expect_column_values_to_be_ods_code  | column = code, kind = icb       | xxx.x
        expect_column_values_to_be_lsoa_code | column = other                  | ..xx-
        expect_column_values_to_be_lsoa_code | column = other, nation = wales  | x.xx-
        """);
  }

  @Test
  void datesAreInOrderUpToTheExtract() {
    check(
        six(),
        """
        expect_column_dates_to_be_in_order | column_list = [born, died]                              | ..x.xx
        expect_column_dates_to_be_in_order | column_list = [born, died], until_extract_date = false  | ..x...
        expect_column_dates_to_be_in_order | column_list = [born]                                    | .....x
        """);
  }
}
