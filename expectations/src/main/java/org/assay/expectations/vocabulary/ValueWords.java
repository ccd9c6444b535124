package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.quoted;
import static org.assay.expectations.vocabulary.Argument.COLUMN;
import static org.assay.expectations.vocabulary.Argument.MAX;
import static org.assay.expectations.vocabulary.Argument.MIN;
import static org.assay.expectations.vocabulary.Argument.STRICT_MAX;
import static org.assay.expectations.vocabulary.Argument.STRICT_MIN;
import static org.assay.expectations.vocabulary.Argument.needed;
import static org.assay.expectations.vocabulary.Argument.optional;
import static org.assay.expectations.vocabulary.Word.NOT_JUDGED;
import static org.assay.expectations.vocabulary.Word.ofRows;

import java.util.List;
import java.util.Optional;
import org.assay.expectations.Bounds;
import org.assay.expectations.Expectation;
import org.assay.expectations.RowLabel;

/** Words about the values of one column. */
final class ValueWords {
  private static final Argument VALUE_SET = needed("value_set", "the values");

  private ValueWords() {}

  static List<Word> all() {
    return List.of(
        ofRows(
            "expect_column_values_to_not_be_null",
            "The value is there.",
            "A missing value is what it finds.",
            List.of(COLUMN),
            "column = region",
            a -> {
              String column = a.column();
              String there = quoted(column) + " IS NOT NULL";
              return a.about(List.of(column), "true", there, column + " is empty.");
            }),
        ofRows(
            "expect_column_values_to_be_null",
            "There is no value.",
            "A missing value is what is expected.",
            List.of(COLUMN),
            "column = died",
            a -> {
              String column = a.column();
              String missing = quoted(column) + " IS NULL";
              return a.about(List.of(column), "true", missing, column + " is not empty.");
            }),
        ofRows(
            "expect_column_values_to_be_in_set",
            "The value is one of a set, which is written out or is a column of another extract.",
            NOT_JUDGED,
            List.of(
                COLUMN,
                optional("value_set", "the values; or else value_set_from"),
                optional(
                    "value_set_from",
                    "{ extract, column }: the set is what that extract's current state has")),
            "column = region, value_set = [North, South]",
            ValueWords::inSet),
        ofRows(
            "expect_column_values_to_not_be_in_set",
            "The value is none of a set.",
            NOT_JUDGED,
            List.of(COLUMN, VALUE_SET),
            "column = region, value_set = [Test, Dummy]",
            a -> {
              String column = a.column();
              List<String> values = a.values("value_set", column);
              return a.about(
                  column,
                  "%s NOT IN (%s)".formatted(quoted(column), a.literals(column, values)),
                  "%s is one of %s.".formatted(column, String.join(", ", values)));
            }),
        ofRows(
            "expect_column_values_to_be_between",
            "The value lies within limits, which are included unless they are strict; numbers and"
                + " dates have an order, texts have none.",
            NOT_JUDGED,
            List.of(COLUMN, MIN, MAX, STRICT_MIN, STRICT_MAX),
            "column = people, min_value = 0, max_value = 100000",
            ValueWords::between),
        ofRows(
            "expect_column_values_to_be_increasing",
            "No value is less than the last value before it, in the order of the file.",
            "A missing value is not judged, and the next is compared with the last there was.",
            List.of(COLUMN, optional("strictly", "whether an equal value is wrong too; false")),
            "column = people",
            a -> ordered(a, ">", "less than", "not more than")),
        ofRows(
            "expect_column_values_to_be_decreasing",
            "No value is more than the last value before it, in the order of the file.",
            "A missing value is not judged, and the next is compared with the last there was.",
            List.of(COLUMN, optional("strictly", "whether an equal value is wrong too; false")),
            "column = people",
            a -> ordered(a, "<", "more than", "not less than")),
        ofRows(
            "expect_column_values_to_be_unique",
            "No other row of the delivery has the same value; all rows that share one are wrong.",
            "A missing value is the same as no other.",
            List.of(COLUMN),
            "column = record",
            a -> {
              String column = a.column();
              List<String> columns = List.of(column);
              RowLabel label = new RowLabel.Unique(columns, a.among(Arguments.there(columns)));
              return a.about(column, label.sql(), column + " stands in more than one row.", label);
            }));
  }

  private static Expectation inSet(Arguments a) {
    String column = a.column();
    Optional<RowLabel.Known> known = a.reference(column);
    if (known.isPresent()) {
      RowLabel.Known set = known.get();
      if (a.has("value_set")) {
        a.problem("value_set", "stands beside value_set_from; give one of them.");
      }
      return a.about(
          column,
          set.sql(),
          "%s is not one of %s.%s.".formatted(column, set.extract(), set.from()),
          set);
    }
    List<String> values = a.values("value_set", column);
    return a.about(
        column,
        "%s IN (%s)".formatted(quoted(column), a.literals(column, values)),
        "%s is not one of %s.".formatted(column, String.join(", ", values)));
  }

  private static Expectation between(Arguments a) {
    String column = a.column();
    Optional<Bounds> bounds = a.bounds(column);
    String low = bounds.flatMap(Bounds::min).map(l -> compare(a, column, l, ">")).orElse("true");
    String high = bounds.flatMap(Bounds::max).map(l -> compare(a, column, l, "<")).orElse("true");
    return a.about(
        column,
        "%s AND %s".formatted(low, high),
        "%s is not %s.".formatted(column, bounds.map(Bounds::sentence).orElse("within limits")));
  }

  private static String compare(Arguments a, String column, Bounds.Limit limit, String sign) {
    return "%s %s%s %s"
        .formatted(
            quoted(column), sign, limit.strict() ? "" : "=", a.literal(column, limit.shown()));
  }

  private static Expectation ordered(Arguments a, String sign, String worse, String notBetter) {
    String column = a.column();
    a.mustHaveOrder("column", column);
    boolean strictly = a.flag("strictly", false);
    RowLabel before = new RowLabel.Previous(column, a.among(Arguments.there(List.of(column))));
    return a.about(
        column,
        "%s IS NULL OR %s %s%s %1$s"
            .formatted(before.sql(), quoted(column), sign, strictly ? "" : "="),
        "%s is %s the value before it.".formatted(column, strictly ? notBetter : worse),
        before);
  }
}
