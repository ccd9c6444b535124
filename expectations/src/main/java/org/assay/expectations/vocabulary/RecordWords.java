package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.quoted;
import static org.assay.expectations.vocabulary.Argument.COLUMN_A;
import static org.assay.expectations.vocabulary.Argument.COLUMN_B;
import static org.assay.expectations.vocabulary.Argument.COLUMN_LIST;
import static org.assay.expectations.vocabulary.Argument.needed;
import static org.assay.expectations.vocabulary.Argument.optional;
import static org.assay.expectations.vocabulary.Word.ofRows;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assay.common.spark.Columns;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.RowLabel;
import org.assay.expectations.vocabulary.Arguments.IgnoreRowIf;

/** Words about several columns of one record. */
final class RecordWords {
  private static final Argument IGNORE_PAIR =
      optional(
          "ignore_row_if",
          "both_values_are_missing, either_value_is_missing or neither; both_values_are_missing");
  private static final Argument IGNORE_ROW =
      optional(
          "ignore_row_if",
          "all_values_are_missing, any_value_is_missing or never; all_values_are_missing");
  private static final String PAIR_NULLS =
      "A row where both are missing is not judged, one where only one is missing is wrong; ignore_row_if changes that.";
  private static final Pattern UNEXPECTED_ROWS =
      Pattern.compile("(?is)\\s*SELECT\\s.*?\\sFROM\\s+\\{batch}\\s+WHERE\\s+(.+?);?\\s*");

  private RecordWords() {}

  static List<Word> all() {
    return List.of(
        ofRows(
            "expect_column_pair_values_a_to_be_greater_than_b",
            "A is greater than B, or equal if or_equal.",
            PAIR_NULLS,
            List.of(
                COLUMN_A,
                COLUMN_B,
                optional("or_equal", "whether equal is right; false"),
                IGNORE_PAIR),
            "column_A = people, column_B = events, or_equal = true",
            RecordWords::greater),
        ofRows(
            "expect_column_pair_values_to_be_equal",
            "A and B are the same.",
            PAIR_NULLS,
            List.of(COLUMN_A, COLUMN_B, IGNORE_PAIR),
            "column_A = people, column_B = events",
            a -> {
              List<String> pair = pair(a);
              return a.about(
                  pair,
                  a.ignoring(pair, IgnoreRowIf.BOTH_VALUES_ARE_MISSING),
                  "%s <=> %s".formatted(quoted(pair.get(0)), quoted(pair.get(1))),
                  "%s and %s differ.".formatted(pair.get(0), pair.get(1)));
            }),
        ofRows(
            "expect_column_pair_values_to_be_in_set",
            "A and B together are one of a set of pairs; null stands for a missing value.",
            PAIR_NULLS,
            List.of(COLUMN_A, COLUMN_B, needed("value_pairs_set", "[ [a, b], … ]"), IGNORE_PAIR),
            "column_A = region, column_B = code, value_pairs_set = [[North, N], [South, S]]",
            RecordWords::pairInSet),
        ofRows(
            "expect_compound_columns_to_be_unique",
            "No other row of the delivery has the same values in these columns together.",
            "A row without any of the values is not judged; missing values are equal to each other.",
            List.of(COLUMN_LIST, IGNORE_ROW),
            "column_list = [region, code]",
            a -> {
              List<String> columns = a.columns();
              String applies = a.ignoring(columns, IgnoreRowIf.ALL_VALUES_ARE_MISSING);
              RowLabel label = new RowLabel.Unique(columns, a.among(applies));
              return a.about(
                  columns,
                  applies,
                  label.sql(),
                  "%s together stand in more than one row.".formatted(String.join(", ", columns)),
                  label);
            }),
        ofRows(
            "expect_select_column_values_to_be_unique_within_record",
            "No two of these columns have the same value.",
            "A missing value is the same as no other.",
            List.of(COLUMN_LIST, IGNORE_ROW),
            "column_list = [region, code]",
            a -> {
              List<String> columns = a.columns();
              String values =
                  columns.stream()
                      .map(c -> "CAST(%s AS string)".formatted(quoted(c)))
                      .collect(Collectors.joining(", ", "array_compact(array(", "))"));
              return a.about(
                  columns,
                  a.ignoring(columns, IgnoreRowIf.ALL_VALUES_ARE_MISSING),
                  "size(array_distinct(%s)) = size(%1$s)".formatted(values),
                  "Two of %s are the same.".formatted(String.join(", ", columns)));
            }),
        ofRows(
            "expect_multicolumn_sum_to_equal",
            "The values of these columns add up to a number.",
            "A row without any of the values is not judged; one with only some is wrong.",
            List.of(COLUMN_LIST, needed("sum_total", "the sum"), IGNORE_ROW),
            "column_list = [people, events], sum_total = 100",
            RecordWords::sum),
        ofRows(
            "expect_rows_to_satisfy",
            "A condition in Spark SQL holds; for what no other expectation says.",
            "A condition that is NULL is not met; write what a missing value means.",
            List.of(
                needed("condition", "the condition"),
                optional("column_list", "the columns it is about, for the steward")),
            "condition = \"events <= people OR people IS NULL\", column_list = [events, people]",
            a -> custom(a, "(%s\n)".formatted(a.condition("condition")), a.text("condition"))),
        ofRows(
            "unexpected_rows_expectation",
            "A query of Great Expectations, SELECT … FROM {batch} WHERE …, finds no row.",
            "A row for which the condition is NULL is not found, and so is right.",
            List.of(
                needed(
                    "unexpected_rows_query", "the query, with nothing after its WHERE condition"),
                optional("column_list", "the columns it is about, for the steward")),
            "unexpected_rows_query = \"SELECT * FROM {batch} WHERE events > people\"",
            RecordWords::unexpectedRows));
  }

