package org.assay.bronze.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.SourceFile;

/** Reads files as rows of bronze. */
public final class ExtractReader {
  private static final int FILES_PER_CORE = 4;

  private final SparkSession spark;
  private final Extract extract;
  private final BronzeColumns columns;
  private final CollectionAccumulator<Tally> tallies;
  private final LongAccumulator read;

  /**
   * @param columns the columns that bronze has; those of the files are added to them
   */
  public ExtractReader(SparkSession spark, Extract extract, BronzeColumns columns) {
    this.spark = spark;
    this.extract = extract;
    this.columns = columns;
    this.tallies = spark.sparkContext().collectionAccumulator();
    this.read = spark.sparkContext().longAccumulator();
  }

  /**
   * A file to read.
   *
   * @param deliveryId names its delivery
   * @param file where it is
   * @param extractDate the day it speaks of
   * @param digest the digest that it must have
   * @param rows the rows that it must have, where something says it
   * @param head its columns
   */
  public record Input(
      String deliveryId,
      SourceFile file,
      LocalDate extractDate,
      String digest,
      OptionalLong rows,
      Head head) {}

  /**
   * All rows of these files. Text is read by one task to a file, in the file's order; nothing of it
   * is kept in memory.
   *
   * @throws FileFault while they are read, if a file is not what was announced
   */
  public Dataset<Row> rows(List<Input> inputs, Instant now) {
    inputs.forEach(input -> columns.add(input.head()));
    Dataset<Row> rows =
        extract.format() == Format.PARQUET
            ? inputs.stream()
                .map(input -> parquet(input, now))
                .reduce((a, b) -> a.unionByName(b, true))
                .orElseThrow()
            : text(inputs, now);
    return inBronzesOrder(rows);
  }

  private Dataset<Row> inBronzesOrder(Dataset<Row> rows) {
    List<String> there = List.of(rows.columns());
    Stream<String> own = Stream.of(BronzeContract.EXTRACT.schema().fieldNames());
    Stream<String> source = columns.all().stream().map(StructField::name).filter(there::contains);
    return rows.select(Stream.concat(own, source).map(name -> named(name)).toArray(Column[]::new));
  }

  /** What was read of each delivery; complete once the rows have been written. */
  public Collection<Tally> tallies() {
    return tallies.value().stream().distinct().toList();
  }

  /** The id of the accumulator that counts rows of text as they are read. */
  public long rowsReadId() {
    return read.id();
  }

  private Dataset<Row> text(List<Input> inputs, Instant now) {
    List<StructField> source = columns.all();
    StructType schema = BronzeContract.EXTRACT.schema();
    for (StructField field : source) {
      schema = schema.add(field.name(), "string");
    }
    List<FileTask> tasks = new ArrayList<>();
    inputs.forEach(input -> tasks.add(task(input)));
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    int width = source.size();
    CollectionAccumulator<Tally> told = tallies;
    LongAccumulator rowsRead = read;
    LongConsumer progress = (LongConsumer & Serializable) rows -> rowsRead.add(rows);
    FlatMapFunction<FileTask, Row> open =
        task -> new FileRows(task, now, width, hadoop.value(), told::add, progress);
    int slices = Math.min(tasks.size(), FILES_PER_CORE * spark.sparkContext().defaultParallelism());
    Dataset<Row> rows =
        spark.createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(tasks, slices)
                .flatMap(open),
            schema);
    ChangedTypes types = new ChangedTypes(extract, columns);
    return types.isAnyIn(rows) ? types.brought(rows) : rows;
  }

  private FileTask task(Input input) {
    List<String> names = input.head().columnNames();
    return new FileTask(
        input.deliveryId(),
        input.file().path(),
        input.extractDate().toEpochDay(),
        input.digest(),
        input.rows().orElse(-1),
        extract.format(),
        extract.dialect(),
        input.head().names(),
        names,
        names.stream().mapToInt(columns::place).toArray());
  }

  /** A Parquet file by exactly this path, whatever characters it has. */
  public static Dataset<Row> parquet(SparkSession spark, String path) {
    return spark.read().option("__globPaths__", "false").parquet(path);
  }

  /** What a task says of a Parquet file that is not the one that was looked at. */
  public static String changed(String path) {
    return "changed while it was read: " + path;
  }

  /** The row's number; the task fails if the file is no longer the one that was hashed. */
  private static Column rowNumber(SourceFile file) {
    Column isOther =
        col("_metadata.file_size")
            .notEqual(lit(file.bytes()))
            .or(col("_metadata.file_modification_time").notEqual(lit(file.modifiedAt())));
    return when(isOther, raise_error(lit(changed(file.path()))).cast("bigint"))
        .otherwise(col("_metadata.row_index").plus(1));
  }

  private Dataset<Row> parquet(Input input, Instant now) {
    Head head = input.head();
    List<Column> selected = new ArrayList<>();
    selected.add(lit(input.deliveryId()).as(BronzeContract.DELIVERY_ID));
    selected.add(lit(input.extractDate()).as(BronzeContract.EXTRACT_DATE));
    selected.add(lit(input.file().name()).as(BronzeContract.SOURCE_FILE));
    selected.add(rowNumber(input.file()).as(BronzeContract.ROW_NUMBER));
    selected.add(lit(now).as(BronzeContract.INGESTED_AT));
    selected.add(lit(null).cast("string").as(BronzeContract.MALFORMED));
    selected.add(rescued(head).as(BronzeContract.RESCUED));
    for (int i = 0; i < head.names().size(); i++) {
      String name = head.columnNames().get(i);
      if (columns.isKept(name)) {
        selected.add(
            named(head.names().get(i))
                .cast(DataType.fromDDL(head.columns().get(i).type()))
                .as(columns.of(name).name()));
      }
    }
    Dataset<Row> rows = parquet(spark, input.file().path()).select(selected.toArray(Column[]::new));
    ChangedTypes types = new ChangedTypes(extract, columns);
    return types.isAnyIn(rows) ? types.brought(rows) : rows;
  }

  private Column rescued(Head head) {
    List<Column> rescued = new ArrayList<>();
    for (int i = 0; i < head.names().size(); i++) {
      if (!columns.isKept(head.columnNames().get(i))) {
        rescued.add(named(head.names().get(i)).as(head.columnNames().get(i)));
      }
    }
    return rescued.isEmpty() ? lit(null).cast("string") : ChangedTypes.json(rescued);
  }
}
