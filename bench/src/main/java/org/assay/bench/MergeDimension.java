package org.assay.bench;

import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.spark.SparkSessions;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.silver.SilverSettings;
import org.assay.silver.history.RefineDimension;

/**
 * A type 2 dimension of patients, and a hundredth of them changed: merged from the changes alone,
 * merged from a whole delivery, made anew, and the plain rewrite of the same table.
 */
public final class MergeDimension {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String CONFIGURATION =
      """
      assay {
        extracts.people {
          load = full, key = [id]
          columns = [ { name = id }, { name = practice }, { name = lsoa }, { name = sex }, { name = born, type = date } ]
        }
        dimensions.person {
          from = people, type = 2, key = [id], tracked = [practice, lsoa], deletes = close
        }
      }
      """;

  private final SparkSession spark;
  private final Tables tables;
  private final SilverSettings settings;
  private final long people;
  private final List<Delivery> deliveries = new ArrayList<>();

  private MergeDimension(SparkSession spark, Path folder, long people) throws IOException {
    this.spark = spark;
    this.people = people;
    this.tables =
        new DeltaTables(
            spark, new TableRoot(new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri())));
    Path file = Files.createDirectories(folder).resolve("assay.conf");
    Files.writeString(file, CONFIGURATION);
    this.settings =
        Settings.load(
            file,
            Map.of(),
            Map.of(),
            root -> {
              root.acceptTheRest();
              return SilverSettings.from(root, Cohorts.from(root));
            });
  }

  /**
   * @param arguments an empty folder, and how many people
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSessions.local("bench", "local[2]");
    for (String what : List.of("warm", "measured")) {
      long people = what.equals("warm") ? 50_000 : Long.parseLong(arguments[1]);
      new MergeDimension(spark, Path.of(arguments[0], what), people).measure(what);
    }
    spark.stop();
  }

  private void measure(String what) {
    deliver(
        "d1", "2026-01-31", Load.FULL, "SELECT id, 0 AS moved FROM range(%d)".formatted(people));
    tell(what, "first", () -> refine(false));
    String moved = "SELECT id, 1 AS moved FROM range(%d) WHERE id %% 100 = 7".formatted(people);
    deliver("d2", "2026-02-28", Load.DELTA, moved);
    tell(what, "merge_delta", () -> refine(false));
    String whole =
        "SELECT id, if(id %% 100 IN (7, 8), 2, 0) AS moved FROM range(%d)".formatted(people);
    deliver("d3", "2026-03-31", Load.FULL, whole);
    tell(what, "merge_full", () -> refine(false));
    Dataset<Row> table = tables.read(TableName.silver("person"));
    tell(
        what,
        "rewrite",
        () ->
            tables.overwrite(
                TableName.silver("copy"),
                table,
                List.of("is_current"),
                CommitNote.of("run", "copy")));
    tell(what, "anew", () -> refine(true));
  }

  private static void tell(String run, String what, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    System.out.printf("RESULT %s %s %.2f%n", run, what, (System.nanoTime() - begin) / 1e9);
  }

  private void deliver(String id, String date, Load load, String people) {
    Dataset<Row> rows =
        spark
            .sql(people)
            .select(
                expr("'%s'".formatted(id)).as("_delivery_id"),
                expr("DATE'%s'".formatted(date)).as("_extract_date"),
                expr("id + 1").as("_row_number"),
                expr("sha2(cast(id AS STRING), 256)").as("id"),
                expr("concat('P', (id + moved) % 6500)").as("practice"),
                expr("concat('E', id % 33000)").as("lsoa"),
                expr("if(id % 2 = 0, 'F', 'M')").as("sex"),
                expr("date_add(DATE'1930-01-01', cast(id % 33000 AS INT))").as("born"));
    TableName silver = TableName.silver("people");
    tables.append(silver, rows, CommitNote.of("run", "silver people"));
    deliveries.add(
        new Delivery(
            id,
            "people",
            LocalDate.parse(date),
            load,
            0,
            "",
            new SourceFile("/landing/" + id, 1, Instant.EPOCH),
            id,
            new Delivery.Terms(
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                load == Load.FULL,
                List.of()),
            new Delivery.Receipt(1, 0, List.of(), 1, Instant.EPOCH, "run"),
            State.COMPLETE,
            ""));
  }

  private void refine(boolean anew) {
    RunJournal journal = new RunJournal("run", CLOCK, step -> {});
    new RefineDimension(
            new RunContext(spark, tables, journal, CLOCK, "code"),
            settings.dimensions().get(0),
            settings.extract("people"),
            Shipment.of(deliveries),
            "rules")
        .run(anew);
    if (!journal.refusals().isEmpty()) {
      throw new IllegalStateException(journal.refusals().toString());
    }
  }
}
