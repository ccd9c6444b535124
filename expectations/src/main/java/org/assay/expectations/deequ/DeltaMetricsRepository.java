package org.assay.expectations.deequ;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Distribution;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.MetricsRepository;
import com.amazon.deequ.repository.MetricsRepositoryMultipleResultsLoader;
import com.amazon.deequ.repository.ResultKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.expectations.KeptMetric;
import org.assay.expectations.Measurement;
import org.assay.expectations.history.MetricHistory;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Deequ's repository of metrics over {@code ops.metrics}, so that any program of Deequ can read
 * what Assay measured and keep more beside it. The two that Deequ has lose or repeat results: one
 * rewrites a single file of all history without a lock, the other returns a result per metric and
 * finds none if tags come in another order. What is saved is written by {@link MetricHistory#save}.
 */
public final class DeltaMetricsRepository implements MetricsRepository {
  private final MetricHistory history;

  public DeltaMetricsRepository(MetricHistory history) {
    this.history = history;
  }

  @Override
  public void save(ResultKey key, AnalyzerContext context) {
    List<KeptMetric> kept = new ArrayList<>();
    JavaConverters.mapAsJavaMap(context.metricMap())
        .forEach((analyzer, metric) -> kept(analyzer, metric).ifPresent(kept::add));
    history.keep(ours(key), kept);
  }

  private static Optional<KeptMetric> kept(Analyzer<?, Metric<?>> analyzer, Metric<?> metric) {
    if (metric.value().isFailure()) {
      return Optional.empty();
    }
    Object value = metric.value().get();
    Optional<Measurement> found = Optional.empty();
    if (value instanceof Double number) {
      found = Optional.of(new Measurement.Value(number));
    } else if (value instanceof Distribution levels) {
      found = Optional.of(DeequVerifier.levels(levels));
    }
    return found.map(
        f ->
            new KeptMetric(
                analyzer.toString(), f, Contexts.json(analyzer, metric), Optional.empty()));
  }

  @Override
  public Option<AnalyzerContext> loadByKey(ResultKey key) {
    return Option.apply(context(ours(key)).orElse(null));
  }

  @Override
  public MetricsRepositoryMultipleResultsLoader load() {
    return new Loader(
        history.keys().stream().filter(key -> context(key).isPresent()).toList(), List.of());
  }

  private Optional<AnalyzerContext> context(org.assay.expectations.history.ResultKey key) {
    return history.of(key).stream()
        .map(metric -> Contexts.context(metric.context()))
        .reduce(AnalyzerContext::$plus$plus);
  }

  private static org.assay.expectations.history.ResultKey ours(ResultKey key) {
    return new org.assay.expectations.history.ResultKey(
        key.dataSetDate(), Scala.sorted(key.tags()));
  }

  /** Narrows down which results are wanted; immutable. */
  private final class Loader implements MetricsRepositoryMultipleResultsLoader {
    private final List<org.assay.expectations.history.ResultKey> keys;
    private final List<Analyzer<?, Metric<?>>> analyzers;

    private Loader(
        List<org.assay.expectations.history.ResultKey> keys,
        List<Analyzer<?, Metric<?>>> analyzers) {
      this.keys = keys;
      this.analyzers = analyzers;
    }

    @Override
    public Loader withTagValues(scala.collection.immutable.Map<String, String> tags) {
      Map<String, String> wanted = new HashMap<>(JavaConverters.mapAsJavaMap(tags));
      return new Loader(
          keys.stream()
              .filter(key -> key.tags().entrySet().containsAll(wanted.entrySet()))
              .toList(),
          analyzers);
    }

    @Override
    public Loader forAnalyzers(Seq<Analyzer<?, Metric<?>>> wanted) {
      return new Loader(keys, List.copyOf(JavaConverters.seqAsJavaList(wanted)));
    }

    @Override
    public Loader after(long date) {
      return new Loader(keys.stream().filter(key -> key.datasetDate() >= date).toList(), analyzers);
    }

    @Override
    public Loader before(long date) {
      return new Loader(keys.stream().filter(key -> key.datasetDate() <= date).toList(), analyzers);
    }

    @Override
    public Seq<AnalysisResult> get() {
      return Scala.seq(
          keys.stream()
              .map(
                  key ->
                      new AnalysisResult(
                          new ResultKey(key.datasetDate(), Scala.map(key.tags())),
                          wanted(context(key).orElseThrow())))
              .toList());
    }

    private AnalyzerContext wanted(AnalyzerContext context) {
      if (analyzers.isEmpty()) {
        return context;
      }
      Map<Analyzer<?, Metric<?>>, Metric<?>> some =
          new HashMap<>(JavaConverters.mapAsJavaMap(context.metricMap()));
      some.keySet().retainAll(analyzers);
      return new AnalyzerContext(Scala.map(some));
    }
  }
}
