package org.assay.expectations.profile;

import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at the columns of a delivery. */
public interface Profiler {
  /**
   * Profiles each column.
   *
   * @param rows the rows; read more than once, so persist them if they are costly
   * @param shown the columns whose values may be shown; of the others only shares are
   */
  List<ColumnProfile> profile(Dataset<Row> rows, Collection<String> shown);
}
