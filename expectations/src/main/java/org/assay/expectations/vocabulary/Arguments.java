package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.quoted;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.assay.common.config.Section;
import org.assay.expectations.Bounds;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation.OfRow;
import org.assay.expectations.RowLabel;

/**
 * The arguments of one declared expectation, read by what they mean. What is wrong is recorded with
 * file and line, and something neutral returned, so that the rest is read too.
 */
public final class Arguments {
  private final String word;
  private final Section section;
  private final RowConditions conditions;
  private final Limits limits;
  private final Map<String, ColumnType> types;
  private final Map<String, List<String>> extracts;

  /**
   * @param word the expectation's name
   * @param types declared type by column
   * @param extracts the columns of every extract
   */
  Arguments(
      String word,
      Section section,
      Map<String, ColumnType> types,
      Map<String, List<String>> extracts) {
    this.word = word;
    this.section = section;
    this.conditions = new RowConditions(section);
    this.limits = new Limits(section);
    this.types = Map.copyOf(types);
    this.extracts = Map.copyOf(extracts);
  }

  /** The expectation's name. */
  String word() {
    return word;
  }

  /** The rows that the expectation is about: SQL condition, never null; empty for all. */
  Optional<String> where() {
    return conditions.where();
  }

  /** SQL of one row that must be true or false; functions that ask clock or chance are refused. */
  String condition(String key) {
    return conditions.checked(key, section.text(key));
  }

  /** A condition that was found within an argument, after the same checks. */
  String checked(String key, String sql) {
    return conditions.checked(key, sql);
  }

  /** A column that is declared. */
  String column() {
    return column("column");
  }

  /** A column that is declared. */
  String column(String key) {
    return section.reference(key, types.keySet().stream().sorted().toList());
  }

  /** Two or more columns that are declared. */
  List<String> columns() {
    List<String> columns = declared("column_list");
    if (columns.size() < 2) {
      section.problem("column_list", "must name two or more columns.");
    }
    return columns;
  }

  /** Columns that are declared, any number of them. */
  List<String> declared(String key) {
    List<String> columns = section.texts(key);
    columns.stream()
        .filter(column -> !types.containsKey(column))
        .forEach(
            column ->
                section.problem(
                    key,
                    "\"%s\" is not one of %s."
                        .formatted(column, types.keySet().stream().sorted().collect(joined()))));
    return columns;
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  /** The declared type of a column. */
  ColumnType type(String column) {
    return types.getOrDefault(column, ColumnType.STRING);
  }

  /** Records a problem unless a column has one of these types. */
  void mustBe(String key, String column, ColumnType... allowed) {
    if (types.containsKey(column) && !List.of(allowed).contains(type(column))) {
      section.problem(
          key,
          "%s is declared as %s, and %s is about %s."
              .formatted(
                  column,
                  type(column).sql(),
                  word,
                  Arrays.stream(allowed).map(ColumnType::sql).collect(Collectors.joining(", "))));
    }
  }

  /** Records a problem unless a column is declared and a date. */
  void mustBeDate(String key, String column) {
    if (!types.containsKey(column)) {
      section.problem(
          key,
          "\"%s\" is not one of %s."
              .formatted(column, types.keySet().stream().sorted().collect(joined())));
    }
    mustBe(key, column, ColumnType.DATE);
  }

  /** Texts compare letter by letter, so that "45" is more than "120". */
  void mustHaveOrder(String key, String column) {
    if (types.containsKey(column) && type(column) == ColumnType.STRING) {
      section.problem(
          key,
          "%s is declared as a string, and strings have no order here; give it type = int, bigint, double or date."
              .formatted(column));
    }
  }

  /** Records a problem unless both columns have one type. */
  void mustCompare(String a, String b) {
    if (types.containsKey(a) && types.containsKey(b) && type(a) != type(b)) {
      section.problem(
          "column_B",
          "%s is %s and %s is %s; only equal types compare.".formatted(a, type(a), b, type(b)));
    }
  }

  /** Values of a column's type, one or more. */
  List<String> values(String key, String column) {
    List<String> values = section.texts(key);
    values.forEach(value -> checkType(key, column, value));
    if (values.isEmpty()) {
      section.problem(key, key + " is empty, so no value could be right.");
    }
    return values;
  }

  private void checkType(String key, String column, String value) {
    if (types.containsKey(column) && !type(column).accepts(value)) {
      section.problem(
          key,
          "\"%s\" is not a %s, which %s is declared as."
              .formatted(value, type(column).sql(), column));
    }
  }

  /** Pairs of values of the types of two columns. */
  List<List<Optional<String>>> pairs(String key, String a, String b) {
    List<List<Optional<String>>> pairs = section.rows(key);
    for (List<Optional<String>> pair : pairs) {
      if (pair.size() != 2) {
        section.problem(key, "must be a list of pairs [ [a, b], … ].");
      } else {
        pair.get(0).ifPresent(value -> checkType(key, a, value));
        pair.get(1).ifPresent(value -> checkType(key, b, value));
      }
    }
    if (pairs.isEmpty()) {
      section.problem(key, key + " is empty, so no pair could be right.");
    }
    return pairs;
  }

  /** A value of a column's type as a SQL literal. */
  String literal(String column, String value) {
    return type(column).accepts(value) ? type(column).literal(value) : "NULL";
  }

  /** Values of a column's type as SQL literals with commas. */
  String literals(String column, List<String> values) {
    return values.stream().map(value -> literal(column, value)).collect(joined());
  }

  /** The limits of a column's values; a text that is not one is recorded. */
  Optional<Bounds> bounds(String column) {
    mustHaveOrder("column", column);
    section.optionalText("min_value").ifPresent(v -> checkType("min_value", column, v));
    section.optionalText("max_value").ifPresent(v -> checkType("max_value", column, v));
    return bounds(type(column));
  }

  /** The limits of a number that is measured. */
  Optional<Bounds> bounds(ColumnType type) {
    return limits.bounds(type);
  }

  /** One pair of limits, such as those of a quantile. */
  Optional<Bounds> bounds(String key, List<Optional<String>> pair, ColumnType type) {
    return limits.bounds(key, pair, type);
  }

  /** A regular expression of Java. */
  String regex(String key) {
    String regex = section.text(key);
    checkRegex(key, regex);
    return regex;
  }

  /** One or more regular expressions. */
  List<String> regexes(String key) {
    List<String> all = section.texts(key);
    all.forEach(regex -> checkRegex(key, regex));
    if (all.isEmpty()) {
      section.problem(key, key + " is empty.");
    }
    return all;
  }

  private void checkRegex(String key, String regex) {
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      section.problem(
          key, "\"%s\" is no regular expression: %s.".formatted(regex, e.getDescription()));
    }
  }

