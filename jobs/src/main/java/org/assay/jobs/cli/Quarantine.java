package org.assay.jobs.cli;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/** The two tables of quarantine. */
record Quarantine(Tables tables) {
  /** How much of an id is shown; enough to find it again. */
  static final int SHOWN = 12;

  /** Held and resolved rows; empty if no row was ever held. */
  Optional<Dataset<Row>> rows() {
    return table("rows");
  }

  /** Held and resolved regions; empty if no region was ever held. */
  Optional<Dataset<Row>> regions() {
    return table("regions");
  }

  private Optional<Dataset<Row>> table(String name) {
    TableName table = TableName.quarantine(name);
    return tables.state(table).isEmpty() ? Optional.empty() : Optional.of(tables.read(table));
  }
}
