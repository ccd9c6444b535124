package org.assay.common.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * The session in which rows of the driver are written. A run writes some fifty small tables, each
 * of a schema of its own: to compile their plans, and to plan anew the three stages in which Delta
 * reads a log, takes longer than to carry them out. What is written is the same.
 */
final class SmallSession {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.shuffle.partitions", "1",
          "spark.databricks.delta.snapshotPartitions", "1");

  private static final Map<SparkSession, SparkSession> BESIDE = new WeakHashMap<>();

  private SmallSession() {}

  /** The one beside a session, with everything else that the session is told, now or later. */
  static synchronized SparkSession beside(SparkSession spark) {
    SparkSession small = BESIDE.computeIfAbsent(spark, SparkSession::newSession);
    Map<String, String> told = new LinkedHashMap<>(settings(spark));
    told.keySet().removeIf(key -> !isOfASession(small, key));
    told.putAll(SETTINGS);
    told.entrySet().removeAll(settings(small).entrySet());
    told.forEach(small.conf()::set);
    return small;
  }

  private static Map<String, String> settings(SparkSession spark) {
    return JavaConverters.mapAsJavaMap(spark.conf().getAll());
  }

  /**
   * Whether it is neither of the whole application nor fixed as that starts; Spark refuses those.
   */
  private static boolean isOfASession(SparkSession spark, String key) {
    return spark.conf().isModifiable(key) || !key.startsWith("spark.");
  }
}