  /** What a row rule with missing values in several columns does. */
  enum IgnoreRowIf {
    BOTH_VALUES_ARE_MISSING,
    EITHER_VALUE_IS_MISSING,
    ALL_VALUES_ARE_MISSING,
    ANY_VALUE_IS_MISSING,
    NEITHER,
    NEVER
  }

  /** SQL condition, never null: the rows that are judged, by {@code ignore_row_if}. */
  String ignoring(List<String> columns, IgnoreRowIf otherwise) {
    List<String> there = columns.stream().map(c -> quoted(c) + " IS NOT NULL").toList();
    return switch (section.choice("ignore_row_if", IgnoreRowIf.class, otherwise)) {
      case BOTH_VALUES_ARE_MISSING, ALL_VALUES_ARE_MISSING ->
          there.stream().collect(Collectors.joining(" OR ", "(", ")"));
      case EITHER_VALUE_IS_MISSING, ANY_VALUE_IS_MISSING ->
          there.stream().collect(Collectors.joining(" AND ", "(", ")"));
      case NEITHER, NEVER -> "true";
    };
  }

  /** The values of another extract's column, if that is where the set is. */
  Optional<RowLabel.Known> reference(String column) {
    return section
        .optionalSection("value_set_from")
        .map(
            from -> {
              String extract =
                  from.reference("extract", extracts.keySet().stream().sorted().toList());
              String other = from.reference("column", extracts.getOrDefault(extract, List.of()));
              return new RowLabel.Known(column, extract, other);
            });
  }

  /** Whether an argument is given. */
  boolean has(String key) {
    return section.has(key);
  }

  /** A yes or no, or this one. */
  boolean flag(String key, boolean otherwise) {
    return section.flag(key, otherwise);
  }

  /** A text, or this one. */
  String text(String key, String otherwise) {
    return section.text(key, otherwise);
  }

  /** A text that must be there. */
  String text(String key) {
    return section.text(key);
  }

  /** A list of texts. */
  List<String> texts(String key) {
    return section.texts(key);
  }

  /** A whole number that must be there. */
  long number(String key) {
    return section.number(key);
  }

  /** Texts by key. */
  Map<String, String> textMap(String key) {
    return section.textMap(key);
  }

  /** A block; an empty one stands in where it is missing. */
  Section section(String key) {
    return section.section(key);
  }

  /** One of an enum's constants, or this one. */
  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return section.choice(key, type, otherwise);
  }

  /** Records what is wrong with an argument. */
  void problem(String key, String sentence) {
    section.problem(key, sentence);
  }

  /** SQL condition, never null: these columns have values. */
  static String there(List<String> columns) {
    return columns.stream()
        .map(c -> quoted(c) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  /** About rows in which a column has a value. */
  OfRow about(String column, String meets, String complaint, RowLabel... labels) {
    return about(List.of(column), there(List.of(column)), meets, complaint, labels);
  }

  /** About the rows that a condition chooses, and {@code row_condition}. */
  OfRow about(
      List<String> columns, String applies, String meets, String complaint, RowLabel... labels) {
    return new OfRow(
        word,
        columns,
        among(applies),
        "coalesce((%s\n), false)".formatted(meets),
        complaint,
        List.of(labels));
  }

  /** A condition, and {@code row_condition}. */
  String among(String applies) {
    return where().map(where -> "(%s) AND %s".formatted(applies, where)).orElse(applies);
  }
}
