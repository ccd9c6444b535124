package org.assay.jobs.cli;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.assay.jobs.ExitCode;
import org.assay.jobs.Project;
import org.assay.jobs.pipeline.AccessRecorder;
import org.assay.jobs.pipeline.LakeFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Option(
      names = "--identifiable",
      description =
          "Also answers about bronze, which has identifiers; needs --why and is recorded.")
  private boolean identifiable;

  @Option(
      names = "--why",
      paramLabel = "REASON",
      description = "Why identifiers must be seen; kept in ops.access, so name nobody in it.")
  private String why;

  @Spec private CommandSpec command;

  /** How rows are printed. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  private final Screen screen;
  private final Clock clock = Clock.systemUTC();

  QueryCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (identifiable != (why != null && !why.isBlank())) {
      throw new ParameterException(
          command.commandLine(),
          "--identifiable and --why \"…\" go together: who sees identifiers says why.");
    }
    Project project = options.project();
    try (Session session = Session.reading(project, clock)) {
      LakeFormat.look(
          new Path(project.lake()), session.spark().sparkContext().hadoopConfiguration());
      LakeViews views = new LakeViews(session.spark(), project.lake());
      Set<TableName> named = views.named(sql);
      List<TableName> bronze = permitted(named);
      views.create(named);
      try {
        Dataset<Row> answer = answer(session, views);
        if (!bronze.isEmpty()) {
          new AccessRecorder(session.spark(), views.tables(), clock)
              .record(session.id(), System.getProperty("user.name"), why.strip(), bronze, sql);
        }
        print(answer);
      } finally {
        views.drop(named);
      }
    }
    return ExitCode.DONE.number();
  }

  /** Bronze holds rows as upstream sent them; who sees them is recorded before they are seen. */
  private List<TableName> permitted(Set<TableName> named) {
    List<TableName> bronze =
        named.stream().filter(table -> table.layer() == Layer.BRONZE).sorted().toList();
    if (!bronze.isEmpty() && !identifiable) {
      throw new DataRefusedException(
          "%s holds rows as upstream sent them, identifiers included. Use silver.%s, or ask with --identifiable --why \"…\", which is recorded."
              .formatted(bronze.get(0), bronze.get(0).name()));
    }
    return bronze;
  }

  private Dataset<Row> answer(Session session, LakeViews views) {
    try {
      return session.spark().sql(LakeViews.asSubquery(sql));
    } catch (Exception e) { // AnalysisException is checked, and Spark does not declare it
      if (e instanceof AnalysisException) {
        throw new DataRefusedException(
            "The query cannot be answered: %s%nThe lake has: %s."
                .formatted(e.getMessage().strip().lines().findFirst().orElse(""), names(views)));
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

  private static void each(Dataset<Row> rows, Consumer<Row> action) {
    Iterator<Row> iterator = rows.toLocalIterator();
    iterator.forEachRemaining(action);
  }

  private static List<String> texts(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? "" : String.valueOf(row.get(i)))
        .toList();
  }
}
