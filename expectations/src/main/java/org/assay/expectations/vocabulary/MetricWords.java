package org.assay.expectations.vocabulary;

import static org.assay.common.spark.Columns.quoted;
import static org.assay.expectations.vocabulary.Argument.COLUMN;
import static org.assay.expectations.vocabulary.Argument.MAX;
import static org.assay.expectations.vocabulary.Argument.MIN;
import static org.assay.expectations.vocabulary.Argument.STRICT_MAX;
import static org.assay.expectations.vocabulary.Argument.STRICT_MIN;
import static org.assay.expectations.vocabulary.Argument.needed;
import static org.assay.expectations.vocabulary.Argument.optional;
import static org.assay.expectations.vocabulary.Word.NOT_MEASURED;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.assay.common.config.Section;
import org.assay.expectations.Bounds;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.Expectation.OfMetrics;
import org.assay.expectations.Expectation.OfMetrics.Bounded;
import org.assay.expectations.Metric;
import org.assay.expectations.Metric.Kind;
import org.assay.expectations.vocabulary.Word.About;

/** Words about a column of the whole delivery. */
final class MetricWords {
  private static final String DISTINCT_NULLS = "A missing value is not a value.";

  private MetricWords() {}

  static List<Word> all() {
    List<Word> words = new ArrayList<>();
    words.add(number("mean", Kind.MEAN, "The mean of the values"));
    words.add(
        number("stdev", Kind.STANDARD_DEVIATION, "The standard deviation of the values (n − 1)"));
    words.add(number("sum", Kind.SUM, "The sum of the values"));
    words.add(number("min", Kind.MINIMUM, "The least value, a number or a date,"));
    words.add(number("max", Kind.MAXIMUM, "The greatest value, a number or a date,"));
    words.add(
        limits(
            "expect_column_median_to_be_between",
            "The median of the values, exact and halfway between two, lies within limits.",
            NOT_MEASURED,
            "column = people, min_value = 1, max_value = 500",
            a -> measured(a, quantile(a, "0.5"), "the median of %s")));
    words.add(
        column(
            "expect_column_quantile_values_to_be_between",
            "Quantiles of the values, exact and interpolated, each lie within their limits.",
            NOT_MEASURED,
            List.of(
                COLUMN,
                needed(
                    "quantile_ranges",
                    "{ quantiles = [0.25, 0.75], value_ranges = [[1, 9], [10, null]] }")),
            "column = people, quantile_ranges { quantiles = [0.25, 0.75], value_ranges = [[1, 90], [10, null]] }",
            MetricWords::quantiles));
    words.add(
        limits(
            "expect_column_unique_value_count_to_be_between",
            "The number of different values lies within limits.",
            DISTINCT_NULLS,
            "column = region, min_value = 2, max_value = 42",
            a -> measured(a, of(a, Kind.COUNT_DISTINCT), "the number of different values of %s")));
    words.add(
        limits(
            "expect_column_proportion_of_unique_values_to_be_between",
            "Different values, as a share of the rows that have one, lie within limits.",
            DISTINCT_NULLS,
            "column = record, min_value = 0.9",
            a -> measured(a, of(a, Kind.DISTINCTNESS), "the share of different values of %s")));
    words.add(
        limits(
            "expect_column_proportion_of_non_null_values_to_be_between",
            "The share of rows that have a value lies within limits.",
            "A missing value is what it counts.",
            "column = region, min_value = 0.95",
            a -> measured(a, of(a, Kind.COMPLETENESS), "the share of rows with %s")));
    words.add(
        distinct(
            "expect_column_distinct_values_to_be_in_set",
            "Every value is one of a set; rows are not held, the delivery is judged.",
            true,
            false));
    words.add(
        distinct(
            "expect_column_distinct_values_to_contain_set",
            "Every value of a set is there.",
            false,
            true));
    words.add(
        distinct(
            "expect_column_distinct_values_to_equal_set",
            "The values are those of a set, all of them and no other.",
            true,
            true));
    words.add(
        column(
            "expect_column_most_common_value_to_be_in_set",
            "The value that stands in most rows is one of a set; of an extract with identifiers, held"
                + " rows are one value, (held).",
            DISTINCT_NULLS,
            List.of(
                COLUMN,
                needed("value_set", "the values"),
                optional("ties_okay", "whether one of several equally common is enough; false")),
            "column = region, value_set = [North]",
            MetricWords::mostCommon));
    return List.copyOf(words);
  }

  private static Word number(String name, Kind kind, String meaning) {
    return limits(
        "expect_column_%s_to_be_between".formatted(name),
        meaning + " lies within limits.",
        NOT_MEASURED,
        "column = people, min_value = 1, max_value = 100000",
        a -> {
          String column = a.column();
          boolean dates = kind == Kind.MINIMUM || kind == Kind.MAXIMUM;
          if (!(dates && a.type(column) == ColumnType.DATE)) {
            a.mustBe("column", column, ColumnType.INT, ColumnType.BIGINT, ColumnType.DOUBLE);
          }
          return measured(a, of(a, kind), "the " + name + " of %s");
        });
  }

