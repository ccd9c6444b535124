package org.assay.jobs.cli;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.TableName;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay query}. */
@Command(
    name = "query",
    description = "Answers SQL over the lake's tables, such as gold_exact.model_terms.",
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options;

  @Parameters(paramLabel = "SQL", description = "One query.")
  private String sql;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format;

  /** How rows are printed. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private final Screen screen;

  QueryCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Project project = options.project();
    try (Session session = Session.open(project, Clock.systemUTC())) {
      LakeViews views = new LakeViews(session.spark(), project.lake());
      views.create(sql);
      print(answer(session, views));
    }
    return ExitCode.DONE.number();
  }

  private Dataset<Row> answer(Session session, LakeViews views) {
    try {
      return session.spark().sql(sql);
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      if (e instanceof AnalysisException) {
        throw new DataRefusedException(
            "The query cannot be answered: %s%nThe lake has: %s."
                .formatted(e.getMessage().strip().lines().findFirst().orElse(""), names(views)),
            e);
      }
      throw e;
    }
  }

  private static String names(LakeViews views) {
    List<TableName> names = views.tables().list();
    return names.isEmpty()
        ? "no tables yet"
        : names.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }

  private void print(Dataset<Row> rows) {
    switch (format) {
      case TABLE ->
          new TextTable(List.of(rows.columns()), cells(rows)).lines().forEach(screen::line);
      case CSV -> {
        screen.line(Csv.line(List.of(rows.columns())));
        each(rows, row -> screen.line(Csv.line(texts(row))));
      }
      case JSON -> rows.toJSON().toLocalIterator().forEachRemaining(screen::line);
    }
  }

  private static List<List<String>> cells(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(QueryCommand::texts).toList();
  }

  private static void each(Dataset<Row> rows, java.util.function.Consumer<Row> action) {
    Iterator<Row> iterator = rows.toLocalIterator();
    iterator.forEachRemaining(action);
  }

  private static List<String> texts(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "" : String.valueOf(row.get(i)))
        .toList();
  }
}
