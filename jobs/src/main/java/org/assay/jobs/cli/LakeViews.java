package org.assay.jobs.cli;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.DataRefusedException;
import org.assay.common.spark.Columns;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.assay.common.table.Tables;

/** Makes the tables that a query names visible to SQL as {@code layer.name}. */
final class LakeViews {
  private static final Pattern QUALIFIED = Pattern.compile("\\b([a-z_]+)\\.([a-z][a-z0-9_]*)\\b");

  private static final Pattern READS =
      Pattern.compile(
          "\\s*(SELECT|WITH|VALUES|SHOW|DESCRIBE|EXPLAIN)\\b", Pattern.CASE_INSENSITIVE);

  /** A table by its path, which would go around the layers. */
  private static final Pattern FILES = Pattern.compile("\\b\\w+\\s*\\.\\s*`[^`]*[/\\\\]");

  private final SparkSession spark;
  private final TableRoot root;
  private final Tables tables;

  LakeViews(SparkSession spark, String lake) {
    this.spark = spark;
    this.root = new TableRoot(new Path(lake));
    this.tables = new DeltaTables(spark, root);
  }

  Tables tables() {
    return tables;
  }

  /**
   * Creates the views.
   *
   * @throws DataRefusedException if the query names bronze, which holds what upstream sent
   */
  void create(String sql) {
    if (!READS.matcher(sql).lookingAt() || FILES.matcher(sql).find()) {
      throw new DataRefusedException(
          "Only queries over the lake's tables are answered, such as SELECT … FROM gold_exact.model_terms.");
    }
    for (TableName table : named(sql)) {
      if (table.layer() == Layer.BRONZE) {
        throw new DataRefusedException(
            "%s holds rows as upstream sent them, identifiers included, and is not open to queries. Use silver.%s."
                .formatted(table, table.name()));
      }
      if (tables.state(table).isPresent()) {
        spark.sql("CREATE DATABASE IF NOT EXISTS " + table.layer().schema());
        spark.sql(
            "CREATE OR REPLACE VIEW %s AS SELECT * FROM delta.%s"
                .formatted(table, Columns.quoted(root.table(table).toString())));
      }
    }
  }

  private static Set<TableName> named(String sql) {
    Set<TableName> names = new LinkedHashSet<>();
    Matcher match = QUALIFIED.matcher(sql.toLowerCase(java.util.Locale.ROOT));
    while (match.find()) {
      Optional<TableName> name = TableName.parse(match.group());
      name.ifPresent(names::add);
    }
    return names;
  }
}
