package org.assay.silver.history;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.State;
import org.assay.common.fixture.TestTables;
import org.assay.common.run.RunContext;
import org.assay.common.run.RunJournal;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.silver.SilverConf;
import org.assay.silver.SilverSettings;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.HeldRow;

/** Accepted and held rows of an extract of people, and a dimension that is made of them. */
final class DimensionLake {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
  private static final String EXTRACT =
      """
      assay {
        null_tokens = [""]
        extracts.people {
          load = full, key = [%s]
          columns = [ { name = id }, { name = a }, { name = b }, { name = since, type = date } ]
          expectations = [ { expect = expect_column_values_to_not_be_null, column = since, on_fail = quarantine } ]
        }
        dimensions.person { from = people, %s }
      }
      """;

  private final SparkSession spark;
  private final Tables tables;
  private final Path folder;
  private Dimension dimension;
  private ExtractRules extract;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Row> held = new ArrayList<>();
  private RunJournal journal;
  private long few = AffectedMembers.FEW;

  DimensionLake(SparkSession spark, Path folder, String dimension) {
    this(spark, folder, "id", dimension);
  }

  DimensionLake(SparkSession spark, Path folder, String extractKey, String dimension) {
    this(
        spark,
        folder,
        extractKey,
        dimension,
        TestTables.quick(spark, folder.resolve("lake")).tables());
  }

  DimensionLake(
      SparkSession spark, Path folder, String extractKey, String dimension, Tables tables) {
    this.spark = spark;
    this.folder = folder;
    this.tables = tables;
    configure(extractKey, dimension);
  }

  /** From now on the dimension is another. */
  void configure(String extractKey, String dimension) {
    SilverSettings settings = SilverConf.read(folder, EXTRACT.formatted(extractKey, dimension));
    this.dimension = settings.dimensions().get(0);
    this.extract = settings.extract("people");
  }

  /** From now on it is found out first whom deliveries affect, however few rows there are. */
  DimensionLake lookingFirst() {
    few = 0;
    return this;
  }

  Tables tables() {
    return tables;
  }

  Dimension dimension() {
    return dimension;
  }

  /**
   * Puts a delivery into silver and quarantine.
   *
   * @param accepted rows of id, a, b and since; "" is null
   * @param heldIds members of held rows; null where the key cannot be read
   */
  void deliver(
      String id,
      LocalDate date,
      Load load,
      boolean exhaustive,
      List<String> accepted,
      List<String> heldIds) {
    for (String row : accepted) {
      String[] f = row.split("\\|", -1);
      rows.add(
          RowFactory.create(
              id,
              date,
              rows.size() + 1L,
              f[0],
              text(f[1]),
              text(f[2]),
              f.length > 3 ? LocalDate.parse(f[3]) : null));
    }
    for (String member : heldIds) {
      held.add(RowFactory.create(id, date, held.size() + 1L, member));
    }
    deliveries.add(
        new Delivery(
            id,
            "people",
            date,
            load,
            0,
            "",
            new SourceFile("/landing/people-%s-%s.csv".formatted(date, id), 1, CLOCK.instant()),
            "sha-" + id,
            new Delivery.Terms(
                Optional.empty(), OptionalLong.empty(), Optional.empty(), exhaustive, List.of()),
            new Delivery.Receipt(accepted.size(), 0, List.of(), 1, CLOCK.instant(), "run"),
            State.COMPLETE,
            ""));
  }

  private static String text(String field) {
    return field.isEmpty() ? null : field;
  }

  /** Writes what was delivered and refines. */
  boolean refine(boolean anew) {
    write();
    return run(anew);
  }

  /** Writes what was delivered. */
  void write() {
    StructType schema = SilverContract.EXTRACT.schema();
    schema = schema.add("id", "string").add("a", "string").add("b", "string").add("since", "date");
    tables.overwrite(
        TableName.silver("people"),
        spark.createDataFrame(rows, schema).coalesce(1),
        CommitNote.of("run", "silver people"));
    if (!held.isEmpty()) {
      tables.overwrite(
          TableName.quarantine("rows"),
          spark
              .createDataFrame(
                  held,
                  StructType.fromDDL(
                      "delivery_id STRING, extract_date DATE, row_number BIGINT, id STRING"))
              .withColumn("_d", HeldRow.acceptedKey(extract, List.of("id")))
              .selectExpr(
                  "'people' AS extract",
                  "array(named_struct('delivery_id', delivery_id, 'extract_date', extract_date,"
                      + " 'row_number', row_number)) AS occurrences",
                  "array(named_struct('dimension', 'person', 'key', IF(id IS NULL, NULL, _d)))"
                      + " AS dimension_keys")
              .coalesce(1),
          CommitNote.of("run", "hold"));
    }
  }

  /** Some of what was delivered; what is absent from a FULL one is no more. */
  Deliveries deliveries(String... ids) {
    return Deliveries.of(
        Shipment.of(deliveries).stream()
            .filter(shipment -> List.of(ids).containsAll(shipment.ids()))
            .toList(),
        shipment -> dimension.deletes() == Dimension.Deletes.CLOSE);
  }

  /** Held rows of what was delivered. */
  HeldMembers heldMembers(String... ids) {
    return HeldMembers.of(tables, dimension, extract, List.of(ids));
  }

  /** Refines what stands. */
  boolean run(boolean anew) {
    journal = new RunJournal("run", CLOCK, step -> {});
    return new RefineDimension(
            new RunContext(spark, tables, journal, CLOCK, "code"),
            dimension,
            extract,
            Shipment.of(deliveries),
            "rules",
            few)
        .run(anew);
  }

  List<String> remarks() {
    return journal.remarks().stream().map(remark -> remark.sentence()).toList();
  }

  List<String> refusals() {
    return journal.refusals();
  }

  long version() {
    return tables.state(dimension.table()).orElseThrow().version();
  }

  /** "id|a|b|from|to|held since", a dot for null, in the order of member and time. */
  List<String> versions() {
    return tables
        .read(dimension.table())
        .orderBy(functions.col("id"), functions.col("valid_from"))
        .selectExpr(
            "concat_ws('|', id, coalesce(a, '.'), coalesce(b, '.'), valid_from,"
                + " coalesce(valid_to, '.'), coalesce(held_since, '.'))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
