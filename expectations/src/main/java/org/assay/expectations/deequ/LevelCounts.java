package org.assay.expectations.deequ;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assay.common.spark.Columns.named;

import com.amazon.deequ.metrics.Distribution;
import com.amazon.deequ.metrics.DistributionValue;
import com.amazon.deequ.metrics.HistogramMetric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.assay.expectations.Measurement.Levels;
import org.assay.expectations.Metric;
import scala.util.Success;

/**
 * The levels of several columns, counted in one pass; Deequ's histogram groups the rows anew for
 * each column.
 */
final class LevelCounts {
  /** The most that Deequ's histogram has. */
  static final int MOST = 1000;

  private LevelCounts() {}

  /** Levels for each metric; of more than {@link #MOST} the commonest. */
  static Map<Metric, Levels> of(Dataset<Row> rows, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return Map.of();
    }
    Column[] each = new Column[metrics.size()];
    for (int i = 0; i < each.length; i++) {
      Metric metric = metrics.get(i);
      Column text = named(metric.column()).cast("string");
      Column value =
          when(text.equalTo(Levels.MISSING), "'" + Levels.MISSING + "'")
              .otherwise(coalesce(text, lit(Levels.MISSING)));
      Column isMeasured = metric.where().map(where -> expr(where)).orElse(lit(true));
      each[i] = when(isMeasured, struct(lit(i).as("of"), value.as("level")));
    }
    WindowSpec ofMetric = Window.partitionBy("of");
    Map<Metric, Map<String, Long>> counts = new LinkedHashMap<>();
    Map<Metric, Long> levels = new HashMap<>();
    metrics.forEach(metric -> counts.put(metric, new TreeMap<>()));
    rows.select(explode(array(each)).as("found"))
        .filter(col("found").isNotNull())
        .groupBy(col("found.of").as("of"), col("found.level").as("level"))
        .agg(count(lit(1)).as("rows"))
        .withColumn(
            "place", row_number().over(ofMetric.orderBy(col("rows").desc(), col("level").asc())))
        .withColumn("levels", count(lit(1)).over(ofMetric))
        .filter(col("place").leq(MOST))
        .collectAsList()
        .forEach(
            row -> {
              Metric metric = metrics.get(row.getInt(0));
              counts.get(metric).put(row.getString(1), row.getLong(2));
              levels.put(metric, row.<Long>getAs("levels"));
            });
    Map<Metric, Levels> found = new LinkedHashMap<>();
    counts.forEach(
        (metric, of) -> found.put(metric, new Levels(of, levels.getOrDefault(metric, 0L))));
    return found;
  }

  /** Levels as Deequ has them. */
  static com.amazon.deequ.metrics.Metric<?> metric(String column, Levels levels) {
    double all = levels.rows().values().stream().mapToLong(Long::longValue).sum();
    Map<String, DistributionValue> values = new TreeMap<>();
    levels
        .rows()
        .forEach((level, rows) -> values.put(level, new DistributionValue(rows, rows / all)));
    return new HistogramMetric(
        column, new Success<>(new Distribution(Scala.map(values), levels.count(), 0)));
  }
}
