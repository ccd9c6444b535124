package org.assay.silver.quarantine;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.spark.JobCounter;
import org.assay.expectations.deequ.Deequ;
import org.assay.expectations.history.ExpectationResults;
import org.assay.expectations.history.MetricHistory;
import org.assay.silver.conform.ExtractRules;

/**
 * Over random tables and suites, missing values everywhere: every row is accepted or held, exactly
 * once, and its reasons are those of an oracle that looks at one row after the other.
 */
class EveryRowOnceTest {
  private static final StructType BRONZE =
      StructType.fromDDL(
          "_delivery_id STRING, _extract_date DATE, _source_file STRING, _row_number BIGINT,"
              + " _ingested_at TIMESTAMP, _malformed STRING, _rescued STRING, grp STRING, code STRING, a STRING, b STRING");
  private static final String[] COLUMNS = {"grp", "code", "a", "b"};

  /** A row as it came; null is missing. */
  record Raw(String grp, String code, String a, String b) {
    /** What conforms to a bigint; null of anything else. */
    static Long number(String text) {
      return text != null && text.strip().matches("[+-]?[0-9]+")
          ? Long.valueOf(text.strip())
          : null;
    }

    Long left() {
      return number(a);
    }

    Long right() {
      return number(b);
    }
  }

  /** A rule as it is declared, and what it says: whether the row at a place is not as expected. */
  record Declared(String id, String hocon, BiPredicate<List<Raw>, Integer> unexpected) {
    private static final Pattern COLUMNS =
        Pattern.compile("column(_[AB])? = \\w+|column_list = \\[.*?]");

    /** Whether it is about a value that is there and did not convert; then it is not judged. */
    boolean isAbout(String... unconverted) {
      return COLUMNS
          .matcher(hocon)
          .results()
          .flatMap(found -> Stream.of(found.group().split("\\W+")))
          .anyMatch(List.of(unconverted)::contains);
    }
  }

  private static Declared rule(
      String id, String expect, String arguments, BiPredicate<List<Raw>, Integer> unexpected) {
    return new Declared(
        id,
        "{ id = %s, expect = %s, %s, on_fail = quarantine }".formatted(id, expect, arguments),
        unexpected);
  }

