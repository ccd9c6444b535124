package org.assay.jobs.cli;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_date;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.jobs.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code assay quarantine list}. */
@Command(
    name = "list",
    description = "Lists held rows, together by what they share, and held regions.",
    mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Option(
      names = "--by",
      defaultValue = "CAUSE",
      description = "What rows are told together by: ${COMPLETION-CANDIDATES}; default CAUSE.")
  private By by;

  @Option(names = "--extract", paramLabel = "NAME", description = "Only rows of this extract.")
  private String extract;

  @Option(names = "--region", paramLabel = "REGION", description = "Only this region.")
  private String region;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only what is held for this expectation or code.")
  private String reason;

  @Option(names = "--cause", paramLabel = "ID", description = "Only rows of this cause.")
  private String cause;

  @Option(
      names = "--delivery",
      paramLabel = "ID",
      description = "Only rows that came with this delivery.")
  private String delivery;

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "Only what was first seen more than so many days ago.")
  private Integer olderThan;

  @Option(names = "--all", description = "Also what is resolved.")
  private boolean all;

  @Option(names = "--json", description = "One JSON object instead of lines.")
  private boolean json;

  @Spec private CommandSpec command;

  private final Screen screen;

  QuarantineListCommand(Screen screen) {
    this.screen = screen;
  }

  /** What rows are told together by. */
  enum By {
    CAUSE,
    EXTRACT,
    REGION,
    REASON,
    DELIVERY,
    AGE,
    ROW
  }

  @Override
  public Integer call() {
    if (isOfRegions() && isOfRows()) {
      throw new ParameterException(
          command.commandLine(),
          "Regions are not held by extract, cause or delivery, nor rows by region. Ask for the one or the other.");
    }
    try (OpenLake lake = OpenLake.read(options)) {
      Quarantine quarantine = new Quarantine(lake.tables());
      LocalDate today = LocalDate.now(Clock.systemUTC());
      Map<String, TextTable> parts = new LinkedHashMap<>();
      if (!isOfRegions()) {
        parts.put("held_rows", part(quarantine.rows(), rows -> rows(rows, today)));
      }
      if (!isOfRows()) {
        parts.put("held_regions", part(quarantine.regions(), held -> regions(held, today)));
      }
      print(parts);
    }
    return ExitCode.DONE.number();
  }

  /** Whether only regions are asked for: a row is held whatever its region. */
  private boolean isOfRegions() {
    return region != null || by == By.REGION;
  }

  /** Whether only rows are asked for: a region is held whatever brought it. */
  private boolean isOfRows() {
    return extract != null || cause != null || delivery != null;
  }

  private void print(Map<String, TextTable> parts) {
    if (json) {
      screen.line(Json.write(TextTable.maps(parts)));
      return;
    }
    parts.forEach(screen::table);
    if (parts.values().stream().anyMatch(part -> !part.rows().isEmpty())) {
      screen.line("%nOne of them: ./assay quarantine show -c %s ID".formatted(options.file()));
    }
  }

  private static TextTable part(
      Optional<Dataset<Row>> held, Function<Dataset<Row>, TextTable> chosen) {
    return held.map(chosen).orElseGet(() -> new TextTable(List.of(), List.of()));
  }

  private TextTable rows(Dataset<Row> rows, LocalDate today) {
    Dataset<Row> chosen = chosen(rows, today);
    if (extract != null) {
      chosen = chosen.filter(col("extract").equalTo(extract));
    }
    if (reason != null) {
      chosen =
          chosen.filter(
              exists(col("reasons"), r -> r.getField("expectation_id").equalTo(lit(reason))));
    }
    if (cause != null) {
      chosen = chosen.filter(col("cause_id").startsWith(cause));
    }
    if (delivery != null) {
      chosen = chosen.filter(array_contains(col("occurrences.delivery_id"), delivery));
    }
    return texts(together(chosen));
  }

  private Dataset<Row> chosen(Dataset<Row> held, LocalDate today) {
    Dataset<Row> chosen = held.withColumn("days", datediff(lit(today), to_date(col("first_seen"))));
    if (!all) {
      chosen = chosen.filter(col("status").equalTo("held"));
    }
    return olderThan == null ? chosen : chosen.filter(col("days").gt(olderThan));
  }

  private Dataset<Row> together(Dataset<Row> rows) {
    Column why = array_join(col("reasons.expectation_id"), ", ").as("reasons");
    Column sum = count(lit(1)).as("rows");
    Column oldest = max("days").as("oldest_days");
    return switch (by) {
      case ROW ->
          rows.select(
                  shortened("quarantine_id").as("id"),
                  col("extract"),
                  col("source_file"),
                  col("row_number"),
                  why,
                  col("status"),
                  col("days"))
              .orderBy("extract", "source_file", "row_number");
      case CAUSE ->
          rows.groupBy("extract", "cause_id")
              .agg(
                  sum,
                  oldest,
                  first(array_join(col("reasons.sentence"), " ")).as("reasons"),
                  first(shortened("quarantine_id")).as("one_id"))
              .select(
                  shortened("cause_id").as("cause"),
                  col("extract"),
                  col("rows"),
                  col("oldest_days"),
                  col("one_id"),
                  col("reasons"))
              .orderBy(col("rows").desc(), col("cause"));
      case REGION -> throw new IllegalStateException("rows are not told by region");
      case EXTRACT -> rows.groupBy("extract").agg(sum, oldest).orderBy("extract");
      case REASON ->
          rows.withColumn("reason", explode(col("reasons.expectation_id")))
              .groupBy("extract", "reason")
              .agg(sum, oldest)
              .orderBy("extract", "reason");
      case DELIVERY ->
          rows.groupBy("extract", "delivery_id")
              .agg(
                  sum, oldest, array_join(array_sort(collect_set("source_file")), ", ").as("files"))
              .orderBy("extract", "delivery_id");
      case AGE -> rows.groupBy("days").agg(sum).orderBy(col("days").desc());
    };
  }

  private TextTable regions(Dataset<Row> regions, LocalDate today) {
    Dataset<Row> chosen = chosen(regions, today);
    if (region != null) {
      Column isIt = col("region").equalTo(region);
      chosen = chosen.filter(region.equals("null") ? isIt.or(col("region").isNull()) : isIt);
    }
    if (reason != null) {
      chosen = chosen.filter(exists(col("reasons"), r -> r.getField("code").equalTo(lit(reason))));
    }
    return texts(regionsTogether(chosen));
  }

  private Dataset<Row> regionsTogether(Dataset<Row> chosen) {
    Column sum = count(lit(1)).as("held");
    Column oldest = max("days").as("oldest_days");
    return switch (by) {
      case REGION ->
          chosen
              .withColumn("reason", explode(col("reasons.code")))
              .groupBy("region", "reason")
              .agg(sum, oldest)
              .orderBy("region", "reason");
      case REASON ->
          chosen
              .withColumn("reason", explode(col("reasons.code")))
              .groupBy("reason")
              .agg(sum, oldest)
              .orderBy("reason");
      case AGE -> chosen.groupBy("days").agg(sum).orderBy(col("days").desc());
      case CAUSE, EXTRACT, DELIVERY, ROW -> oneByOne(chosen);
    };
  }

  private static Dataset<Row> oneByOne(Dataset<Row> chosen) {
    return chosen
        .select(
            shortened("quarantine_id").as("id"),
            col("cohort"),
            col("model"),
            col("region"),
            col("n"),
            array_join(col("reasons.code"), ", ").as("reasons"),
            col("status"),
            col("days"))
        .orderBy("cohort", "model", "region");
  }

  private static Column shortened(String id) {
    return substring(col(id), 1, Quarantine.SHOWN);
  }

  private static TextTable texts(Dataset<Row> rows) {
    return new TextTable(
        Stream.of(rows.columns()).toList(),
        rows.collectAsList().stream()
            .map(
                row ->
                    IntStream.range(0, row.length())
                        .mapToObj(i -> row.isNullAt(i) ? "null" : String.valueOf(row.get(i)))
                        .toList())
            .toList());
  }
}