  private static List<String> pair(Arguments a) {
    String first = a.column("column_A");
    String second = a.column("column_B");
    a.mustCompare(first, second);
    return List.of(first, second);
  }

  private static Expectation greater(Arguments a) {
    List<String> pair = pair(a);
    a.mustHaveOrder("column_A", pair.get(0));
    boolean orEqual = a.flag("or_equal", false);
    return a.about(
        pair,
        a.ignoring(pair, IgnoreRowIf.BOTH_VALUES_ARE_MISSING),
        "%s %s %s".formatted(quoted(pair.get(0)), orEqual ? ">=" : ">", quoted(pair.get(1))),
        (orEqual ? "%s is less than %s." : "%s is not greater than %s.")
            .formatted(pair.get(0), pair.get(1)));
  }

  private static Expectation pairInSet(Arguments a) {
    String first = a.column("column_A");
    String second = a.column("column_B");
    List<List<Optional<String>>> pairs =
        a.pairs("value_pairs_set", first, second).stream().filter(p -> p.size() == 2).toList();
    String meets =
        pairs.stream()
            .map(
                p ->
                    "(%s <=> %s AND %s <=> %s)"
                        .formatted(
                            quoted(first), literal(a, first, p.get(0)),
                            quoted(second), literal(a, second, p.get(1))))
            .collect(Collectors.joining(" OR "));
    return a.about(
        List.of(first, second),
        a.ignoring(List.of(first, second), IgnoreRowIf.BOTH_VALUES_ARE_MISSING),
        meets.isEmpty() ? "true" : meets,
        "%s and %s are not one of the pairs that are allowed.".formatted(first, second));
  }

  private static String literal(Arguments a, String column, Optional<String> value) {
    return value.map(v -> a.literal(column, v)).orElse("NULL");
  }

  private static Expectation sum(Arguments a) {
    List<String> columns = a.columns();
    columns.forEach(
        c -> a.mustBe("column_list", c, ColumnType.INT, ColumnType.BIGINT, ColumnType.DOUBLE));
    String total = a.text("sum_total");
    if (!total.isEmpty() && !ColumnType.DOUBLE.accepts(total)) {
      a.problem("sum_total", "\"%s\" is not a number.".formatted(total));
    }
    return a.about(
        columns,
        a.ignoring(columns, IgnoreRowIf.ALL_VALUES_ARE_MISSING),
        columns.stream().map(Columns::quoted).collect(Collectors.joining(" + "))
            + " = "
            + (ColumnType.DOUBLE.accepts(total) ? total : "0"),
        "%s do not add up to %s.".formatted(String.join(", ", columns), total));
  }

  private static Expectation unexpectedRows(Arguments a) {
    String query = a.text("unexpected_rows_query");
    Matcher where = UNEXPECTED_ROWS.matcher(query);
    if (!where.matches()) {
      a.problem(
          "unexpected_rows_query",
          "must be SELECT * FROM {batch} WHERE and a condition about one row.");
      return custom(a, "true", query);
    }
    String condition = a.checked("unexpected_rows_query", where.group(1));
    return custom(a, "NOT coalesce((%s\n), false)".formatted(condition), "NOT (" + condition + ")");
  }

  private static Expectation custom(Arguments a, String meets, String shown) {
    List<String> columns = a.has("column_list") ? a.declared("column_list") : List.of();
    return a.about(columns, "true", meets, "It does not hold that %s.".formatted(shown));
  }
}
