package org.assay.bronze.extract;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assay.common.delivery.SourceColumn;

/**
 * What a file holds, without reading all of it.
 *
 * @param names its columns, as the file names them
 * @param columns the same columns under distinct names
 * @param hasRows whether there is any row
 * @param rows how many, where the format tells it
 * @param nested the type of each column that is neither a text, a number, a date nor a truth value
 */
public record Head(
    List<String> names,
    List<SourceColumn> columns,
    boolean hasRows,
    OptionalLong rows,
    Map<String, String> nested) {
  public Head {
    names = List.copyOf(names);
    columns = List.copyOf(columns);
    nested = Map.copyOf(nested);
  }

  /** The distinct names. */
  public List<String> columnNames() {
    return columns.stream().map(SourceColumn::name).toList();
  }
}
