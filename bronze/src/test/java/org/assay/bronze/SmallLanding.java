package org.assay.bronze;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Pending;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/** A landing folder and a lake, for one or more extracts. */
final class SmallLanding {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

  /** Lines of an extract: its date, and a path that has the date. */
  static final String MARCH = "extract_date = \"2026-03-31\"";

  static final String DATED = "path = \"landing/patients_{yyyy-MM-dd}.csv\"";

  private final SparkSession spark;
  private final Path folder;
  private final Tables tables;
  private UnaryOperator<Tables> decorator = UnaryOperator.identity();
  private Clock clock = CLOCK;
  private BronzeSettings settings;
  private RunJournal journal;
  private int runs;

  /** Of Delta tables, as bronze leans on what they do. */
  SmallLanding(SparkSession spark, Path folder) {
    this(spark, folder, TestTables.delta(spark, folder.resolve("lake")));
  }

  SmallLanding(SparkSession spark, Path folder, TestTables tables) {
    this.spark = spark;
    this.folder = folder;
    this.tables = tables.tables();
  }

  /** Lines of an extract of CSV. */
  static String[] csv(String... more) {
    String[] lines = new String[more.length + 1];
    lines[0] = "format = csv";
    System.arraycopy(more, 0, lines, 1, more.length);
    return lines;
  }

  /** One extract called patients, with columns id and name; these lines are added to its block. */
  SmallLanding patients(String... lines) {
    return configure(
        """
        extracts.patients {
          load = full
          columns = [ { name = id }, { name = name } ]
          %s
        }
        """
            .formatted(String.join("\n", lines)));
  }

  /** Any extracts. */
  SmallLanding configure(String extracts) {
    Path file = write("assay.conf", "assay {\n" + extracts + "\n}\n");
    settings =
        Settings.load(
            file,
            Map.of(),
            Map.of(),
            root -> {
              root.optionalSection("spark").ifPresent(section -> section.text("master"));
              root.acceptTheRest();
              root.sections("extracts").values().forEach(e -> e.acceptTheRest());
              return BronzeSettings.from(root);
            });
    return this;
  }

  SmallLanding at(String instant) {
    clock = Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    return this;
  }

  /** Looks at the lake through something that may fail. */
  SmallLanding through(UnaryOperator<Tables> decorator) {
    this.decorator = decorator;
    return this;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with its modification time in seconds since 1970. */
  Path write(String name, String text, long modified) {
    Path file = write(name, text);
    try {
      return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modified)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A run of bronze. */
  SmallLanding ingest() {
    runs++;
    journal = new RunJournal("run-" + runs, clock, step -> {});
    Tables seen = decorator.apply(tables);
    RunContext context = new RunContext(spark, seen, journal, clock, "code");
    new BronzeIngest(
            settings,
            new DeliveryRegister(spark, seen),
            new org.apache.hadoop.fs.Path(folder.resolve("lake").toUri()))
        .run(context);
    return this;
  }

  Tables tables() {
    return tables;
  }

  RunJournal journal() {
    return journal;
  }

  DeliveryRegister register() {
    return new DeliveryRegister(spark, tables);
  }

  List<Delivery> deliveries() {
    return register().of("patients");
  }

  List<Pending> pending() {
    return register().pending("patients");
  }

  /** What waits, and what else a person should read. */
  List<String> told() {
    List<String> told = new ArrayList<>(journal.refusals());
    journal.remarks().stream().map(Remark::sentence).forEach(told::add);
    return told;
  }

  List<Row> bronze() {
    return bronze("patients");
  }

  List<Row> bronze(String extract) {
    return tables
        .read(TableName.bronze(extract))
        .orderBy("_extract_date", "_source_file", "_row_number")
        .collectAsList();
  }

  /** Values of columns of all rows, as "1|Ann"; null where there is none. */
  List<String> values(String... columns) {
    return bronze().stream()
        .map(
            row -> {
              List<String> values = new ArrayList<>();
              for (String column : columns) {
                values.add(String.valueOf(row.<Object>getAs(column)));
              }
              return String.join("|", values);
            })
        .toList();
  }

  /** State and reason by file name. */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    deliveries().forEach(d -> states.put(d.file().name(), d.state().text()));
    pending().forEach(p -> states.put(p.file().name(), p.state().text()));
    return states;
  }

  Map<TableName, Long> versions() {
    Map<TableName, Long> versions = new TreeMap<>();
    tables.list().forEach(t -> versions.put(t, tables.state(t).orElseThrow().version()));
    return versions;
  }
}
