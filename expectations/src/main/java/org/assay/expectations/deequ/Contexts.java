package org.assay.expectations.deequ;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.Metric;
import com.amazon.deequ.repository.AnalysisResult;
import com.amazon.deequ.repository.AnalysisResultSerde;
import com.amazon.deequ.repository.ResultKey;
import java.util.List;
import java.util.Map;
import scala.collection.JavaConverters;

/** One analyzer with its metric, as Deequ's own JSON. */
final class Contexts {
  private static final ResultKey ANY = new ResultKey(0, Scala.map(Map.of()));

  private Contexts() {}

  /** The part of a context that is about one analyzer. */
  static String json(Analyzer<?, Metric<?>> analyzer, AnalyzerContext context) {
    return json(analyzer, context.metric(analyzer).get());
  }

  /** An analyzer with its metric. */
  static String json(Analyzer<?, Metric<?>> analyzer, Metric<?> metric) {
    AnalyzerContext one = new AnalyzerContext(Scala.map(Map.of(analyzer, metric)));
    return AnalysisResultSerde.serialize(Scala.seq(List.of(new AnalysisResult(ANY, one))));
  }

  /** Reads what {@link #json} wrote. */
  static AnalyzerContext context(String json) {
    return AnalysisResultSerde.deserialize(json).head().analyzerContext();
  }

  /** The analyzer alone. */
  static Analyzer<?, Metric<?>> analyzer(String json) {
    return JavaConverters.mapAsJavaMap(context(json).metricMap()).keySet().iterator().next();
  }
}
