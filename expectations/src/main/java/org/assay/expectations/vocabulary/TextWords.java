package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.literal;
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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assay.expectations.Bounds;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;

/** Words about the form of texts. */
final class TextWords {
  private static final Map<String, ColumnType> TYPES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (ColumnType type : ColumnType.values()) {
      TYPES.put(type.sql(), type);
    }
    TYPES.putAll(
        Map.of(
            "StringType", ColumnType.STRING,
            "str", ColumnType.STRING,
            "IntegerType", ColumnType.INT,
            "LongType", ColumnType.BIGINT,
            "DoubleType", ColumnType.DOUBLE,
            "FloatType", ColumnType.DOUBLE,
            "float", ColumnType.DOUBLE,
            "BooleanType", ColumnType.BOOLEAN,
            "bool", ColumnType.BOOLEAN,
            "DateType", ColumnType.DATE));
  }

  private TextWords() {}

  static List<Word> all() {
    Argument regex = needed("regex", "a regular expression of Java; it may match a part");
    Argument regexes = needed("regex_list", "regular expressions of Java");
    return List.of(
        ofRows(
            "expect_column_value_lengths_to_be_between",
            "The text has so many characters.",
            NOT_JUDGED,
            List.of(COLUMN, MIN, MAX, STRICT_MIN, STRICT_MAX),
            "column = region, min_value = 3, max_value = 30",
            a -> lengths(a, a.bounds(ColumnType.BIGINT))),
        ofRows(
            "expect_column_value_lengths_to_equal",
            "The text has exactly so many characters.",
            NOT_JUDGED,
            List.of(COLUMN, needed("value", "the number of characters")),
            "column = region, value = 5",
            a -> lengths(a, Optional.of(Bounds.exactly(a.number("value"))))),
        ofRows(
            "expect_column_values_to_match_regex",
            "The text matches a regular expression.",
            NOT_JUDGED,
            List.of(COLUMN, regex),
            "column = region, regex = \"^[A-Z]\"",
            a -> matches(a, List.of(a.regex("regex")), true, " OR ")),
        ofRows(
            "expect_column_values_to_not_match_regex",
            "The text does not match a regular expression.",
            NOT_JUDGED,
            List.of(COLUMN, regex),
            "column = region, regex = \"\\\\s$\"",
            a -> matches(a, List.of(a.regex("regex")), false, " AND ")),
        ofRows(
            "expect_column_values_to_match_regex_list",
            "The text matches one, or all, of several regular expressions.",
            NOT_JUDGED,
            List.of(COLUMN, regexes, optional("match_on", "any or all; any")),
            "column = region, regex_list = [\"^N\", \"^S\"]",
            a ->
                matches(
                    a,
                    a.regexes("regex_list"),
                    true,
                    a.choice("match_on", MatchOn.class, MatchOn.ANY) == MatchOn.ANY
                        ? " OR "
                        : " AND ")),
        ofRows(
            "expect_column_values_to_not_match_regex_list",
            "The text matches none of several regular expressions.",
            NOT_JUDGED,
            List.of(COLUMN, regexes),
            "column = region, regex_list = [\"(?i)test\", \"(?i)dummy\"]",
            a -> matches(a, a.regexes("regex_list"), false, " AND ")),
        ofRows(
            "expect_column_values_to_be_of_type",
            "The text is wholly a value of a type.",
            NOT_JUDGED,
            List.of(COLUMN, needed("type_", "one of " + names() + ", or Spark's name of it")),
            "column = region, type_ = string",
            a -> ofTypes(a, "type_", List.of(a.text("type_")))),
        ofRows(
            "expect_column_values_to_be_in_type_list",
            "The text is wholly a value of one of several types.",
            NOT_JUDGED,
            List.of(COLUMN, needed("type_list", "each one of " + names())),
            "column = code, type_list = [bigint, date]",
            a -> ofTypes(a, "type_list", a.texts("type_list"))));
  }

  /** What several regular expressions do together. */
  private enum MatchOn {
    ANY,
    ALL
  }

  private static Expectation lengths(Arguments a, Optional<Bounds> bounds) {
    String column = a.column();
    a.mustBe("column", column, ColumnType.STRING);
    String length = "char_length(%s)".formatted(quoted(column));
    String low = bounds.flatMap(Bounds::min).map(l -> compare(length, l, ">")).orElse("true");
    String high = bounds.flatMap(Bounds::max).map(l -> compare(length, l, "<")).orElse("true");
    return a.about(
        column,
        low + " AND " + high,
        "The number of characters of %s is not %s."
            .formatted(column, bounds.map(Bounds::sentence).orElse("within limits")));
  }

  private static String compare(String length, Bounds.Limit limit, String sign) {
    return "%s %s%s %s".formatted(length, sign, limit.strict() ? "" : "=", limit.value());
  }

  private static Expectation matches(
      Arguments a, List<String> regexes, boolean shall, String joint) {
    String column = a.column();
    a.mustBe("column", column, ColumnType.STRING);
    String meets =
        regexes.stream()
            .map(r -> "%s(%s RLIKE %s)".formatted(shall ? "" : "NOT ", quoted(column), literal(r)))
            .collect(Collectors.joining(joint));
    return a.about(
        column,
        meets,
        "%s %s %s."
            .formatted(
                column,
                shall ? "does not match" : "matches",
                String.join(joint.strip().equals("OR") ? " or " : " and ", regexes)));
  }

  private static Expectation ofTypes(Arguments a, String key, List<String> names) {
    String column = a.column();
    if (names.isEmpty()) {
      a.problem(key, key + " is empty, so no value could be right.");
    }
    ColumnType declared = a.type(column);
    boolean isSo =
        declared != ColumnType.STRING
            && names.stream().map(TYPES::get).anyMatch(type -> holds(declared, type));
    if (!isSo) {
      a.mustBe("column", column, ColumnType.STRING);
    }
    names.stream()
        .filter(name -> !TYPES.containsKey(name))
        .forEach(name -> a.problem(key, "\"%s\" is not one of %s.".formatted(name, names())));
    return a.about(
        column,
        isSo || names.isEmpty()
            ? "true"
            : names.stream()
                .map(name -> isA(quoted(column), TYPES.getOrDefault(name, ColumnType.STRING)))
                .collect(Collectors.joining(" OR ")),
        "%s is not of type %s.".formatted(column, String.join(" or ", names)));
  }

  /** Whether every value of a declared type is one of the other. */
  private static boolean holds(ColumnType declared, ColumnType other) {
    return declared == other || declared == ColumnType.INT && other == ColumnType.BIGINT;
  }

  private static String isA(String text, ColumnType type) {
    return switch (type) {
      case STRING -> "true";
      case INT, BIGINT ->
          "(%s RLIKE '^[+-]?[0-9]+$' AND CAST(%1$s AS %s) IS NOT NULL)".formatted(text, type.sql());
      case DOUBLE ->
          "(%s RLIKE '^[+-]?([0-9]+(\\\\.[0-9]*)?|\\\\.[0-9]+)([eE][+-]?[0-9]+)?$')"
              .formatted(text);
      case BOOLEAN -> "(lower(%s) IN ('true', 'false'))".formatted(text);
      case DATE ->
          "(%s RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND CAST(%1$s AS date) IS NOT NULL)"
              .formatted(text);
    };
  }

  private static String names() {
    return Arrays.stream(ColumnType.values())
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