  private static Word limits(
      String name,
      String meaning,
      String nulls,
      String example,
      Function<Arguments, Expectation> reader) {
    return column(
        name, meaning, nulls, List.of(COLUMN, MIN, MAX, STRICT_MIN, STRICT_MAX), example, reader);
  }

  private static Word column(
      String name,
      String meaning,
      String nulls,
      List<Argument> arguments,
      String example,
      Function<Arguments, Expectation> reader) {
    return new Word(name, About.COLUMN, meaning, nulls, arguments, example, reader);
  }

  private static Metric of(Arguments a, Kind kind) {
    return new Metric(kind, a.column(), "", a.where());
  }

  private static Metric quantile(Arguments a, String quantile) {
    a.mustBe("column", a.column(), ColumnType.INT, ColumnType.BIGINT, ColumnType.DOUBLE);
    return new Metric(Kind.QUANTILE, a.column(), quantile, a.where());
  }

  /** What is wrong is told with the number in place of the second %s. */
  private static Expectation measured(Arguments a, Metric metric, String what) {
    String column = metric.column();
    boolean isDate = a.type(column) == ColumnType.DATE && isAmongValues(metric);
    Optional<Bounds> bounds = a.bounds(isDate ? ColumnType.DATE : ColumnType.DOUBLE);
    String named = what.formatted(column);
    String complaint =
        "%s is not %s."
            .formatted(upper(named), bounds.map(Bounds::sentence).orElse("within limits"));
    return new OfMetrics(
        a.word(),
        List.of(column),
        bounds.map(b -> List.of(new Bounded(metric, b, named + " is %s"))).orElse(List.of()),
        complaint);
  }

  private static boolean isAmongValues(Metric metric) {
    return metric.kind() == Kind.MINIMUM || metric.kind() == Kind.MAXIMUM;
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static Expectation quantiles(Arguments a) {
    String column = a.column();
    Section ranges = a.section("quantile_ranges");
    List<String> quantiles = ranges.texts("quantiles");
    List<List<Optional<String>>> limits = ranges.rows("value_ranges");
    if (quantiles.isEmpty() || quantiles.size() != limits.size()) {
      a.problem("quantile_ranges", "must have as many value_ranges as quantiles, one or more.");
    }
    List<Bounded> bounded = new ArrayList<>();
    for (int i = 0; i < Math.min(quantiles.size(), limits.size()); i++) {
      String quantile = quantiles.get(i);
      if (!quantile.matches("0(\\.\\d+)?|1(\\.0*)?")) {
        a.problem("quantile_ranges", "\"%s\" is not a quantile from 0 to 1.".formatted(quantile));
      }
      Metric metric = quantile(a, quantile);
      a.bounds("quantile_ranges", limits.get(i), ColumnType.DOUBLE)
          .ifPresent(
              b ->
                  bounded.add(
                      new Bounded(
                          metric,
                          b,
                          "the %s quantile of %s is %%s, not %s"
                              .formatted(quantile, column, b.sentence()))));
    }
    return new OfMetrics(
        a.word(),
        List.of(column),
        bounded,
        "Quantiles of %s are not within limits.".formatted(column));
  }

  private static Word distinct(String name, String meaning, boolean noOther, boolean all) {
    return column(
        name,
        meaning,
        DISTINCT_NULLS,
        List.of(COLUMN, needed("value_set", "the values")),
        "column = region, value_set = [North, South]",
        a -> {
          String column = a.column();
          List<String> values = a.values("value_set", column);
          List<Bounded> bounded = new ArrayList<>();
          if (noOther) {
            bounded.add(
                new Bounded(
                    counted(a, column + " of other values", "%s NOT IN (%s)", values, column),
                    Bounds.exactly(0),
                    "%s rows have another value"));
          }
          for (String value : all ? values : List.<String>of()) {
            bounded.add(
                new Bounded(
                    counted(a, column + " " + value, "%s IN (%s)", List.of(value), column),
                    Bounds.atLeast(1),
                    "no row has " + value.replace("%", "%%")));
          }
          return new OfMetrics(
              a.word(),
              List.of(column),
              bounded,
              "The values of %s are not those of %s.".formatted(column, String.join(", ", values)));
        });
  }

  private static Metric counted(
      Arguments a, String name, String condition, List<String> values, String column) {
    String sql = condition.formatted(quoted(column), a.literals(column, values));
    return Metric.rows(
        "%s: %s".formatted(a.word(), name), a.among("coalesce(%s, false)".formatted(sql)));
  }

  /** Values as Spark writes them. */
  private static List<String> levels(Arguments a, String column, List<String> values) {
    ColumnType type = a.type(column);
    return values.stream()
        .filter(type::accepts)
        .map(
            value ->
                switch (type) {
                  case INT, BIGINT -> Long.toString(Long.parseLong(value));
                  case DOUBLE -> Double.toString(Double.parseDouble(value));
                  case STRING, BOOLEAN, DATE -> value;
                })
        .toList();
  }

  private static Expectation mostCommon(Arguments a) {
    String column = a.column();
    List<String> values = a.values("value_set", column);
    boolean tiesOkay = a.flag("ties_okay", false);
    return new Expectation.OfMode(
        a.word(), column, Metric.levels(column, a.where()), levels(a, column, values), tiesOkay);
  }
}
