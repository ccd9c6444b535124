package org.assay.common.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;

/** Column expressions that several steps share, under the names of the domain. */
public final class Columns {
  private Columns() {}

  /** A column by its exact name, whatever characters it has. */
  public static Column named(String name) {
    return col(quoted(name));
  }

  /** Columns by their exact names. */
  public static Column[] named(Collection<String> names) {
    return names.stream().map(Columns::named).toArray(Column[]::new);
  }

  /** A name as SQL takes it literally. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A text as a SQL literal. */
  public static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** Whether any of these conditions holds; false for none. */
  public static Column anyOf(List<Column> conditions) {
    return conditions.stream().reduce(Column::or).orElse(lit(false));
  }
}
