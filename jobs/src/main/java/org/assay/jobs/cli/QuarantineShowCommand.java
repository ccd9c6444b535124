package org.assay.jobs.cli;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.run.DataRefusedException;
import org.assay.jobs.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay quarantine show}. */
@Command(
    name = "show",
    description = "Shows one held row or region: what it is, every reason, and its history.",
    mixinStandardHelpOptions = true)
final class QuarantineShowCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Parameters(paramLabel = "ID", description = "Its id, or how it begins.")
  private String id;

  private final Screen screen;

  QuarantineShowCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    try (OpenLake lake = OpenLake.read(options)) {
      Quarantine quarantine = new Quarantine(lake.tables());
      List<Row> rows = found(quarantine.rows());
      List<Row> regions = found(quarantine.regions());
      if (rows.size() + regions.size() != 1) {
        throw new DataRefusedException(
            rows.isEmpty() && regions.isEmpty()
                ? "Nothing in quarantine has an id that begins with \"%s\"; see ./assay quarantine list."
                    .formatted(id)
                : "%d ids in quarantine begin with \"%s\"; give more of it."
                    .formatted(rows.size() + regions.size(), id));
      }
      (rows.isEmpty() ? region(regions.get(0)) : row(rows.get(0))).forEach(screen::line);
    }
    return ExitCode.DONE.number();
  }

  private List<Row> found(Optional<Dataset<Row>> table) {
    return table
        .map(rows -> rows.filter(col("quarantine_id").startsWith(id)).limit(2).collectAsList())
        .orElse(List.of());
  }

  private static List<String> row(Row row) {
    List<String> lines = new ArrayList<>();
    lines.add("id         " + row.getAs("quarantine_id"));
    lines.add("extract    " + row.getAs("extract"));
    lines.add("status     " + status(row));
    Optional.ofNullable(row.<String>getAs("owner")).ifPresent(o -> lines.add("owner      " + o));
    Optional.ofNullable(row.<String>getAs("contact")).ifPresent(c -> lines.add("contact    " + c));
    lines.add("cause      " + row.<String>getAs("cause_id").substring(0, Quarantine.SHOWN));
    lines.add("");
    lines.add("Row");
    lines.add(
        "  "
            + Optional.ofNullable(row.<String>getAs("row"))
                .orElse("It has no columns: the record does not fit its file. Look it up there."));
    lines.add("");
    lines.add("Reasons");
    for (Row reason : row.<Row>getList(row.fieldIndex("reasons"))) {
      lines.add("  %s".formatted(reason.<String>getAs("sentence")));
      lines.add("      %s".formatted(reason.<String>getAs("expectation_id")));
      Optional.ofNullable(reason.<String>getAs("notes"))
          .ifPresent(notes -> lines.add("      Note: " + notes));
    }
    lines.add("");
    lines.add("History");
    for (Row each : row.<Row>getList(row.fieldIndex("occurrences"))) {
      lines.add(
          "  %s   %s row %s, extract of %s, delivery %s"
              .formatted(
                  each.getAs("seen_at"),
                  each.getAs("source_file"),
                  each.getAs("row_number"),
                  each.getAs("extract_date"),
                  each.getAs("delivery_id")));
    }
    return lines;
  }

  private static String status(Row row) {
    String by = row.getAs("resolved_by");
    return by == null ? row.getAs("status") : row.getAs("status") + " by delivery " + by;
  }

  private static List<String> region(Row row) {
    List<String> lines = new ArrayList<>();
    lines.add("id         " + row.getAs("quarantine_id"));
    lines.add("region     " + row.getAs("region"));
    lines.add("cohort     %s, model %s".formatted(row.getAs("cohort"), row.getAs("model")));
    lines.add("period     " + row.getAs("period"));
    lines.add("people     " + row.getAs("n"));
    lines.add("status     " + row.getAs("status"));
    lines.add("");
    lines.add("Reasons");
    for (Row reason : row.<Row>getList(row.fieldIndex("reasons"))) {
      lines.add("  %s".formatted(reason.<String>getAs("sentence")));
      lines.add("      %s".formatted(reason.<String>getAs("code")));
    }
    lines.add("");
    lines.add("History");
    lines.add(
        "  first seen %s, last seen %s".formatted(row.getAs("first_seen"), row.getAs("last_seen")));
    return lines;
  }
}
