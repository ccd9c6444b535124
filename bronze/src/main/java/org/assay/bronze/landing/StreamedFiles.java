package org.assay.bronze.landing;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.assay.bronze.extract.LandingPath;
import org.assay.common.run.DataRefusedException;

/**
 * What is new in landing since the last look, found by Structured Streaming. Only names are read; a
 * batch counts as seen once its consumer has returned.
 */
public final class StreamedFiles {
  /** Spark leaves out files that are older than this before the newest: none must be. */
  private static final String NEVER_TOO_OLD = "36500d";

  private final SparkSession spark;
  private final String checkpoint;
  private final int filesPerBatch;

  /**
   * @param checkpoint the folder where Spark remembers what it has seen
   * @param filesPerBatch how many files a batch has at most
   */
  public StreamedFiles(SparkSession spark, String checkpoint, int filesPerBatch) {
    this.spark = spark;
    this.checkpoint = checkpoint;
    this.filesPerBatch = filesPerBatch;
  }

  /**
   * Tells the consumer the paths that are new, batch by batch, and returns when there are no more.
   */
  public void next(LandingPath path, Consumer<Set<String>> consumer) {
    if (!exists(new Path(path.folder()))) {
      return; // what has not come is told by who waits for it
    }
    Dataset<Row> found =
        spark
            .readStream()
            .format("binaryFile")
            .schema("path STRING, modificationTime TIMESTAMP, length BIGINT, content BINARY")
            .option("recursiveFileLookup", path.isPattern())
            .option("maxFilesPerTrigger", filesPerBatch)
            .option("maxFileAge", NEVER_TOO_OLD)
            .load(path.folder())
            .select(col("path"));
    VoidFunction2<Dataset<Row>, Long> batch =
        (files, id) -> {
          Set<String> paths =
              files.as(Encoders.STRING()).collectAsList().stream()
                  .map(file -> new Path(file).toString())
                  .collect(Collectors.toCollection(HashSet::new));
          if (!paths.isEmpty()) {
            consumer.accept(paths);
          }
        };
    try {
      StreamingQuery query =
          found
              .writeStream()
              .trigger(Trigger.AvailableNow())
              .option("checkpointLocation", checkpoint)
              .foreachBatch(batch)
              .start();
      query.awaitTermination();
    } catch (TimeoutException | StreamingQueryException e) {
      throw failed(e);
    }
  }

  private boolean exists(Path folder) {
    try {
      return folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for " + folder, e);
    }
  }

  /** What the consumer threw, or else that the stream failed. */
  private static RuntimeException failed(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataRefusedException refused) {
        return refused;
      }
    }
    return new IllegalStateException("The stream of landing failed", e);
  }
}
