package org.assay.common.delta;

import static java.util.Objects.requireNonNull;

import org.apache.hadoop.fs.Path;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;

/**
 * Where the tables of a lake are: {@code <lake>/<layer>/<name>}.
 *
 * @param lake absolute folder or object-store prefix
 */
public record TableRoot(Path lake) {
  public TableRoot {
    requireNonNull(lake, "lake is null");
  }

  /** The folder of a layer. */
  public Path layer(Layer layer) {
    return new Path(lake, layer.schema());
  }

  /** The folder of a table. */
  public Path table(TableName table) {
    return new Path(layer(table.layer()), table.name());
  }
}
