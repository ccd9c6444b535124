package org.assay.bronze.ingest;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;

/** Tells every few seconds how far a long ingest has come; a short one says nothing. */
final class Progress {
  private static final int SECONDS = 10;

  private Progress() {}

  /**
   * Works, and tells the journal meanwhile.
   *
   * @param rows how many rows have been read until now
   */
  static <T> T during(RunContext context, String subject, RowsRead rows, Supplier<T> work) {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ingest-progress");
              thread.setDaemon(true);
              return thread;
            });
    long begin = System.nanoTime();
    ticks.scheduleAtFixedRate(
        () -> {
          double seconds = (System.nanoTime() - begin) / 1e9;
          long read = rows.rows();
          context
              .journal()
              .progress(
                  "bronze",
                  subject,
                  Sentences.format("%,d rows so far, %,.0f rows/s", read, read / seconds));
        },
        SECONDS,
        SECONDS,
        TimeUnit.SECONDS);
    context.spark().sparkContext().addSparkListener(rows);
    try {
      return work.get();
    } finally {
      context.spark().sparkContext().removeSparkListener(rows);
      ticks.shutdownNow();
    }
  }
}
