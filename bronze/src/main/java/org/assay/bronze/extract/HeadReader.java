package org.assay.bronze.extract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.delivery.SourceColumn;

/** Reads the heads of files. */
public final class HeadReader {
  private final SparkSession spark;
  private final Configuration hadoop;

  public HeadReader(SparkSession spark) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  /**
   * Looks at a file.
   *
   * @throws FileFault if it is damaged
   */
  public Head head(Extract extract, String path) {
    return extract.format() == Format.PARQUET ? parquet(path) : text(extract, path);
  }

  private Head text(Extract extract, String path) {
    List<String> names = TextFormats.columns(path, extract, hadoop);
    List<SourceColumn> columns =
        ColumnNames.distinct(names).stream().map(name -> new SourceColumn(name, "string")).toList();
    boolean hasRows =
        (extract.format() == Format.JSON || !names.isEmpty())
            && TextFormats.hasRecords(path, extract, hadoop);
    return new Head(names, columns, hasRows, OptionalLong.empty(), Map.of());
  }

  private Head parquet(String path) {
    long rows = footerRows(path);
    StructType schema = schema(path);
    List<String> names = List.of(schema.fieldNames());
    List<String> distinct = ColumnNames.distinct(names);
    List<SourceColumn> columns =
        IntStream.range(0, names.size())
            .mapToObj(i -> new SourceColumn(distinct.get(i), type(schema.fields()[i])))
            .toList();
    return new Head(names, columns, rows > 0, OptionalLong.of(rows), nested(schema));
  }

  /**
   * A wall clock time is kept as one of UTC: Delta keeps the other kind only if told to beforehand.
   */
  private static String type(StructField field) {
    return field.dataType().equals(DataTypes.TimestampNTZType)
        ? DataTypes.TimestampType.sql()
        : field.dataType().sql();
  }

  private StructType schema(String path) {
    try {
      return ExtractReader.parquet(spark, path).schema();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw unreadable(path, e);
    }
  }

  private long footerRows(String path) {
    try (ParquetFileReader footer =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(path), hadoop))) {
      return footer.getRecordCount();
    } catch (IOException | RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  /** A Parquet file that is none, or else that it cannot be reached, which is not its fault. */
  private static RuntimeException unreadable(String path, Exception e) {
    String name = new Path(path).getName();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnalysisException) {
        return FileFault.damaged(
            path,
            "%s cannot be read as a table: it names a column more than once, or has a type that Spark does not know, such as a time in nanoseconds. Ask for the file with each column once, and times in microseconds."
                .formatted(name));
      }
      String message = String.valueOf(cause.getMessage());
      if (message.contains("is not a Parquet file")
          || message.contains("can not read class org.apache.parquet.format")
          || message.contains("corrupted file")) {
        return FileFault.damaged(
            path,
            "%s is damaged: it is not a whole Parquet file. Nothing of it was used; ask for the file again."
                .formatted(name));
      }
    }
    return new IllegalStateException("Cannot read " + path, e);
  }

  private static Map<String, String> nested(StructType schema) {
    Map<String, String> nested = new TreeMap<>();
    Stream.of(schema.fields())
        .filter(field -> typeName(field).matches("array|map|struct|binary|interval.*"))
        .forEach(field -> nested.put(field.name(), typeName(field)));
    return nested;
  }

  private static String typeName(StructField field) {
    return field.dataType().typeName();
  }
}
