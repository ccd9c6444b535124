package org.assay.expectations.deequ;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationRunBuilder;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckResult;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.expectations.Verifier;
import scala.collection.JavaConverters;
import scala.util.Try;

/**
 * {@link Verifier} by Deequ: all conditions share one scan, so one that cannot be evaluated takes
 * the others with it. Deequ reports an error as a failed constraint; here it becomes {@link
 * Verifier.Measurement.Failed}, so that it never holds a row.
 */
public final class DeequVerifier implements Verifier {
  private static final String SIZE = "rows";

  @Override
  public Map<String, Measurement> measure(Dataset<Row> rows, Map<String, String> conditions) {
    VerificationRunBuilder suite =
        new VerificationSuite().onData(rows).addCheck(DeequChecks.size(SIZE));
    conditions.forEach((name, sql) -> suite.addCheck(DeequChecks.satisfies(name, sql)));
    Map<String, Try<?>> metrics = metrics(suite.run());

    Map<String, Measurement> measured = new TreeMap<>();
    Try<?> size = metrics.get(SIZE);
    conditions.keySet().forEach(name -> measured.put(name, measurement(metrics.get(name), size)));
    return measured;
  }

  private static Measurement measurement(Try<?> share, Try<?> size) {
    Optional<String> failure = failure(size).or(() -> failure(share));
    if (failure.isPresent()) {
      return new Measurement.Failed(failure.get());
    }
    return new Measurement.Satisfied(Math.round((Double) share.get() * (Double) size.get()));
  }

  private static Optional<String> failure(Try<?> metric) {
    if (metric == null) {
      return Optional.of("Deequ returned no metric.");
    }
    return metric.isFailure()
        ? Optional.of("Deequ could not evaluate it (%s).".formatted(kind(metric.failed().get())))
        : Optional.empty();
  }

  /** The kind of the error at the root; its message may quote the data. */
  private static String kind(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  private static Map<String, Try<?>> metrics(VerificationResult result) {
    Map<String, Try<?>> metrics = new TreeMap<>();
    for (Map.Entry<Check, CheckResult> entry :
        JavaConverters.mapAsJavaMap(result.checkResults()).entrySet()) {
      JavaConverters.seqAsJavaList(entry.getValue().constraintResults())
          .forEach(
              constraint -> {
                if (constraint.metric().isDefined()) {
                  metrics.put(entry.getKey().description(), constraint.metric().get().value());
                }
              });
    }
    return metrics;
  }
}
