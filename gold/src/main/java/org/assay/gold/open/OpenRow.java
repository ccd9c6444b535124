package org.assay.gold.open;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.disclosure.PublicNumber;

/** A row of gold_exact on its way to gold. */
final class OpenRow {
  private final TableContract from;
  private final Row row;
  private final ContractRow open;

  /** Copies the columns that the public table has. */
  OpenRow(TableContract from, TableContract to, Row row) {
    this.from = from;
    this.row = row;
    this.open = to.row();
    List<String> names = from.columns().stream().map(ContractColumn::name).toList();
    for (ContractColumn column : to.columns()) {
      int at = names.indexOf(column.name());
      if (at >= 0) {
        open.set(column.name(), row.get(at));
      }
    }
  }

  Object exact(String column) {
    for (int i = 0; i < from.columns().size(); i++) {
      if (from.columns().get(i).name().equals(column)) {
        return row.get(i);
      }
    }
    throw new IllegalArgumentException("%s has no column %s".formatted(from.table(), column));
  }

  String text(String column) {
    return (String) exact(column);
  }

  Double number(String column) {
    return (Double) exact(column);
  }

  OpenRow set(String column, Object value) {
    open.set(column, value);
    return this;
  }

  OpenRow withhold(List<String> columns) {
    columns.forEach(column -> open.set(column, null));
    return this;
  }

  OpenRow round(UnaryOperator<Double> rounding, List<String> columns) {
    columns.forEach(column -> open.set(column, rounding.apply(number(column))));
    return this;
  }

  OpenRow twoDecimals(String... columns) {
    return round(PublicNumber::twoDecimals, List.of(columns));
  }

  OpenRow pValues(String... columns) {
    return round(PublicNumber::pValue, List.of(columns));
  }

  Row build() {
    return open.build();
  }
}
