package org.assay.expectations.deequ;

import static org.apache.spark.sql.functions.expr;
import static org.assay.common.spark.Columns.quoted;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.CountDistinct;
import com.amazon.deequ.analyzers.Distinctness;
import com.amazon.deequ.analyzers.ExactQuantile;
import com.amazon.deequ.analyzers.Histogram;
import com.amazon.deequ.analyzers.Maximum;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.Minimum;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Sum;
import com.amazon.deequ.metrics.Metric;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.Seq;
import scala.collection.immutable.List$;

/**
 * Deequ's analyzers for our metrics, and the rows they need. Deequ measures columns and numbers
 * only; a date is measured by its days since 1970, and a column of some rows by a column that has
 * nothing in the others.
 */
final class Analyzers {
  private final Map<org.assay.expectations.Metric, Analyzer<?, Metric<?>>> byMetric =
      new LinkedHashMap<>();
  private final Map<String, Column> derived = new LinkedHashMap<>();
  private final Dataset<Row> rows;

  Analyzers(Dataset<Row> rows, Collection<org.assay.expectations.Metric> metrics) {
    this.rows = rows;
    metrics.forEach(metric -> byMetric.put(metric, cast(analyzer(metric))));
  }

  /** The rows with the columns that the analyzers need. */
  Dataset<Row> rows() {
    Dataset<Row> all = rows;
    for (Map.Entry<String, Column> column : derived.entrySet()) {
      all = all.withColumn(column.getKey(), column.getValue());
    }
    return all;
  }

  /** An analyzer for each metric. */
  Map<org.assay.expectations.Metric, Analyzer<?, Metric<?>>> byMetric() {
    return byMetric;
  }

  /** The analyzers, each once. */
  Seq<Analyzer<?, Metric<?>>> all() {
    return Scala.seq(byMetric.values().stream().distinct().toList());
  }

  private Analyzer<?, ?> analyzer(org.assay.expectations.Metric metric) {
    String column = metric.column();
    Option<String> where = option(metric.where());
    return switch (metric.kind()) {
      case SIZE -> new Size(where);
      case ROWS ->
          new Compliance(column, metric.detail(), where, List$.MODULE$.empty(), Option.empty());
      case COMPLETENESS -> new Completeness(column, where, Option.empty());
      case MEAN -> new Mean(column, where);
      case STANDARD_DEVIATION -> new StandardDeviation(column, where);
      case SUM -> new Sum(column, where);
      case MINIMUM -> new Minimum(number(column), where, Option.empty());
      case MAXIMUM -> new Maximum(number(column), where, Option.empty());
      case QUANTILE -> // Deequ would lose the quotes of a text in the condition
          new ExactQuantile(among(metric), Double.parseDouble(metric.detail()), Option.empty());
      case COUNT_DISTINCT -> new CountDistinct(Scala.seq(List.of(among(metric))));
      case DISTINCTNESS -> new Distinctness(Scala.seq(List.of(among(metric))), Option.empty());
      case LEVELS ->
          new Histogram(
              column,
              Option.empty(),
              LevelCounts.MOST,
              where,
              false,
              com.amazon.deequ.analyzers.Histogram.Count$.MODULE$);
    };
  }

  /** The column that has a number for each value. */
  private String number(String column) {
    boolean isDate = rows.schema().apply(column).dataType().equals(DataTypes.DateType);
    return isDate ? derive("_days_" + column, "unix_date(%s)".formatted(quoted(column))) : column;
  }

  private String among(org.assay.expectations.Metric metric) {
    String column = metric.column();
    return metric
        .where()
        .map(
            where ->
                derive(
                    "_among_" + derived.size(),
                    "CASE WHEN %s THEN %s END".formatted(where, quoted(column))))
        .orElse(column);
  }

  private String derive(String name, String sql) {
    derived.put(name, expr(sql));
    return name;
  }

  @SuppressWarnings("unchecked") // Deequ's own collections are of this type
  private static Analyzer<?, Metric<?>> cast(Analyzer<?, ?> analyzer) {
    return (Analyzer<?, Metric<?>>) analyzer;
  }

  private static Option<String> option(Optional<String> text) {
    return Option.apply(text.orElse(null));
  }
}
