package org.assay.common.contract;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A row under construction, set by column name; a forgotten or unknown column is an error. */
public final class ContractRow {
  private final TableContract contract;
  private final Map<String, Object> values = new HashMap<>();

  ContractRow(TableContract contract) {
    this.contract = contract;
  }

  /** Sets a column; the value may be null. */
  public ContractRow set(String column, Object value) {
    values.put(column, value);
    return this;
  }

  /** The row; every promised column must have been set, and no other. */
  public Row build() {
    Object[] row =
        contract.columns().stream()
            .map(
                column -> {
                  if (!values.containsKey(column.name())) {
                    throw new IllegalStateException(
                        "%s is missing in a row of %s".formatted(column.name(), contract.table()));
                  }
                  return values.get(column.name());
                })
            .toArray();
    if (values.size() != row.length) {
      throw new IllegalStateException(
          "%s are not all columns of %s".formatted(values.keySet(), contract.table()));
    }
    return RowFactory.create(row);
  }
}
