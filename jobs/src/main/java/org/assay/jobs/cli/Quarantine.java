package org.assay.jobs.cli;

import static org.apache.spark.sql.functions.col;

import java.util.Optional;
import java.util.stream.Stream;
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

  /** Whether anything waits for a steward, whatever run has held it. */
  boolean holds() {
    return Stream.of(rows(), regions())
        .flatMap(Optional::stream)
        .anyMatch(held -> !held.filter(col("status").equalTo("held")).isEmpty());
  }

  private Optional<Dataset<Row>> table(String name) {
    TableName table = TableName.quarantine(name);
    return tables.state(table).isEmpty() ? Optional.empty() : Optional.of(tables.read(table));
  }
}
