package org.assay.expectations;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.expectations.Verifier.Measured;

/**
 * Judges a delivery by its suite. Each row condition was counted once when the rows were labelled
 * and is measured again by the verifier; a rule on whose count the two do not agree is unknown.
 */
public final class Verification {
  private final ExpectationSuite suite;
  private final Verifier verifier;

  public Verification(ExpectationSuite suite, Verifier verifier) {
    this.suite = suite;
    this.verifier = verifier;
  }

  /**
   * What the labels say of the rows.
   *
   * @param rows how many there are
   * @param measured how many of them have values; the others are malformed
   * @param byRule by rule id, of each row rule
   * @param columns the columns of each file of the delivery, under their names in the source
   */
  public record Labelled(
      long rows, long measured, Map<String, Count> byRule, List<List<String>> columns) {
    public Labelled {
      byRule = Map.copyOf(byRule);
      columns = List.copyOf(columns);
    }
  }

  /**
   * What the labels say of one rule.
   *
   * @param judged rows that the rule is about
   * @param unexpected those among them that do not meet it
   */
  public record Count(long judged, long unexpected) {}

  /**
   * What was found.
   *
   * @param verdicts for each rule, in the suite's order
   * @param measured all that was measured
   */
  public record Found(Map<Rule, Verdict> verdicts, Measured measured) {}

  /**
   * Judges the rows.
   *
   * @param labelled rows with the labels of the suite, without malformed ones; persisted
   * @param counts what the labels say of them
   * @param conditions the condition that each row must satisfy, by rule id
   * @param more metrics to be measured in the same pass
   */
  public Found judge(
      Dataset<Row> labelled, Labelled counts, Map<String, String> conditions, List<Metric> more) {
    Measured measured =
        verifier.measure(
            labelled, counts.measured() == 0 ? Set.of(Metric.size()) : metrics(conditions, more));
    Map<Rule, Verdict> verdicts = new LinkedHashMap<>();
    for (Rule rule : suite.rules()) {
      verdicts.put(rule, rule.expectation().fold(new Judge(rule, counts, conditions, measured)));
    }
    return new Found(verdicts, measured);
  }

  private Set<Metric> metrics(Map<String, String> conditions, List<Metric> more) {
    Set<Metric> metrics = new LinkedHashSet<>();
    conditions.forEach((id, condition) -> metrics.add(Metric.rows(id, condition)));
    metrics.addAll(suite.metrics());
    metrics.addAll(more);
    metrics.add(Metric.size());
    return metrics;
  }

  /** What became of one rule. */
  private record Judge(
      Rule rule, Labelled counts, Map<String, String> conditions, Measured measured)
      implements Expectation.Cases<Verdict> {

    @Override
    public Verdict ofRow(Expectation.OfRow expectation) {
      Count count = counts.byRule().get(rule.id());
      if (counts.measured() == 0) {
        return new Verdict.Evaluated(true, 0, 0, "");
      }
      Measurement measurement =
          measured.byMetric().get(Metric.rows(rule.id(), conditions.get(rule.id())));
      if (!(measurement instanceof Measurement.Value satisfied)) {
        return unknown(measurement);
      }
      long unexpected = counts.measured() - Math.round(satisfied.value());
      if (unexpected != count.unexpected()) {
        return new Verdict.Unknown(
            format(
                "%s was labelled on %,d rows and measured on %,d.",
                rule.id(), count.unexpected(), unexpected));
      }
      boolean passed =
          count.judged() == 0
              || (double) (count.judged() - unexpected) / count.judged() >= rule.shares().mostly();
      return new Verdict.Evaluated(passed, count.judged(), unexpected, "");
    }

    @Override
    public Verdict ofRowCount(Expectation.OfRowCount expectation) {
      return whole(expectation.bounds().allows(counts.rows()), format("%,d rows", counts.rows()));
    }

    @Override
    public Verdict ofColumns(Expectation.OfColumns expectation) {
      for (List<String> found : counts.columns()) {
        if (!expectation.allows(found)) {
          return whole(false, "columns " + String.join(", ", found));
        }
      }
      return whole(true, "");
    }

    @Override
    public Verdict ofMetrics(Expectation.OfMetrics expectation) {
      if (counts.measured() == 0) {
        return whole(true, "no rows");
      }
      List<String> wrong = new ArrayList<>();
      List<String> seen = new ArrayList<>();
      for (Expectation.OfMetrics.Bounded bounded : expectation.bounded()) {
        Measurement measurement = measured.byMetric().get(bounded.metric());
        if (measurement instanceof Measurement.Value value) {
          boolean allowed = bounded.bounds().allows(value.value());
          seen.add(bounded.bounds().shown(value.value()));
          if (!allowed) {
            wrong.add(bounded.says().formatted(bounded.bounds().shown(value.value())));
          }
        } else if (measurement instanceof Measurement.NoValues) {
          wrong.add("there is no value");
        } else {
          return unknown(measurement);
        }
      }
      return whole(wrong.isEmpty(), String.join("; ", wrong.isEmpty() ? seen : wrong));
    }

    @Override
    public Verdict ofMode(Expectation.OfMode expectation) {
      if (counts.measured() == 0) {
        return whole(true, "no rows");
      }
      if (!(measured.byMetric().get(expectation.metric()) instanceof Measurement.Levels levels)) {
        return unknown(measured.byMetric().get(expectation.metric()));
      }
      Map<String, Long> rows = new LinkedHashMap<>(levels.rows());
      rows.remove(Measurement.Levels.MISSING);
      long most = rows.values().stream().mapToLong(Long::longValue).max().orElse(0);
      Set<String> modes = new TreeSet<>();
      rows.forEach(
          (value, count) -> {
            if (count == most) {
              modes.add(value);
            }
          });
      boolean among =
          expectation.tiesOkay()
              ? modes.stream().anyMatch(expectation.valueSet()::contains)
              : modes.size() == 1 && expectation.valueSet().containsAll(modes);
      return whole(among, "the most common is " + String.join(" and ", modes));
    }

    private Verdict whole(boolean passed, String observed) {
      return new Verdict.Evaluated(passed, counts.rows(), 0, observed);
    }

    private Verdict unknown(Measurement measurement) {
      String cause =
          measurement instanceof Measurement.Failed failed
              ? failed.cause()
              : "No measurement came.";
      return new Verdict.Unknown("%s could not be evaluated: %s".formatted(rule.id(), cause));
    }
  }
}
