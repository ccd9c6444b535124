package org.assay.bronze.ingest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.collection.Iterator;

/**
 * How many rows the tasks that are under way have read. An accumulator reaches the driver only when
 * its task ends, and one file is one task; what executors tell in their heartbeats comes earlier.
 */
final class RowsRead extends SparkListener {
  /** Spark's own count, for formats that it reads itself. */
  private static final String RECORDS_READ = "internal.metrics.input.recordsRead";

  private final long accumulator;
  private final Map<Long, Long> byTask = new ConcurrentHashMap<>();

  /**
   * @param accumulator the id of the accumulator that text is counted with
   */
  RowsRead(long accumulator) {
    this.accumulator = accumulator;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    update
        .accumUpdates()
        .foreach(
            task -> {
              Iterator<AccumulableInfo> accumulables = task._4().iterator();
              while (accumulables.hasNext()) {
                note((Long) task._1(), accumulables.next());
              }
              return null;
            });
  }

  private void note(long task, AccumulableInfo info) {
    boolean isOurs =
        info.id() == accumulator
            || info.name().isDefined() && info.name().get().equals(RECORDS_READ);
    if (isOurs && info.update().isDefined() && info.update().get() instanceof Long rows) {
      byTask.merge(task, rows, Math::max);
    }
  }

  /** The sum over all tasks. */
  long rows() {
    return byTask.values().stream().mapToLong(Long::longValue).sum();
  }
}
