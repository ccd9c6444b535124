package org.assay.gold.open;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.TableContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.gold.disclosure.PublicNumber;

/** A row of gold_exact on its way to gold. */
final class OpenRow {
  private final Map<String, Integer> places;
  private final Row row;
  private final ContractRow open;

  private OpenRow(Map<String, Integer> places, Row row, ContractRow open) {
    this.places = places;
    this.row = row;
    this.open = open;
  }

  /** A table of gold_exact and the public one that is made of it. */
  static final class OfTable {
    private final TableContract to;
    private final Map<String, Integer> places = new HashMap<>();

    OfTable(TableContract from, TableContract to) {
      this.to = to;
      for (ContractColumn column : from.columns()) {
        places.put(column.name(), places.size());
      }
    }

    /** A row with the columns that the public table has. */
    OpenRow of(Row row) {
      ContractRow open = to.row();
      for (ContractColumn column : to.columns()) {
        Integer at = places.get(column.name());
        if (at != null) {
          open.set(column.name(), row.get(at));
        }
      }
      return new OpenRow(places, row, open);
    }
  }

  Object exact(String column) {
    return row.get(places.get(column));
  }

  String text(String column) {
    return (String) exact(column);
  }

  Double number(String column) {
    return (Double) exact(column);
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
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
