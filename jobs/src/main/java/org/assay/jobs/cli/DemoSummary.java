package org.assay.jobs.cli;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.Sentences;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.jobs.demo.Fault;
import org.assay.jobs.demo.Faults;

/** What was ingested, held and fitted, and what was found where. */
final class DemoSummary {
  private final SparkSession spark;
  private final Tables tables;

  DemoSummary(SparkSession spark, String lake) {
    this.spark = spark;
    this.tables = new DeltaTables(spark, new TableRoot(new Path(lake)));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(
        lines,
        "Deliveries",
        TableName.ops("deliveries"),
        "SELECT state, count(*) AS files, sum(rows) AS rows, first(reason, true) AS reason FROM t GROUP BY state ORDER BY state",
        row ->
            format(
                "%-12s %,d files, %,d rows%s",
                row.getString(0),
                row.getLong(1),
                row.isNullAt(2) ? 0 : row.getLong(2),
                row.isNullAt(3) ? "" : "; " + row.getString(3)));
    add(
        lines,
        "Rows held",
        TableName.quarantine("rows"),
        "SELECT extract, reason.sentence, count(*), min(status) FROM (SELECT extract, status, explode(reasons) AS reason FROM t) GROUP BY 1, 2 ORDER BY 1, 2",
        row ->
            format(
                "%-12s %,d: %s (%s)",
                row.getString(0), row.getLong(2), row.getString(1), row.getString(3)));
    add(
        lines,
        "Regions held",
        TableName.quarantine("regions"),
        "SELECT coalesce(region, 'null'), max(n), first(reasons[0].sentence), count(*) FROM t WHERE status = 'held' GROUP BY 1 ORDER BY 1",
        row ->
            format(
                "%-12s %s: %s (%,d models)",
                row.getString(0),
                Sentences.people(row.getLong(1)),
                row.getString(2),
                row.getLong(3)));
    add(
        lines,
        "Cohorts",
        TableName.goldExact("model_fits"),
        "SELECT cohort, model, count_if(status = 'fitted'), count_if(status = 'adjusted'), count_if(status = 'held') FROM t GROUP BY 1, 2 ORDER BY 1, 2",
        row ->
            format(
                "%-20s %-8s %,d fitted, %,d adjusted, %,d held",
                row.getString(0),
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4)));
    lines.add("");
    lines.add("What is wrong with the landing, and where it was caught");
    Faults.all().forEach(fault -> addFault(lines, fault));
    return lines;
  }

  /** What a run made of a fault, as its table says; what is not caught is said as well. */
  private void addFault(List<String> lines, Fault fault) {
    lines.add("  " + fault.what());
    lines.add("    %s: %s".formatted(fault.table(), found(fault).orElse("not found")));
  }

  private Optional<String> found(Fault fault) {
    if (tables.state(fault.table()).isEmpty()) {
      return Optional.empty();
    }
    tables.read(fault.table()).createOrReplaceTempView("t");
    return spark.sql(fault.found()).collectAsList().stream()
        .filter(row -> !row.isNullAt(0))
        .map(row -> row.getString(0))
        .findFirst();
  }

  private interface Line {
    String of(Row row);
  }

  private void add(List<String> lines, String heading, TableName table, String sql, Line line) {
    lines.add("");
    lines.add(heading);
    if (tables.state(table).isEmpty()) {
      lines.add("  none");
      return;
    }
    tables.read(table).createOrReplaceTempView("t");
    spark.sql(sql).collectAsList().forEach(row -> lines.add("  " + line.of(row)));
  }
}
