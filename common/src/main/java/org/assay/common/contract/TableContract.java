package org.assay.common.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assay.common.spark.LocalRows;
import org.assay.common.table.TableName;

/**
 * What a table promises: its columns with type and meaning, and what makes a row unique. The table
 * reference is generated from these.
 *
 * @param table {@code layer.name}; a name in angle brackets stands for one table per extract,
 *     population or the like
 * @param oneRowPer what a row is, in words
 * @param key columns that together are unique
 * @param keyBesides what else is in the key, in words: columns that a configuration names
 * @param columns in the order of the table
 */
public record TableContract(
    String table,
    String oneRowPer,
    List<String> key,
    Optional<String> keyBesides,
    List<ContractColumn> columns) {

  /**
   * A promised column.
   *
   * @param name broom's, Delta's or Kimball's name where one of them has one
   * @param type Spark SQL type
   * @param meaning in one sentence
   */
  public record ContractColumn(String name, String type, String meaning) {}

  public TableContract {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    List<String> names = columns.stream().map(ContractColumn::name).toList();
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException(
          "The key %s of %s is not among %s".formatted(key, table, names));
    }
  }

  static TableContract of(
      String table, String oneRowPer, List<String> key, ContractColumn... columns) {
    return new TableContract(table, oneRowPer, key, Optional.empty(), Arrays.asList(columns));
  }

  /** The same, with columns in its key that a configuration names. */
  TableContract withKeyBesides(String words) {
    return new TableContract(table, oneRowPer, key, Optional.of(words), columns);
  }

  static ContractColumn column(String name, String type, String meaning) {
    return new ContractColumn(name, type, meaning);
  }

  /** The table's name within its layer. */
  public String name() {
    return table.substring(table.indexOf('.') + 1);
  }

  /**
   * The table itself, of a contract that is about one.
   *
   * @throws java.util.NoSuchElementException for one that stands for several
   */
  public TableName tableName() {
    return TableName.parse(table).orElseThrow();
  }

  /** The promised schema. */
  public StructType schema() {
    return StructType.fromDDL(
        columns.stream()
            .map(column -> "`%s` %s".formatted(column.name(), column.type()))
            .collect(Collectors.joining(", ")));
  }

  /** Starts a row of this table. */
  public ContractRow row() {
    return new ContractRow(this);
  }

  /** Rows of this table, in the order given, so that equal rows are equal files. */
  public Dataset<Row> rows(SparkSession spark, List<Row> rows) {
    return LocalRows.of(spark, rows, schema());
  }
}
