package org.assay.jobs.cli;

import static org.apache.spark.sql.functions.expr;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.BronzeIngest;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.gold.GoldPublish;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.silver.SilverStale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay status}. */
@Command(
    name = "status",
    description = "Tells the last runs, deliveries, tables, the publication and what is held.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int LAST = 10;

  @Mixin private ProjectOptions options;

  @Option(names = "--json", description = "One JSON object instead of lines.")
  private boolean json;

  private final Screen screen;

  StatusCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    try (OpenLake lake = OpenLake.read(options)) {
      Map<String, TextTable> parts = parts(lake.project(), lake.spark(), lake.tables());
      if (json) {
        screen.line(Json.write(TextTable.maps(parts)));
      } else {
        print(lake.project(), parts);
      }
    }
    return ExitCode.DONE.number();
  }

  private static Map<String, TextTable> parts(Project project, SparkSession spark, Tables tables) {
    Map<String, TextTable> parts = new LinkedHashMap<>();
    OptionalLong publication = GoldPublish.publication(tables);
    parts.put(
        "publication",
        new TextTable(
            List.of("publication"),
            publication.isPresent() ? List.of(List.of("" + publication.getAsLong())) : List.of()));
    parts.put(
        "runs",
        rows(
            tables,
            "runs",
            "started_at",
            "run_id",
            "state",
            "started_at",
            "spark_jobs",
            "delta_commits",
            "cause"));
    parts.put(
        "deliveries",
        rows(
            tables,
            "deliveries",
            "struct(state IN ('received', 'incomplete', 'refused'), seen_at)",
            "extract",
            "extract_date",
            "rows",
            "state",
            "substring_index(source_file, '/', -1) AS file",
            "reason"));
    parts.put("freshness", freshness(project, spark, tables));
    parts.put("stale", stale(project, spark, tables));
    parts.put("held_regions", held(tables, "regions", "cohort", "model", "region", "n"));
    parts.put("held_rows", heldRows(tables));
    parts.put("tables", versions(tables));
    return parts;
  }

  private static TextTable rows(Tables tables, String name, String latest, String... columns) {
    TableName table = TableName.ops(name);
    if (tables.state(table).isEmpty()) {
      return new TextTable(names(columns), List.of());
    }
    return texts(tables.read(table).orderBy(expr(latest).desc()).limit(LAST), columns);
  }

  private static TextTable freshness(Project project, SparkSession spark, Tables tables) {
    List<List<String>> rows =
        BronzeIngest.freshness(
                project.bronze(), new DeliveryRegister(spark, tables), Clock.systemUTC())
            .stream()
            .map(
                f ->
                    List.of(
                        f.extract(),
                        f.last().map(LocalDate::toString).orElse("never"),
                        f.due().map(LocalDate::toString).orElse(""),
                        f.isOverdue() ? "overdue" : ""))
            .toList();
    return new TextTable(List.of("extract", "last", "due_by", "late"), rows);
  }

  private static TextTable stale(Project project, SparkSession spark, Tables tables) {
    return new TextTable(
        List.of("cohort", "extract", "uses", "stale_since", "because"),
        SilverStale.of(project.silver(), new DeliveryRegister(spark, tables)).stream()
            .map(
                s ->
                    List.of(
                        s.cohort(),
                        s.extract(),
                        s.uses().map(LocalDate::toString).orElse("nothing"),
                        s.since().map(LocalDate::toString).orElse(""),
                        s.because()))
            .toList());
  }

  private static TextTable held(Tables tables, String name, String... columns) {
    TableName table = TableName.quarantine(name);
    return tables.state(table).isEmpty()
        ? new TextTable(names(columns), List.of())
        : texts(tables.read(table).filter("status = 'held'").orderBy("quarantine_id"), columns);
  }

  private static TextTable heldRows(Tables tables) {
    TableName table = TableName.quarantine("rows");
    String[] columns = {"extract", "reason", "rows"};
    if (tables.state(table).isEmpty()) {
      return new TextTable(names(columns), List.of());
    }
    Dataset<Row> reasons =
        tables
            .read(table)
            .filter("status = 'held'")
            .selectExpr("extract", "explode(reasons.expectation_id) AS reason")
            .groupBy("extract", "reason")
            .count()
            .withColumnRenamed("count", "rows")
            .orderBy("extract", "reason");
    return texts(reasons, columns);
  }

  private static TextTable texts(Dataset<Row> rows, String... columns) {
    List<List<String>> texts = new ArrayList<>();
    for (Row row : rows.selectExpr(columns).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns.length; i++) {
        cells.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)));
      }
      texts.add(cells);
    }
    return new TextTable(names(columns), texts);
  }

  private static List<String> names(String... columns) {
    return Arrays.stream(columns).map(column -> column.replaceFirst(".* AS ", "")).toList();
  }

  private static TextTable versions(Tables tables) {
    List<List<String>> versions = new ArrayList<>();
    for (TableName table : tables.list()) {
      TableState state = tables.state(table).orElseThrow();
      versions.add(List.of(table.toString(), Long.toString(state.version())));
    }
    return new TextTable(List.of("table", "version"), versions);
  }

  private void print(Project project, Map<String, TextTable> parts) {
    screen.line("%s   lake: %s".formatted(project.name(), project.lake()));
    parts.forEach(screen::table);
  }
}
