package org.assay.bronze.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.SourceColumn;

/** The source columns of a bronze table, as it is and as new files extend it. */
public final class BronzeColumns {
  private final Extract extract;
  private final Map<String, StructField> byLowerName = new LinkedHashMap<>();

  /**
   * @param table the table's schema; empty if it does not exist yet
   */
  public BronzeColumns(Extract extract, Optional<StructType> table) {
    this.extract = extract;
    List<String> ours = List.of(BronzeContract.EXTRACT.schema().fieldNames());
    table.ifPresent(
        schema ->
            List.of(schema.fields()).stream()
                .filter(field -> !ours.contains(field.name()))
                .forEach(field -> byLowerName.put(key(field.name()), field)));
  }

  /** Makes room for a file's columns that are kept. */
  void add(Head head) {
    for (SourceColumn column : head.columns()) {
      if (isKept(column.name())) {
        DataType type =
            extract.format() == Format.PARQUET
                ? DataType.fromDDL(column.type())
                : DataTypes.StringType;
        byLowerName.putIfAbsent(
            key(column.name()), DataTypes.createStructField(column.name(), type, true));
      }
    }
  }

  /** Whether a file's column becomes a column of bronze, and is not rescued. */
  boolean isKept(String column) {
    return extract.drift().onNewColumn() == Drift.OnNewColumn.ADD || extract.declares(column);
  }

  /** A file's columns, those marked that are rescued. */
  public List<SourceColumn> kept(Head head) {
    return head.columns().stream()
        .map(column -> isKept(column.name()) ? column : column.rescued())
        .toList();
  }

  /** The column of bronze for a file's column. */
  StructField of(String column) {
    return byLowerName.get(key(column));
  }

  /** The type that bronze has for a file's column; empty if it has none yet. */
  public Optional<DataType> type(String column) {
    return Optional.ofNullable(of(column)).map(StructField::dataType);
  }

  /** The columns in order. */
  List<StructField> all() {
    return List.copyOf(byLowerName.values());
  }

  /** The place of a file's column among them, or -1 if it is rescued. */
  int place(String column) {
    return isKept(column) ? new ArrayList<>(byLowerName.keySet()).indexOf(key(column)) : -1;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
