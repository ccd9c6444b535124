package org.assay.expectations.deequ;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.InMemoryStateProvider;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.StandardDeviationState;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.runners.AnalysisRunner$;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.analyzers.runners.EmptyStateException;
import com.amazon.deequ.metrics.Distribution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.assay.common.run.Causes;
import org.assay.expectations.KeptMetric;
import org.assay.expectations.Measurement;
import org.assay.expectations.Metric;
import org.assay.expectations.Metric.Kind;
import org.assay.expectations.Verifier;
import scala.Option;
import scala.collection.JavaConverters;
import scala.util.Try;

/**
 * {@link Verifier} by Deequ: all metrics that can share one scan do, so one that cannot be
 * evaluated takes those others with it. Deequ reports an error as a failed metric; here it becomes
 * {@link Measurement.Failed}, so that it never holds a row.
 */
public final class DeequVerifier implements Verifier {
  private static final String MISSING = "NullValue"; // as Deequ's histogram writes it

  @Override
  public Measured measure(Dataset<Row> rows, Collection<Metric> metrics) {
    Map<Metric, Measurement> byMetric = new LinkedHashMap<>();
    List<KeptMetric> kept = new ArrayList<>();
    analyse(rows, metrics.stream().filter(m -> m.kind() != Kind.LEVELS).toList(), byMetric, kept);
    levels(rows, metrics.stream().filter(m -> m.kind() == Kind.LEVELS).toList(), byMetric, kept);
    return new Measured(byMetric, kept);
  }

  private static void levels(
      Dataset<Row> rows,
      List<Metric> ofLevels,
      Map<Metric, Measurement> byMetric,
      List<KeptMetric> kept) {
    Map<Metric, Measurement.Levels> counted;
    try {
      counted = LevelCounts.of(rows, ofLevels);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      ofLevels.forEach(metric -> byMetric.put(metric, failed(e)));
      return;
    }
    Analyzers analyzers = new Analyzers(rows, ofLevels);
    counted.forEach(
        (metric, levels) -> {
          byMetric.put(metric, levels);
          String context =
              Contexts.json(
                  analyzers.byMetric().get(metric), LevelCounts.metric(metric.column(), levels));
          kept.add(new KeptMetric(metric.name(), levels, context, Optional.empty()));
        });
  }

  private static Measurement failed(Throwable failure) {
    return new Measurement.Failed(
        "Deequ could not evaluate it (%s).".formatted(Causes.kind(failure)));
  }

  private static void analyse(
      Dataset<Row> rows,
      List<Metric> metrics,
      Map<Metric, Measurement> byMetric,
      List<KeptMetric> kept) {
    Analyzers analyzers = new Analyzers(rows, metrics);
    InMemoryStateProvider states = new InMemoryStateProvider();
    AnalysisRunner$ runner = AnalysisRunner$.MODULE$;
    AnalyzerContext context =
        runner.doAnalysisRun(
            analyzers.rows(),
            analyzers.all(),
            Option.empty(),
            Option.apply(states),
            StorageLevel.MEMORY_AND_DISK(),
            runner.doAnalysisRun$default$6(),
            runner.doAnalysisRun$default$7());
    analyzers
        .byMetric()
        .forEach(
            (metric, analyzer) -> {
              Optional<State<?>> state = state(states, analyzer);
              Measurement measurement = measurement(metric, context, analyzer, state);
              byMetric.put(metric, measurement);
              kept(metric, measurement, analyzer, context, state).ifPresent(kept::add);
            });
  }

  private static Measurement measurement(
      Metric metric,
      AnalyzerContext context,
      Analyzer<?, com.amazon.deequ.metrics.Metric<?>> analyzer,
      Optional<State<?>> state) {
    Option<com.amazon.deequ.metrics.Metric<?>> found = context.metric(analyzer);
    if (found.isEmpty()) {
      return new Measurement.Failed("Deequ returned no metric.");
    }
    Try<?> value = found.get().value();
    if (value.isFailure()) {
      Throwable failure = value.failed().get();
      return failure instanceof EmptyStateException ? new Measurement.NoValues() : failed(failure);
    }
    return switch (metric.kind()) {
      case ROWS -> state.map(DeequVerifier::matches).orElseGet(Measurement.NoValues::new);
      case STANDARD_DEVIATION ->
          state.map(DeequVerifier::ofSample).orElseGet(Measurement.NoValues::new);
      default -> new Measurement.Value((Double) value.get());
    };
  }

  /** The count itself: a share times the number of rows is one only as far as it can be rounded. */
  private static Measurement matches(State<?> state) {
    return new Measurement.Value(((NumMatchesAndCount) state).numMatches());
  }

  /** Deequ divides by n, Great Expectations by n − 1. */
  private static Measurement ofSample(State<?> state) {
    StandardDeviationState s = (StandardDeviationState) state;
    return s.n() < 2
        ? new Measurement.NoValues()
        : new Measurement.Value(Math.sqrt(s.m2() / (s.n() - 1)));
  }

  static Measurement.Levels levels(Distribution found) {
    Map<String, Long> rows = new TreeMap<>();
    JavaConverters.mapAsJavaMap(found.values())
        .forEach(
            (level, of) ->
                rows.put(
                    level.equals(MISSING) ? Measurement.Levels.MISSING : level, of.absolute()));
    return new Measurement.Levels(rows, found.numberOfBins());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the state is that of the analyzer
  private static Optional<State<?>> state(
      InMemoryStateProvider states, Analyzer<?, com.amazon.deequ.metrics.Metric<?>> analyzer) {
    Option<State<?>> state = states.load((Analyzer) analyzer);
    return state.isDefined() ? Optional.of(state.get()) : Optional.empty();
  }

  private static Optional<KeptMetric> kept(
      Metric metric,
      Measurement measurement,
      Analyzer<?, com.amazon.deequ.metrics.Metric<?>> analyzer,
      AnalyzerContext context,
      Optional<State<?>> state) {
    boolean isThere =
        measurement instanceof Measurement.Value || measurement instanceof Measurement.Levels;
    return isThere
        ? Optional.of(
            new KeptMetric(
                metric.name(),
                measurement,
                Contexts.json(analyzer, context),
                metric.isMergeable() ? state.flatMap(States::text) : Optional.empty()))
        : Optional.empty();
  }

  /**
   * A metric over the rows of several deliveries, from what each of them kept; nothing is read
   * again.
   *
   * @param kept one metric of each delivery, all of one name; each has a state
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // states of one analyzer are of one kind
  public static KeptMetric merged(List<KeptMetric> kept) {
    State<?> whole =
        kept.stream()
            .map(metric -> (State) States.state(metric.state().orElseThrow()))
            .reduce((first, second) -> first.sumUntyped(second))
            .orElseThrow();
    Analyzer analyzer = Contexts.analyzer(kept.get(0).context());
    com.amazon.deequ.metrics.Metric<?> metric = analyzer.computeMetricFrom(Option.apply(whole));
    Measurement value =
        whole instanceof NumMatchesAndCount && kept.get(0).name().startsWith(prefix(Kind.ROWS))
            ? matches(whole)
            : whole instanceof StandardDeviationState
                ? ofSample(whole)
                : new Measurement.Value((Double) metric.value().get());
    return new KeptMetric(
        kept.get(0).name(), value, Contexts.json(analyzer, metric), States.text(whole));
  }

  private static String prefix(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT) + "(";
  }
}
