package org.assay.expectations.vocabulary;

import static org.assay.expectations.vocabulary.Argument.MAX;
import static org.assay.expectations.vocabulary.Argument.MIN;
import static org.assay.expectations.vocabulary.Argument.STRICT_MAX;
import static org.assay.expectations.vocabulary.Argument.STRICT_MIN;
import static org.assay.expectations.vocabulary.Argument.needed;
import static org.assay.expectations.vocabulary.Argument.optional;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assay.expectations.Bounds;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.Expectation.OfColumns;
import org.assay.expectations.Expectation.OfColumns.How;
import org.assay.expectations.Expectation.OfRowCount;
import org.assay.expectations.vocabulary.Word.About;

/** Words about the delivery as a table: its rows, and its columns as the file names them. */
final class TableWords {
  private static final String NO_VALUES = "Missing values do not matter.";
  private static final Argument VALUE = needed("value", "the number");

  private TableWords() {}

  static List<Word> all() {
    List<Argument> limits = List.of(MIN, MAX, STRICT_MIN, STRICT_MAX);
    return List.of(
        table(
            "expect_table_row_count_to_be_between",
            "The delivery has so many rows, held ones included.",
            limits,
            "min_value = 1000",
            a -> rows(a, a.bounds(ColumnType.BIGINT))),
        table(
            "expect_table_row_count_to_equal",
            "The delivery has exactly so many rows.",
            List.of(VALUE),
            "value = 42",
            a -> rows(a, Optional.of(Bounds.exactly(a.number("value"))))),
        table(
            "expect_table_column_count_to_be_between",
            "The file has so many columns.",
            limits,
            "min_value = 4, max_value = 9",
            a -> count(a, a.bounds(ColumnType.BIGINT))),
        table(
            "expect_table_column_count_to_equal",
            "The file has exactly so many columns.",
            List.of(VALUE),
            "value = 7",
            a -> count(a, Optional.of(Bounds.exactly(a.number("value"))))),
        table(
            "expect_table_columns_to_match_set",
            "The file has these columns, in any order; names are those of the source.",
            List.of(
                needed("column_set", "the columns"),
                optional("exact_match", "whether others are wrong; true")),
            "column_set = [Region, \"Number of people\"]",
            a ->
                columns(a, "column_set", a.flag("exact_match", true) ? How.SAME_SET : How.CONTAIN)),
        table(
            "expect_table_columns_to_match_ordered_list",
            "The file has these columns in this order; names are those of the source.",
            List.of(needed("column_list", "the columns")),
            "column_list = [Region, \"Number of people\"]",
            a -> columns(a, "column_list", How.SAME_ORDER)),
        table(
            "expect_column_to_exist",
            "The file has this column; its name is that of the source.",
            List.of(needed("column", "the column")),
            "column = \"Number of people\"",
            a -> new OfColumns(a.word(), List.of(a.text("column")), How.CONTAIN, ANY)));
  }

  private static final Bounds ANY = Bounds.atLeast(0);

  private static Word table(
      String name,
      String meaning,
      List<Argument> arguments,
      String example,
      Function<Arguments, Expectation> reader) {
    return new Word(name, About.TABLE, meaning, NO_VALUES, arguments, example, reader);
  }

  private static Expectation rows(Arguments a, Optional<Bounds> bounds) {
    return new OfRowCount(a.word(), bounds.orElse(ANY));
  }

  private static Expectation count(Arguments a, Optional<Bounds> bounds) {
    return new OfColumns(a.word(), List.of(), How.COUNT, bounds.orElse(ANY));
  }

  private static Expectation columns(Arguments a, String key, How how) {
    List<String> columns = a.texts(key);
    if (columns.isEmpty()) {
      a.problem(key, "must name the columns.");
    }
    return new OfColumns(a.word(), columns, how, ANY);
  }
}
