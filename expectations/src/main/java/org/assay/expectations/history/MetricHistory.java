package org.assay.expectations.history;

import static java.util.stream.Collectors.joining;
import static org.assay.common.spark.Columns.literal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.KeptMetric;
import org.assay.expectations.Measurement;

/**
 * The metrics of all deliveries, {@code ops.metrics}. Reads the table once; what is kept is visible
 * at once and written by {@link #save} in one commit. Used by one thread.
 */
public final class MetricHistory {
  private static final TableName TABLE = TableName.ops("metrics");

  private final SparkSession spark;
  private final Tables tables;
  private final String run;
  private final Map<ResultKey, Map<String, KeptMetric>> fresh = new LinkedHashMap<>();
  private Map<ResultKey, Map<String, KeptMetric>> known;

  /**
   * @param run the run that measures
   */
  public MetricHistory(SparkSession spark, Tables tables, String run) {
    this.spark = spark;
    this.tables = tables;
    this.run = run;
  }

  /** Makes one metric over several deliveries of what each of them kept. */
  public interface Merge {
    /**
     * @param kept one metric of each delivery, all of one name; each has a state
     */
    KeptMetric merged(List<KeptMetric> kept);
  }

  /** Keeps all metrics of a key, in place of those it had. */
  public void keep(ResultKey key, List<KeptMetric> metrics) {
    Map<String, KeptMetric> byName = new TreeMap<>();
    metrics.forEach(metric -> byName.put(metric.name(), metric));
    fresh.put(key, byName);
  }

  /** Keeps nothing new of a key after all. */
  public void forget(ResultKey key) {
    fresh.remove(key);
  }

  /**
   * The deliveries of an extract whose metrics are in the table, as its last commit says; reads no
   * row. What is not among them was judged by a run that was killed before it could tell.
   */
  public Set<String> kept(String extract) {
    return ids(parts().get(extract));
  }

  private Map<String, String> parts() {
    return tables.state(TABLE).flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of());
  }

  private static Set<String> ids(String text) {
    return text == null || text.isEmpty() ? Set.of() : Set.of(text.split(","));
  }

  /** The metrics of a key, in the order of their names; empty if there are none. */
  public List<KeptMetric> of(ResultKey key) {
    return List.copyOf(all().getOrDefault(key, Map.of()).values());
  }

  /** What was measured, by the metric's name. */
  public Map<String, Measurement> measured(ResultKey key) {
    Map<String, Measurement> measured = new TreeMap<>();
    of(key).forEach(metric -> measured.put(metric.name(), metric.found()));
    return measured;
  }

  /** All keys, in the order in which they were kept. */
  public List<ResultKey> keys() {
    return List.copyOf(all().keySet());
  }

  /**
   * Keeps, for an extract as a whole, the metrics that merge, from what each of its deliveries
   * kept; no row is read.
   *
   * @param deliveries the keys of the deliveries that make the whole
   */
  public void keepMerged(String extract, List<ResultKey> deliveries, Merge merge) {
    List<Map<String, KeptMetric>> parts =
        deliveries.stream().map(key -> all().getOrDefault(key, Map.of())).toList();
    List<KeptMetric> merged = new ArrayList<>();
    if (!parts.isEmpty() && parts.stream().noneMatch(Map::isEmpty)) {
      for (String name : parts.get(0).keySet()) {
        List<KeptMetric> same =
            parts.stream().map(part -> part.get(name)).filter(Objects::nonNull).toList();
        boolean isMergeable =
            same.size() == parts.size() && same.stream().allMatch(m -> m.state().isPresent());
        if (isMergeable) {
          merged.add(merge.merged(same));
        }
      }
    }
    keep(ResultKey.ofAll(extract), merged);
  }

  /** Writes what was kept, in one commit; none if nothing was. */
  public Optional<TableState> save(Step step, Instant now) {
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    fresh.forEach((key, byName) -> byName.values().forEach(m -> rows.add(row(key, m, now))));
    String where =
        fresh.keySet().stream()
            .map(key -> literal(key.digest()))
            .collect(joining(", ", "result_key IN (", ")"));
    Optional<TableState> before = tables.state(TABLE);
    if (rows.isEmpty() && before.isEmpty()) {
      fresh.clear();
      return Optional.empty();
    }
    Map<String, String> parts = new TreeMap<>(parts());
    for (ResultKey key : fresh.keySet()) {
      if (key.extract().isPresent() && key.delivery().isPresent()) {
        Set<String> ids = new TreeSet<>(ids(parts.get(key.extract().get())));
        ids.add(key.delivery().get());
        parts.put(key.extract().get(), String.join(",", ids));
      }
    }
    TableState after =
        tables.replaceWhere(TABLE, OpsContract.METRICS.rows(spark, rows), where, step.note(parts));
    step.wrote(before, after);
    known = known == null ? null : all(); // what was not read will be read with what was written
    fresh.clear();
    return Optional.of(after);
  }

  private Map<ResultKey, Map<String, KeptMetric>> all() {
    if (known == null) {
      known = tables.state(TABLE).isEmpty() ? Map.of() : read();
    }
    Map<ResultKey, Map<String, KeptMetric>> all = new LinkedHashMap<>(known);
    all.putAll(fresh);
    return all;
  }

  private Map<ResultKey, Map<String, KeptMetric>> read() {
    Map<ResultKey, Map<String, KeptMetric>> read = new LinkedHashMap<>();
    for (Row row :
        tables.read(TABLE).orderBy("dataset_date", "result_key", "metric").collectAsList()) {
      ResultKey key =
          new ResultKey(row.<Long>getAs("dataset_date"), row.getJavaMap(row.fieldIndex("tags")));
      KeptMetric metric =
          new KeptMetric(
              row.getAs("metric"),
              found(row),
              row.getAs("context"),
              Optional.ofNullable(row.getAs("state")));
      read.computeIfAbsent(key, k -> new TreeMap<>()).put(metric.name(), metric);
    }
    return read;
  }

  private static Measurement found(Row row) {
    if (!row.isNullAt(row.fieldIndex("value"))) {
      return new Measurement.Value(row.<Double>getAs("value"));
    }
    Map<String, Long> levels = row.getJavaMap(row.fieldIndex("levels"));
    return new Measurement.Levels(levels, levels.size());
  }

  private Row row(ResultKey key, KeptMetric metric, Instant now) {
    boolean isLevels = metric.found() instanceof Measurement.Levels;
    return OpsContract.METRICS
        .row()
        .set("result_key", key.digest())
        .set("extract", key.extract().orElse(null))
        .set("delivery_id", key.delivery().orElse(null))
        .set("dataset_date", key.datasetDate())
        .set("tags", key.tags())
        .set("metric", metric.name())
        .set("value", metric.found() instanceof Measurement.Value value ? value.value() : null)
        .set("levels", isLevels ? ((Measurement.Levels) metric.found()).rows() : null)
        .set("context", metric.context())
        .set("state", metric.state().orElse(null))
        .set("recorded_at", now)
        .set("run_id", run)
        .build();
  }
}
