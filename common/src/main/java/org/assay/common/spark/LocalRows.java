package org.assay.common.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows of the driver as a dataset, in the order given, so that equal rows are equal files. */
public final class LocalRows {
  /** What a task may bring with it is limited on a cluster, to 128 MiB by default. */
  static final int MOST_IN_ONE_PARTITION = 100_000;

  private LocalRows() {}

  /** In one partition, unless they are too many for one task; the number of rows decides alone. */
  public static Dataset<Row> of(SparkSession spark, List<Row> rows, StructType schema) {
    if (rows.size() <= MOST_IN_ONE_PARTITION) {
      return SmallSession.beside(spark).createDataFrame(rows, schema).coalesce(1);
    }
    int partitions = 1 + (rows.size() - 1) / MOST_IN_ONE_PARTITION;
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions),
        schema);
  }
}
