package org.assay.silver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.assay.common.config.Settings;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Resupply;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.fixture.FailingTables;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.run.StepReport;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.deequ.Deequ;
import org.assay.expectations.history.Instruments;
import org.assay.silver.cohort.CurrentExtracts;

/** A lake of small deliveries of one extract, whose raw columns are area, grp, ill and pop. */
final class SmallLake {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
  private static final StructType BRONZE =
      StructType.fromDDL(
          "_delivery_id STRING, _extract_date DATE, _source_file STRING, _row_number BIGINT,"
              + " _ingested_at TIMESTAMP, _malformed STRING, _rescued STRING, area STRING, grp STRING, ill STRING, pop STRING");

  /** What became of each held row. */
  private static final String STORY =
      "concat_ws(' ', get_json_object(row, '$.grp'), status, resolved_by, delivery_id, row_number, size(occurrences))";

  private final SparkSession spark;
  private final Path folder;
  private final TestTables stored;
  private final Tables tables;
  private final List<StepReport> told = new ArrayList<>();
  private SilverSettings settings;
  private final DeliveryRegister register;
  private RunJournal journal;

  /**
   * Of RefineExtractTest's rows, of which a tenth must be right, with more settings of the extract.
   */
  static SmallLake ofRows(SparkSession spark, Path folder, String more) {
    return new SmallLake(
        spark,
        folder,
        RefineExtractTest.ROWS
            .replace("load = full", "load = full\n" + more)
            .replace("mostly = 0.5", "mostly = 0.1"));
  }

  /**
   * Of every held row its group, state, what resolved it, where it stands, and how often it came.
   */
  List<String> story() {
    return rows("quarantine.rows", "row, delivery_id, row_number", STORY);
  }

  SmallLake(SparkSession spark, Path folder, String conf) {
    this.spark = spark;
    this.folder = folder;
    this.stored = TestTables.quick(spark, folder.resolve("lake"));
    this.tables = stored.tables();
    this.register = new DeliveryRegister(spark, tables);
    configure(conf);
  }

  /** Reads another configuration for the runs that follow. */
  void configure(String conf) {
    settings = SilverConf.read(folder, conf);
  }

  Tables tables() {
    return tables;
  }

  /** Why the last run refused data. */
  List<String> refusals() {
    return journal.refusals();
  }

  /** What the last run told a person, in sentences. */
  List<String> remarks() {
    return journal.remarks().stream().map(remark -> remark.sentence()).toList();
  }

  /** What is wrong with the configuration's SQL. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Settings.load(
        folder.resolve("assay.conf"),
        Map.of(),
        Map.of(),
        root -> {
          root.acceptTheRest();
          SilverCheck.problems(spark, settings, root.places())
              .forEach(p -> problems.add("line %d: %s".formatted(p.line(), p.sentence())));
          return problems;
        });
    return problems;
  }

  /** The steps of the last run. */
  List<StepReport> told() {
    return told;
  }

  /**
   * Delivers rows of "area|grp|ill|pop"; an empty field is null, a row beginning with ! malformed.
   */
  void deliver(String date, String... rows) {
    deliver(Load.FULL, date, rows);
  }

  /** Delivers rows as a FULL or a DELTA. */
  void deliver(Load load, String date, String... rows) {
    deliver("counts", load, date, rows);
  }

  /** Delivers rows of any extract, whose files have the same columns. */
  void deliver(String extract, Load load, String date, String... rows) {
    String id = (extract.equals("counts") ? "d-" : extract + "-") + date;
    arrive(extract, id, load, date, 0, "", rows);
  }

  /** Delivers all that there is: what is absent no longer exists. */
  void deliverAll(String extract, String date, String... rows) {
    Delivery.Terms exhaustive =
        new Delivery.Terms(
            Optional.empty(), OptionalLong.empty(), Optional.empty(), true, List.of());
    arrive(extract, extract + "-" + date, Load.FULL, date, 0, "", exhaustive, rows);
  }

  /** Delivers rows once more for a day, which replace what came for it before. */
  void revise(String date, long revision, String... rows) {
    arrive("counts", "d-%s-r%d".formatted(date, revision), Load.FULL, date, revision, "", rows);
  }

  /** Delivers one of several files of a day, whose rows belong together. */
  void deliverPart(String date, String part, String... rows) {
    arrive("counts", "d-%s-%s".formatted(date, part), Load.FULL, date, 0, part, rows);
  }

  private void arrive(
      String extract,
      String id,
      Load load,
      String date,
      long revision,
      String part,
      String... rows) {
    arrive(extract, id, load, date, revision, part, Delivery.Terms.NONE, rows);
  }

