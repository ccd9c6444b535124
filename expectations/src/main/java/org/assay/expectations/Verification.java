package org.assay.expectations;

import static org.assay.common.run.Sentences.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.expectations.Verifier.Measurement;

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
   * Judges the rows.
   *
   * @param labelled rows with the label columns of {@link ExpectationSuite#prepared}
   * @param rows how many there are
   * @param conditions the condition that each row must satisfy, for each row rule
   * @param unexpected how many rows the labels say do not meet each row rule, by rule id
   * @return a verdict for each rule, in the suite's order
   */
  public Map<Rule, Verdict> judge(
      Dataset<Row> labelled,
      long rows,
      Map<Rule, String> conditions,
      Map<String, Long> unexpected) {
    Map<String, Measurement> measured =
        rows == 0 || conditions.isEmpty() ? Map.of() : verifier.measure(labelled, byId(conditions));
    Map<Rule, Verdict> verdicts = new LinkedHashMap<>();
    for (Rule rule : suite.rules()) {
      verdicts.put(
          rule,
          conditions.containsKey(rule)
              ? ofRows(rule, rows, unexpected.get(rule.id()), measured.get(rule.id()))
              : ofTable(rule, rows));
    }
    return verdicts;
  }

  private static Map<String, String> byId(Map<Rule, String> conditions) {
    return conditions.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue));
  }

  private static Verdict ofRows(Rule rule, long rows, long labelled, Measurement measurement) {
    if (rows == 0) {
      return new Verdict.Evaluated(true, 0, 0);
    }
    if (measurement instanceof Measurement.Satisfied satisfied) {
      long unexpected = rows - satisfied.rows();
      return unexpected == labelled
          ? new Verdict.Evaluated(
              (double) (rows - labelled) / rows >= rule.mostly(), rows, labelled)
          : new Verdict.Unknown(
              format(
                  "%s was labelled on %,d rows and measured on %,d.",
                  rule.id(), labelled, unexpected));
    }
    String cause =
        measurement instanceof Measurement.Failed failed ? failed.cause() : "No measurement came.";
    return new Verdict.Unknown("%s could not be evaluated: %s".formatted(rule.id(), cause));
  }

  private static Verdict ofTable(Rule rule, long rows) {
    boolean passed =
        rule.expectation() instanceof Expectation.RowCountBetween count && count.allows(rows);
    return new Verdict.Evaluated(passed, rows, passed ? 0 : rows);
  }
}
