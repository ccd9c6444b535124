package org.assay.common.contract;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row under construction, set by column name; a forgotten or unknown column is an error. */
public final class ContractRow {
  private final TableContract contract;
  private final Object[] values;
  private final boolean[] isSet;

  ContractRow(TableContract contract) {
    this.contract = contract;
    this.values = new Object[contract.columns().size()];
    this.isSet = new boolean[values.length];
  }

  /**
   * Sets a column; the value may be null.
   *
   * @throws IllegalStateException if no such column is promised
   */
  public ContractRow set(String column, Object value) {
    int place = place(column);
    values[place] = value;
    isSet[place] = true;
    return this;
  }

  /** A look at a few names takes less than a map of them for each row. */
  private int place(String column) {
    for (int i = 0; i < values.length; i++) {
      if (contract.columns().get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalStateException("%s is no column of %s".formatted(column, contract.table()));
  }

  /**
   * The row.
   *
   * @throws IllegalStateException if a promised column was not set
   */
  public Row build() {
    for (int i = 0; i < values.length; i++) {
      if (!isSet[i]) {
        throw new IllegalStateException(
            "%s is missing in a row of %s"
                .formatted(contract.columns().get(i).name(), contract.table()));
      }
    }
    return RowFactory.create(values.clone());
  }
}