  private void arrive(
      String extract,
      String id,
      Load load,
      String date,
      long revision,
      String part,
      Delivery.Terms terms,
      String... rows) {
    List<Row> bronze = new ArrayList<>();
    LocalDate day = LocalDate.parse(date);
    for (String row : rows) {
      boolean malformed = row.startsWith("!");
      String[] f = malformed ? new String[4] : row.split("\\|", -1);
      bronze.add(
          RowFactory.create(
              id,
              day,
              extract + ".csv",
              bronze.size() + 1L,
              CLOCK.instant(),
              malformed ? "1 field, not 4" : null,
              malformed ? row : null,
              text(f[0]),
              text(f[1]),
              text(f[2]),
              text(f[3])));
    }
    Dataset<Row> frame = spark.createDataFrame(bronze, BRONZE).coalesce(1);
    TableState state =
        tables.append(TableName.bronze(extract), frame, CommitNote.of("run", "bronze counts"));
    register.arrived(
        extract,
        List.of(
            new Delivery(
                id,
                extract,
                day,
                load,
                revision,
                part,
                new SourceFile("/landing/%s.csv".formatted(extract), 1, CLOCK.instant()),
                "sha-" + id,
                terms,
                new Delivery.Receipt(
                    rows.length,
                    Stream.of(rows).filter(row -> row.startsWith("!")).count(),
                    Stream.of("area", "grp", "ill", "pop")
                        .map(name -> new SourceColumn(name, "string"))
                        .toList(),
                    state.version(),
                    CLOCK.instant(),
                    "run"),
                State.COMPLETE,
                "")),
        Resupply.NONE); // saved with what silver says of it
  }

  private static String text(String field) {
    return field == null || field.isEmpty() ? null : field;
  }

  void refine() {
    refine(Deequ.instruments());
  }

  void refine(Instruments instruments) {
    refine(instruments, tables);
  }

  /** Refines as if the process had been killed at a moment of {@link FailingTables}. */
  void refineUntil(String moment) {
    Tables killed =
        new FailingTables(
            tables,
            now -> {
              if (now.equals(moment)) {
                throw new IllegalStateException("killed " + moment);
              }
            });
    assertThatThrownBy(() -> refine(Deequ.instruments(), killed))
        .hasMessageContaining("killed " + moment);
  }

  /** Refines, and once at a moment of {@link FailingTables} somebody else does something. */
  void refineBeside(String moment, Runnable other) {
    AtomicBoolean isDone = new AtomicBoolean();
    refine(
        Deequ.instruments(),
        new FailingTables(
            tables,
            now -> {
              if (now.equals(moment) && !isDone.getAndSet(true)) {
                other.run();
              }
            }));
    assertThat(isDone).isTrue();
  }

  private void refine(Instruments instruments, Tables through) {
    told.clear();
    journal = new RunJournal("run", CLOCK, told::add);
    new SilverRefine(settings, register, instruments, Optional.empty(), false)
        .run(new RunContext(spark, through, journal, CLOCK, "code"));
  }

  /**
   * Cohorts that stand on older data, each with the date of what it uses and of what it waits for.
   */
  List<String> stale() {
    return SilverStale.of(settings, register).stream()
        .map(s -> "%s %s %s".formatted(s.cohort(), s.uses().orElse(null), s.since().orElse(null)))
        .toList();
  }

  List<String> silver() {
    return tables
        .read(TableName.silver("counts"))
        .orderBy("_extract_date", "_row_number")
        .selectExpr("concat_ws('|', region, grp, ill, people)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The extract's current state, as the SQL of populations sees it. */
  List<String> current() {
    CurrentExtracts.all(tables, settings.extracts())
        .forEach((name, rows) -> rows.createOrReplaceTempView(name));
    return spark
        .table("counts")
        .selectExpr("concat_ws('|', region, grp, ill, people)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** As if the ledger had never been written. */
  void forgetTheLedger() {
    forget("ledger");
  }

  /** As if a table of the journal had never been written. */
  void forget(String table) {
    stored.forget(TableName.ops(table));
  }

  /** Reasons by row number, of rows that are held now. */
  Map<Long, List<String>> held() {
    Map<Long, List<String>> held = new TreeMap<>();
    tables
        .read(TableName.quarantine("rows"))
        .filter("status = 'held'")
        .collectAsList()
        .forEach(
            row ->
                held.put(
                    row.getAs("row_number"),
                    row.<Row>getList(row.fieldIndex("reasons")).stream()
                        .map(r -> r.getString(0))
                        .toList()));
    return held;
  }

  Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    tables.list().stream()
        .filter(t -> t.layer() != TableName.Layer.OPS)
        .forEach(t -> versions.put(t.toString(), tables.state(t).orElseThrow().version()));
    return versions;
  }

  /** A table's rows as texts. */
  List<String> rows(String table, String order, String expression) {
    return tables
        .read(TableName.parse(table).orElseThrow())
        .orderBy(Arrays.stream(order.split(", ")).map(functions::col).toArray(Column[]::new))
        .selectExpr(expression)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
