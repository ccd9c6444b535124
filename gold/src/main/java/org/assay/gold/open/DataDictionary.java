package org.assay.gold.open;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;

/** The rows of {@code gold.data_dictionary}, from the contracts. */
public final class DataDictionary {
  private DataDictionary() {}

  /** One row per table and column of gold. */
  public static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (TableContract contract : PublicContract.all()) {
      for (int i = 0; i < contract.columns().size(); i++) {
        TableContract.ContractColumn column = contract.columns().get(i);
        rows.add(
            PublicContract.DATA_DICTIONARY
                .row()
                .set("table_name", contract.table())
                .set("one_row_per", contract.oneRowPer())
                .set("column_order", i + 1)
                .set("column_name", column.name())
                .set("type", column.type())
                .set("is_key", contract.key().contains(column.name()))
                .set("meaning", column.meaning())
                .build());
      }
    }
    return rows;
  }
}
