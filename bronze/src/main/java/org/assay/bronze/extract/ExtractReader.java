package org.assay.bronze.extract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.assay.common.contract.BronzeContract;
import org.assay.common.run.DataRefusedException;

/** Reads a delivery's file as rows: the source columns, the row's number and what was rescued. */
public final class ExtractReader {
  private final SparkSession spark;
  private final Configuration hadoop;

  public ExtractReader(SparkSession spark) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  /**
   * What a file holds, without reading all of it.
   *
   * @param columns its columns, as the file names them
   * @param hasRows whether there is any row
   * @param nested the type of each column that is neither a text, a number, a date nor a truth
   *     value
   */
  public record Peek(List<String> columns, boolean hasRows, Map<String, String> nested) {
    public Peek {
      columns = List.copyOf(columns);
      nested = Map.copyOf(nested);
    }
  }

  /**
   * Looks at the head of a file.
   *
   * @throws DataRefusedException if it is damaged
   */
  public Peek peek(Extract.Format format, String path) {
    return DamagedFile.refusing(
        path,
        () ->
            switch (format) {
              case CSV -> {
                try (CsvRecords records = CsvRecords.open(path, hadoop)) {
                  yield new Peek(records.header(), records.hasNext(), Map.of());
                }
              }
              case PARQUET -> {
                Dataset<Row> rows = spark.read().parquet(path);
                yield new Peek(List.of(rows.columns()), !rows.isEmpty(), nested(rows.schema()));
              }
            });
  }

  private static Map<String, String> nested(StructType schema) {
    Map<String, String> nested = new TreeMap<>();
    for (StructField field : schema.fields()) {
      String type = field.dataType().typeName();
      if (type.matches("array|map|struct|binary|interval.*")) {
        nested.put(field.name(), type);
      }
    }
    return nested;
  }

  /** All rows of a file; one task reads it, in its own order. */
  public Dataset<Row> rows(Extract.Format format, String path, List<String> columns) {
    return switch (format) {
      case CSV -> csv(path, columns);
      case PARQUET ->
          spark
              .read()
              .parquet(path)
              .withColumn(BronzeContract.ROW_NUMBER, col("_metadata.row_index").plus(1))
              .withColumn(BronzeContract.RESCUED, lit(null).cast(DataTypes.StringType));
    };
  }

  private Dataset<Row> csv(String path, List<String> columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    schema =
        schema
            .add(BronzeContract.ROW_NUMBER, DataTypes.LongType)
            .add(BronzeContract.RESCUED, DataTypes.StringType);
    SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
    FlatMapFunction<String, Row> read = file -> CsvRecords.open(file, configuration.value());
    return spark
        .createDataset(List.of(path), Encoders.STRING())
        .flatMap(read, Encoders.row(schema));
  }
}
