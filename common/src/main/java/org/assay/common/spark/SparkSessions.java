package org.assay.common.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assay.common.disk.LocalDisk;
import org.assay.common.disk.LocalDiskFs;

/**
 * The one place where a Spark session is configured. Settings that change results are pinned here,
 * whatever cluster the session runs on.
 */
public final class SparkSessions {
  /** The port and host of a local session; never reachable from outside. */
  private static final String LOOPBACK = "127.0.0.1";

  /** Whether SQL may name a file or folder as a table. */
  public static final String SQL_ON_FILES = "spark.sql.runSQLOnFiles";

  /** Bytes of a row group, before they are compressed. */
  private static final int ROW_GROUP = 8 << 20;

  private SparkSessions() {}

  /**
   * Settings that change what an expression returns. Assay converts values by its own strict rules
   * and asks Spark for null, not for an exception, where a value is not what it should be.
   */
  public static Map<String, String> semantics() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.ansi.enabled", "false");
    settings.put("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.datetime.java8API.enabled", "true");
    settings.put("spark.sql.caseSensitive", "false");
    // Dates before 1582 are what they say, in the calendar of ISO 8601; by default Spark stops.
    for (String mode : List.of("datetimeRebaseModeIn", "int96RebaseModeIn")) {
      settings.put("spark.sql.parquet." + mode + "Read", "CORRECTED");
      settings.put("spark.sql.parquet." + mode + "Write", "CORRECTED");
    }
    settings.put("spark.sql.parser.escapedStringLiterals", "false");
    settings.put("spark.sql.ansi.doubleQuotedIdentifiers", "false");
    // A query reads what it is given, never a path: bronze would be open to everyone.
    settings.put(SQL_ON_FILES, "false");
    // Nor what the environment holds, such as a key.
    settings.put("spark.sql.variable.substitute", "false");
    settings.put("spark.sql.decimalOperations.allowPrecisionLoss", "true");
    // Labelled rows are kept for a minute and read twice: what compression saves, it does not earn.
    settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
    // Delta answers min and max of a date from its statistics with a type that java8API is not.
    settings.put("spark.databricks.delta.optimizeMetadataQuery.enabled", "false");
    // A commit of no rows may still carry a note of what was judged.
    settings.put("spark.databricks.delta.skipRecordingEmptyCommits", "false");
    return settings;
  }

  /** Whether this process has a session already, which is somebody else's to stop. */
  public static boolean isRunning() {
    return SparkSession.getDefaultSession().isDefined()
        && !SparkSession.getDefaultSession().get().sparkContext().isStopped();
  }

  /** A session on an existing cluster or scheduler, which decides the master and resources. */
  public static SparkSession onCluster(String name) {
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    delta().forEach(builder::config);
    SparkSession spark = builder.getOrCreate();
    pin(spark);
    return spark;
  }

  /** Gives a session the settings that change results, whatever it had. */
  static void pin(SparkSession spark) {
    semantics().forEach((key, value) -> spark.conf().set(key, value));
  }

  /**
   * An embedded session.
   *
   * @param master such as {@code local[*]}
   */
  public static SparkSession local(String name, String master) {
    SparkSession.Builder builder = SparkSession.builder().appName(name).master(master);
    delta().forEach(builder::config);
    small().forEach(builder::config);
    semantics().forEach(builder::config);
    return builder.getOrCreate();
  }

  private static Map<String, String> delta() {
    return Map.of(
        "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
  }

  /** What one machine and small tables need: few partitions, no user interface, no open port. */
  private static Map<String, String> small() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    // Nobody sees the plans that Spark would describe at length for its user interface.
    settings.put("spark.sql.ui.explainMode", "simple");
    // A run compiles more plans than the hundred that Spark keeps, and meets some of them again.
    settings.put("spark.sql.codegen.cache.maxEntries", "2000");
    settings.put("spark.driver.host", LOOPBACK);
    settings.put("spark.driver.bindAddress", LOOPBACK);
    settings.put("spark.hadoop.fs.file.impl", LocalDisk.class.getName());
    settings.put("spark.hadoop.fs.AbstractFileSystem.file.impl", LocalDiskFs.class.getName());
    settings.put("spark.sql.shuffle.partitions", "4");
    // With four partitions there is nothing to gain by planning a query anew as it runs.
    settings.put("spark.sql.adaptive.enabled", "false");
    settings.put("spark.databricks.delta.snapshotPartitions", "2");
    // Each partition of a merge writes its own file; Delta would have one task write all of them.
    settings.put("spark.databricks.delta.merge.repartitionBeforeWrite.enabled", "false");
    // Several threads read one file, where a million people are one row group of Parquet's 128 MB.
    settings.put("spark.hadoop.parquet.block.size", Integer.toString(ROW_GROUP));
    // Delta would list a table's files once more with each commit, where nobody reads them.
    settings.put("spark.databricks.delta.allFilesInCrc.enabled", "false");
    settings.put("spark.sql.catalogImplementation", "in-memory");
    settings.put(
        "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/assay-warehouse");
    settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
    return settings;
  }
}
