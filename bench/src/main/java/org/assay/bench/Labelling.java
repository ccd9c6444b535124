package org.assay.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.spark.JobCounter;
import org.assay.common.spark.SparkSessions;
import org.assay.expectations.deequ.Deequ;
import org.assay.expectations.history.ExpectationResults;
import org.assay.expectations.history.MetricHistory;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.JudgedDelivery;
import org.assay.silver.quarantine.Judging;

/**
 * Labels one delivery by 1, 10 and 40 rules, and scans the same columns without any, in one warm
 * session; tells seconds and Spark jobs.
 */
public final class Labelling {
  private static final List<String> COLUMNS =
      List.of("person", "sector", "region", "ethnicity", "deprivation", "age_band", "bad_health");

  private Labelling() {}

  /**
   * @param arguments a Parquet file of people, a smaller one to warm up with, and perhaps how many
   *     rules
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSessions.local("bench", "local[2]");
    Dataset<Row> small = bronze(spark, arguments[1]);
    label(spark, small, 40, false);
    label(spark, small, 40, true);
    Dataset<Row> people = bronze(spark, arguments[0]);
    double scan = Math.min(scan(people), scan(people));
    System.out.printf("RESULT scan 0 %.2f 1.00 1%n", scan);
    int[] counts =
        arguments.length > 2 ? new int[] {Integer.parseInt(arguments[2])} : new int[] {1, 10, 40};
    for (int rules : counts) {
      tell("label", rules, label(spark, people, rules, false), scan);
    }
    if (arguments.length < 3) {
      tell("unique", 40, label(spark, people, 40, true), scan);
    }
    spark.stop();
  }

  private record Labelled(double seconds, long jobs) {}

  private static void tell(String what, int rules, Labelled labelled, double scan) {
    System.out.printf(
        "RESULT %s %d %.2f %.2f %d%n",
        what, rules, labelled.seconds(), labelled.seconds() / scan, labelled.jobs());
  }

  private static Dataset<Row> bronze(SparkSession spark, String file) {
    Dataset<Row> rows = spark.read().parquet(file);
    for (String column : COLUMNS) {
      rows = rows.withColumn(column, col(column).cast("string"));
    }
    return rows.withColumn("_delivery_id", lit("d"))
        .withColumn("_extract_date", lit(LocalDate.parse("2011-03-27")))
        .withColumn("_source_file", lit("people.parquet"))
        .withColumn("_row_number", monotonically_increasing_id().plus(1))
        .withColumn("_ingested_at", lit(Instant.EPOCH))
        .withColumn("_malformed", lit(null).cast("string"))
        .withColumn("_rescued", lit(null).cast("string"));
  }

  private static double scan(Dataset<Row> rows) {
    long begin = System.nanoTime();
    rows.select(
            sum(
                hash(COLUMNS.stream().map(c -> col(c)).toArray(org.apache.spark.sql.Column[]::new))
                    .cast("bigint")))
        .collectAsList();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static Labelled label(SparkSession spark, Dataset<Row> rows, int rules, boolean unique)
      throws IOException {
    ExtractRules extract = extract(rules, unique);
    Judging judging =
        new Judging(
            Deequ.instruments(),
            new MetricHistory(spark, null, "bench"),
            new ExpectationResults(spark, null, "bench"),
            Optional.empty(),
            known -> spark.emptyDataFrame());
    Shipment delivery = new Shipment(List.of(delivery(rows.count())));
    try (JobCounter jobs = JobCounter.attach(spark)) {
      long begin = System.nanoTime();
      JudgedDelivery.judge(rows, delivery, extract, judging, List.of()).close();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Labelled(seconds, jobs.jobs());
    }
  }

  private static Delivery delivery(long rows) {
    return new Delivery(
        "d",
        "people",
        LocalDate.parse("2011-03-27"),
        Load.FULL,
        0,
        "",
        new SourceFile("/people.parquet", 1, Instant.EPOCH),
        "sha",
        Delivery.Terms.NONE,
        new Delivery.Receipt(
            rows,
            0,
            COLUMNS.stream().map(c -> new SourceColumn(c, "string")).toList(),
            1,
            Instant.EPOCH,
            "bench"),
        State.COMPLETE,
        "");
  }

  private static ExtractRules extract(int rules, boolean unique) throws IOException {
    List<String> declared = new ArrayList<>();
    List<String> kinds =
        List.of(
            "expect = expect_column_values_to_not_be_null",
            "expect = expect_column_value_lengths_to_be_between, min_value = 0, max_value = 60",
            "expect = expect_column_values_to_not_be_in_set, value_set = [none, test]",
            "expect = expect_column_values_to_not_match_regex, regex = \"^#\"",
            "expect = expect_column_values_to_not_match_regex, regex = \"^ +$\"",
            "expect = expect_column_values_to_not_be_in_set, value_set = [NULL, NA, \"?\"]");
    for (int i = 0; declared.size() < rules; i++) {
      declared.add(
          "{ id = r%d, %s, column = %s, on_fail = quarantine }"
              .formatted(i, kinds.get(i / COLUMNS.size()), COLUMNS.get(i % COLUMNS.size())));
    }
    if (unique) {
      declared.add(
          "{ id = u, expect = expect_column_values_to_be_unique, column = person, on_fail = quarantine }");
    }
    Path file = Files.createTempFile("bench", ".conf");
    Files.writeString(
        file,
        "assay { people { load = full, columns = [%s], expectations = [\n%s\n] } }"
            .formatted(
                String.join(", ", COLUMNS.stream().map("{ name = %s }"::formatted).toList()),
                String.join("\n", declared)));
    try {
      return Settings.load(
          file,
          Map.of(),
          Map.of(),
          root -> {
            root.acceptTheRest();
            return Stream.of(root.section("people"))
                .flatMap(s -> ExtractRules.from(s, List.of(), Map.of()).stream())
                .findFirst()
                .orElseThrow();
          });
    } finally {
      Files.delete(file);
    }
  }
}