  /** Every kind of rule about rows, each written again in Java. */
  private static List<Declared> pool(int least, int most) {
    return List.of(
        rule(
            "not_null",
            "expect_column_values_to_not_be_null",
            "column = grp",
            (rows, i) -> rows.get(i).grp() == null),
        rule(
            "there",
            "expect_column_values_to_not_be_null",
            "column = b",
            (rows, i) -> rows.get(i).b() == null),
        rule(
            "is_null",
            "expect_column_values_to_be_null",
            "column = a, row_condition = \"grp = 'x'\"",
            (rows, i) -> "x".equals(rows.get(i).grp()) && rows.get(i).left() != null),
        rule(
            "in_set",
            "expect_column_values_to_be_in_set",
            "column = grp, value_set = [x, y]",
            (rows, i) ->
                rows.get(i).grp() != null && !List.of("x", "y").contains(rows.get(i).grp())),
        rule(
            "not_in_set",
            "expect_column_values_to_not_be_in_set",
            "column = a, value_set = [\"%d\", \"%d\"]".formatted(least, most),
            (rows, i) ->
                rows.get(i).left() != null
                    && (rows.get(i).left() == least || rows.get(i).left() == most)),
        rule(
            "between",
            "expect_column_values_to_be_between",
            "column = a, min_value = %d, max_value = %d, strict_max = true".formatted(least, most),
            (rows, i) ->
                rows.get(i).left() != null
                    && !(rows.get(i).left() >= least && rows.get(i).left() < most)),
        rule(
            "lengths",
            "expect_column_value_lengths_to_be_between",
            "column = code, min_value = 1, max_value = 2",
            (rows, i) ->
                rows.get(i).code() != null
                    && (rows.get(i).code().length() < 1 || rows.get(i).code().length() > 2)),
        rule(
            "regex",
            "expect_column_values_to_match_regex",
            "column = code, regex = \"^[pq]\"",
            (rows, i) -> rows.get(i).code() != null && !rows.get(i).code().matches("(?s)[pq].*")),
        rule(
            "greater",
            "expect_column_pair_values_a_to_be_greater_than_b",
            "column_A = a, column_B = b",
            (rows, i) -> {
              Long a = rows.get(i).left();
              Long b = rows.get(i).right();
              return (a != null || b != null) && !(a != null && b != null && a > b);
            }),
        rule(
            "equal",
            "expect_column_pair_values_to_be_equal",
            "column_A = grp, column_B = code, ignore_row_if = neither",
            (rows, i) -> !Objects.equals(rows.get(i).grp(), rows.get(i).code())),
        rule(
            "unique",
            "expect_column_values_to_be_unique",
            "column = code",
            (rows, i) ->
                rows.get(i).code() != null
                    && rows.stream().filter(r -> rows.get(i).code().equals(r.code())).count() > 1),
        rule(
            "unique_where",
            "expect_column_values_to_be_unique",
            "column = code, row_condition = \"b > 2\"",
            (rows, i) ->
                isAbove(rows.get(i), 2)
                    && rows.get(i).code() != null
                    && rows.stream()
                            .filter(r -> isAbove(r, 2) && rows.get(i).code().equals(r.code()))
                            .count()
                        > 1),
        rule(
            "compound",
            "expect_compound_columns_to_be_unique",
            "column_list = [grp, a]",
            (rows, i) -> {
              Raw row = rows.get(i);
              return (row.grp() != null || row.left() != null)
                  && rows.stream()
                          .filter(
                              r ->
                                  Objects.equals(r.grp(), row.grp())
                                      && Objects.equals(r.left(), row.left()))
                          .count()
                      > 1;
            }),
        rule(
            "within",
            "expect_select_column_values_to_be_unique_within_record",
            "column_list = [grp, code, a]",
            (rows, i) -> {
              List<String> values = new ArrayList<>();
              Raw row = rows.get(i);
              Stream.of(row.grp(), row.code(), row.left() == null ? null : row.left().toString())
                  .filter(Objects::nonNull)
                  .forEach(values::add);
              return new TreeSet<>(values).size() < values.size();
            }),
        rule(
            "increasing",
            "expect_column_values_to_be_increasing",
            "column = b",
            (rows, i) -> {
              Long now = rows.get(i).right();
              Long before = null;
              for (int j = 0; j < i; j++) {
                before = rows.get(j).right() == null ? before : rows.get(j).right();
              }
              return now != null && before != null && now < before;
            }),
        rule(
            "custom",
            "expect_rows_to_satisfy",
            "condition = \"a + b < 9\"",
            (rows, i) ->
                rows.get(i).left() == null
                    || rows.get(i).right() == null
                    || rows.get(i).left() + rows.get(i).right() >= 9));
  }

  private static boolean isAbove(Raw row, long number) {
    return row.right() != null && row.right() > number;
  }

  @Provide
  Arbitrary<List<Raw>> tables() {
    Arbitrary<String> group = Arbitraries.of("x", "y", "z", "").injectNull(0.25);
    Arbitrary<String> code =
        Arbitraries.strings().withChars("pqx").ofMinLength(0).ofMaxLength(4).injectNull(0.25);
    Arbitrary<String> number =
        Arbitraries.of("0", "1", "2", "3", "5", "8", " 4 ", "3.5", "many", "-1").injectNull(0.2);
    return Combinators.combine(group, code, number, number).as(Raw::new).list().ofSize(120);
  }

