package org.assay.jobs.cli;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.common.delta.DeltaTables;
import org.assay.common.delta.TableRoot;
import org.assay.common.run.DataRefusedException;
import org.assay.common.spark.Columns;
import org.assay.common.spark.SparkSessions;
import org.assay.common.sql.SqlText;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/** Makes the tables that a query names visible to SQL as {@code layer.name}. */
final class LakeViews {
  private static final Pattern QUALIFIED = Pattern.compile("\\b([a-z_]+)\\.([a-z][a-z0-9_]*)\\b");

  private static final Pattern READS =
      Pattern.compile("(?is)[\\s(]*(SELECT|WITH|VALUES|FROM|SHOW|DESCRIBE|DESC|EXPLAIN)\\b.*");

  private static final Pattern TELLS =
      Pattern.compile("(?is)\\s*(SHOW|DESCRIBE|DESC|EXPLAIN)\\b.*");

  /** Functions by which a query could name a table by a text, or call any code. */
  private static final Pattern CODE =
      Pattern.compile("(?i)\\b(identifier|java_method|reflect|try_reflect)`?\\s*\\(");

  /** A table by its path, or a format by its class, which would go around the layers. */
  private static final Pattern FILES =
      Pattern.compile(
          "(?i)`?\\b(delta|parquet|csv|json|orc|text|avro|binaryfile)`?\\s*\\.\\s*`"
              + "|`[^`]*[/\\\\:][^`]*`|`[^`]*\\.[^`]*`\\s*\\.");

  private final SparkSession spark;
  private final TableRoot root;
  private final Tables tables;

  LakeViews(SparkSession spark, String lake) {
    this.spark = spark;
    this.root = new TableRoot(new Path(lake));
    this.tables = new DeltaTables(spark, root);
    spark.conf().set(SparkSessions.SQL_ON_FILES, "true"); // for our views; a query is looked at
  }

  Tables tables() {
    return tables;
  }

  /**
   * The tables that a query names.
   *
   * @throws DataRefusedException if it is more than a query, or reads files past the layers
   */
  Set<TableName> named(String sql) {
    String code = SqlText.code(sql);
    if (!READS.matcher(code).matches() || FILES.matcher(code).find() || CODE.matcher(code).find()) {
      throw new DataRefusedException(
          "Only queries over the lake's tables are answered, such as SELECT … FROM gold_exact.model_terms.");
    }
    Set<TableName> names = new LinkedHashSet<>();
    Matcher match = QUALIFIED.matcher(code.replace("`", "").toLowerCase(Locale.ROOT));
    while (match.find()) {
      TableName.parse(match.group()).ifPresent(names::add);
    }
    return names;
  }

  /** The query where nothing but a query parses. */
  static String asSubquery(String sql) {
    return TELLS.matcher(SqlText.code(sql)).matches()
        ? sql
        : "SELECT * FROM (\n" + sql.strip().replaceFirst(";$", "") + "\n)";
  }

  /** Makes these tables visible, where they exist. */
  void create(Collection<TableName> names) {
    for (TableName table : names) {
      if (tables.state(table).isPresent()) {
        spark.sql("CREATE DATABASE IF NOT EXISTS " + table.layer().schema());
        spark.sql(
            "CREATE OR REPLACE VIEW %s AS SELECT * FROM delta.%s"
                .formatted(table, Columns.quoted(root.table(table).toString())));
      }
    }
  }

  /** Takes them away again: the session may be somebody else's, and goes on. */
  void drop(Collection<TableName> names) {
    for (TableName table : names) {
      if (spark.catalog().databaseExists(table.layer().schema())) {
        spark.sql("DROP VIEW IF EXISTS " + table);
      }
    }
  }
}
