package org.assay.jobs.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assay.bronze.BronzeIngest;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.expectations.deequ.Deequ;
import org.assay.jobs.Project;
import org.assay.silver.SilverRefine;

/** A tiny lake of one extract and a dimension of it, brought up to date as far as silver. */
final class Lakelet {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  private static final String CONFIGURATION =
      """
      assay {
        name = lakelet
        lake { uri = "lake" }
        extracts.stays {
          path   = "landing/{yyyy-MM-dd}_r{revision}_{part}.csv"
          format = csv
          load   = full
          key    = [stay]
          columns = [ { name = stay }, { name = ward }, { name = days, type = int } ]
          expectations = [
            { expect = expect_column_values_to_be_between, column = days, min_value = 0, on_fail = quarantine }
          ]
        }
        dimensions.stay {
          from = stays, type = 2, key = [stay], tracked = [ward], attributes = [days], deletes = close, max_closed = 1.0
        }
      }
      """;

  private final SparkSession spark;
  private final Path folder;
  private final Tables tables;

  /** With Delta tables, as a process of its own finds them. */
  Lakelet(SparkSession spark, Path folder) {
    this(spark, folder, TestTables.delta(spark, folder.resolve("lake")));
  }

  private Lakelet(SparkSession spark, Path folder, TestTables tables) {
    this.spark = spark;
    this.folder = folder;
    this.tables = tables.tables();
    write("assay.conf", CONFIGURATION);
  }

  /** With tables in memory, where what they hold is all that is asked. */
  static Lakelet quick(SparkSession spark, Path folder) {
    return new Lakelet(spark, folder, TestTables.quick(spark, folder.resolve("lake")));
  }

  /** A file, of a modification time that does not depend on when it is written. */
  Lakelet write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(text.length())));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Lakelet landing(String name, String text) {
    return write("landing/" + name, text);
  }

  /** Deliveries that have something of everything. */
  Lakelet withDeliveries() {
    return landing("2026-03-31_r0_a.csv", "stay,ward,days\n1,x,3\n1,x,3\n2,y,-1\n3\n")
        .landing("2026-04-30_r0_a.csv", "stay,ward,days\n1,x,4\n")
        .landing("2026-04-30_r1_a.csv", "stay,ward,days,more\n1,x,5,m\n4,z,1,m\n")
        .landing("2026-04-30_r1_a.csv.manifest.json", "{\"exhaustive\": true}")
        .landing("2026-05-31_r0_a.csv", "stay,ward,days\n4,z,2\n5,z,1\n")
        .landing("2026-05-31_r0_a.csv.manifest.json", "{\"load\": \"DELTA\", \"rows\": 2}")
        .landing("2026-06-30_r0_a.csv", "stay,ward,days\n9,z,9\n")
        .landing("2026-06-30_r0_a.csv.manifest.json", "{\"rows\": 2}");
  }

  Tables tables() {
    return tables;
  }

  RunJournal run() {
    return run(t -> t);
  }

  /** A run of bronze and silver that sees the tables through something. */
  RunJournal run(UnaryOperator<Tables> decorator) {
    Project project = Project.load(folder.resolve("assay.conf"), Map.of(), Map.of());
    Tables seen = decorator.apply(tables);
    RunJournal journal = new RunJournal(RunId.next(Clock.systemUTC()), CLOCK, step -> {});
    RunContext context = new RunContext(spark, seen, journal, CLOCK, "code");
    DeliveryRegister register = new DeliveryRegister(spark, seen);
    new BronzeIngest(
            project.bronze(),
            register,
            new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri()))
        .run(context);
    new SilverRefine(project.silver(), register, Deequ.instruments(), Optional.empty(), false)
        .run(context);
    return journal;
  }

  /** All that the lake holds, but for when and by which run it came. */
  List<String> content() {
    List<String> content = new ArrayList<>();
    content.addAll(
        rows("bronze.stays", "_delivery_id, _row_number, _malformed, _rescued, stay, ward, days"));
    content.addAll(standing());
    content.addAll(silver());
    ledger().forEach((place, rows) -> content.add(place + " " + rows));
    return content;
  }

  /** What silver and quarantine hold. */
  List<String> silver() {
    List<String> silver = new ArrayList<>(rows("silver.stays", "_delivery_id, stay, ward, days"));
    silver.addAll(
        rows("silver.stay", "stay, ward, days, valid_from, valid_to, is_current, held_since"));
    silver.addAll(
        rows("quarantine.rows", "delivery_id, row_number, row, reasons.expectation_id, status"));
    tables
        .state(TableName.silver("stays"))
        .flatMap(state -> state.note().flatMap(note -> note.madeOf("current")))
        .ifPresent(current -> silver.add("current " + current));
    return silver;
  }

  /** Every delivery with its state. */
  List<String> standing() {
    return rows(
        "ops.deliveries",
        "if(bronze_version IS NULL, substring_index(source_file, '/', -1), delivery_id), extract_date, revision, part, rows, malformed_rows, state, regexp_replace(reason, '.*/', '')");
  }

  /** Rows by delivery and class, as they are now. */
  Map<String, Long> ledger() {
    Map<String, Long> ledger = new TreeMap<>();
    if (tables.state(TableName.ops("ledger")).isPresent()) {
      tables
          .read(TableName.ops("ledger"))
          .groupBy("delivery_id", "class")
          .agg(functions.expr("sum(rows - rows_before)"))
          .collectAsList()
          .forEach(row -> ledger.put(row.getString(0) + " " + row.getString(1), row.getLong(2)));
    }
    ledger.values().removeIf(rows -> rows == 0);
    return ledger;
  }

  private List<String> rows(String table, String columns) {
    TableName name = TableName.parse(table).orElseThrow();
    if (tables.state(name).isEmpty()) {
      return List.of();
    }
    return tables
        .read(name)
        .select(functions.expr("struct(" + columns + ")"))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .map(row -> name + row)
        .toList();
  }
}