  @Provide
  Arbitrary<List<Declared>> suites() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3), Arbitraries.integers().between(4, 8))
        .flatAs(
            (least, most) ->
                Arbitraries.of(pool(least, most))
                    .set()
                    .ofMinSize(3)
                    .ofMaxSize(9)
                    .map(List::copyOf));
  }

  @Property(tries = 8, shrinking = net.jqwik.api.ShrinkingMode.OFF)
  void everyRowIsInOnePlaceWithTheReasonsOfTheOracle(
      @ForAll("tables") List<Raw> table, @ForAll("suites") List<Declared> suite)
      throws IOException {
    SparkSession spark = SharedSpark.open();
    Map<Long, String> places = new TreeMap<>();
    try (JudgedDelivery judged = judge(spark, table, suite)) {
      judged
          .accepted()
          .select("_row_number")
          .collectAsList()
          .forEach(row -> assertThat(places.put(row.getLong(0), "accepted")).isNull());
      judged
          .held()
          .select(col("occurrence.row_number"), col("reasons.expectation_id"))
          .collectAsList()
          .forEach(
              row ->
                  assertThat(
                          places.put(
                              row.getLong(0),
                              row.<String>getList(1).stream()
                                  .sorted()
                                  .collect(Collectors.joining(" "))))
                      .isNull());
    }

    assertThat(places).isEqualTo(oracle(table, suite));
  }

  /** One evaluation labels all rules, one pass counts them, and Deequ measures them in one more. */
  @Example
  void sparkJobsDoNotGrowWithTheRules() throws IOException {
    List<Raw> table = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      table.add(new Raw("x", "p" + (char) ('0' + i), "3", "1"));
    }
    List<String> shareable =
        List.of(
            "not_null",
            "in_set",
            "not_in_set",
            "between",
            "lengths",
            "regex",
            "greater",
            "within",
            "custom");
    List<Declared> met = pool(0, 8).stream().filter(rule -> shareable.contains(rule.id())).toList();
    List<Declared> unique = pool(0, 8).stream().filter(rule -> rule.id().equals("unique")).toList();

    long one = jobs(table, met.subList(0, 1));
    long nine = jobs(table, met);

    assertThat(met).hasSize(9);
    assertThat(nine).isEqualTo(one);
    assertThat(jobs(table, unique) - one).isLessThanOrEqualTo(2); // a look at its column
  }

  private static long jobs(List<Raw> table, List<Declared> suite) throws IOException {
    SparkSession spark = SharedSpark.open();
    try (JobCounter jobs = JobCounter.attach(spark)) {
      judge(spark, table, suite).close();
      return jobs.jobs();
    }
  }

  private static Map<Long, String> oracle(List<Raw> table, List<Declared> suite) {
    Map<Long, String> places = new TreeMap<>();
    for (int i = 0; i < table.size(); i++) {
      TreeSet<String> reasons = new TreeSet<>();
      Raw row = table.get(i);
      if (row.a() != null && row.left() == null) {
        reasons.add("conversion.a");
      }
      if (row.b() != null && row.right() == null) {
        reasons.add("conversion.b");
      }
      for (Declared rule : suite) {
        boolean isJudged =
            Stream.of("a", "b")
                .noneMatch(c -> reasons.contains("conversion." + c) && rule.isAbout(c));
        if (isJudged && rule.unexpected().test(table, i)) {
          reasons.add(rule.id());
        }
      }
      places.put(i + 1L, reasons.isEmpty() ? "accepted" : String.join(" ", reasons));
    }
    return places;
  }

  private static JudgedDelivery judge(SparkSession spark, List<Raw> table, List<Declared> suite)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Raw raw : table) {
      rows.add(
          RowFactory.create(
              "d",
              LocalDate.parse("2026-03-31"),
              "t.csv",
              rows.size() + 1L,
              Instant.EPOCH,
              null,
              null,
              raw.grp(),
              raw.code(),
              raw.a(),
              raw.b()));
    }
    return JudgedDelivery.judge(
        spark.createDataFrame(rows, BRONZE),
        new Shipment(List.of(delivery(table.size()))),
        rules(suite),
        new Judging(
            Deequ.instruments(),
            new MetricHistory(spark, null, "run"),
            new ExpectationResults(spark, null, "run"),
            Optional.empty(),
            known -> spark.emptyDataFrame()),
        List.of());
  }

  private static Delivery delivery(int rows) {
    return new Delivery(
        "d",
        "t",
        LocalDate.parse("2026-03-31"),
        Load.DELTA, // of which nothing may be left
        0,
        "",
        new SourceFile("/landing/t.csv", 1, Instant.EPOCH),
        "sha",
        Delivery.Terms.NONE,
        new Delivery.Receipt(
            rows,
            0,
            Arrays.stream(COLUMNS).map(c -> new SourceColumn(c, "string")).toList(),
            1,
            Instant.EPOCH,
            "run"),
        State.COMPLETE,
        "");
  }

  private static ExtractRules rules(List<Declared> suite) throws IOException {
    Path file = Files.createTempFile("suite", ".conf");
    Files.writeString(
        file,
        """
        assay { t {
          load = delta
          columns = [ { name = grp }, { name = code }, { name = a, type = bigint }, { name = b, type = bigint } ]
          expectations = [
            %s
          ]
        } }
        """
            .formatted(suite.stream().map(Declared::hocon).collect(Collectors.joining("\n    "))));
    Map<String, ExtractRules> read = new HashMap<>();
    Settings.load(
        file,
        Map.of(),
        Map.of(),
        root -> {
          root.acceptTheRest();
          return ExtractRules.from(root.section("t"), List.of(), Map.of())
              .map(rules -> read.put("t", rules));
        });
    Files.delete(file);
    return read.get("t");
  }
}
