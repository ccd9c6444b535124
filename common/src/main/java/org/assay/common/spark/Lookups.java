package org.assay.common.spark;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.run.AtOnce;

/**
 * Looks up which files of some tables hold the rows that will be read. Whoever reads a version of a
 * Delta table first pays for up to four small queries over its log; a query over ten tables would
 * wait for those of one after another.
 */
public final class Lookups {
  private static final int AT_ONCE = 4;

  private Lookups() {}

  /** Does so for all of them at once; what was found is kept by Delta, version by version. */
  public static void of(Collection<Dataset<Row>> tables) {
    List<Callable<Boolean>> lookups =
        tables.stream().<Callable<Boolean>>map(rows -> () -> isPlanned(rows)).toList();
    AtOnce.all(AT_ONCE, lookups, done -> {});
  }

  private static boolean isPlanned(Dataset<Row> rows) {
    return rows.queryExecution().optimizedPlan().resolved();
  }
}
