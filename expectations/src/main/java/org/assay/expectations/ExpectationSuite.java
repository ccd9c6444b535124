package org.assay.expectations;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * The rules of one extract.
 *
 * @param rules in the order of the configuration; ids are unique
 * @param types declared type by column
 * @param unsupported what another product's suite asks for and cannot be checked, in sentences
 */
public record ExpectationSuite(
    List<Rule> rules, Map<String, ColumnType> types, List<String> unsupported) {
  public ExpectationSuite {
    rules = List.copyOf(rules);
    types = Collections.unmodifiableMap(new TreeMap<>(types)); // in one order, for fingerprints
    unsupported = List.copyOf(unsupported);
  }

  /** The rules about single rows, with what each says of a row. */
  public Map<Rule, Expectation.OfRow> rowRules() {
    Map<Rule, Expectation.OfRow> ofRows = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (rule.expectation() instanceof Expectation.OfRow ofRow) {
        ofRows.put(rule, ofRow);
      }
    }
    return ofRows;
  }

  /** The labels that the rules need, each once. */
  public List<RowLabel> labels() {
    return rowRules().values().stream()
        .flatMap(ofRow -> ofRow.labels().stream())
        .distinct()
        .toList();
  }

  /** The other extracts whose current state the rules look into. */
  public List<String> references() {
    return List.copyOf(
        labels().stream()
            .filter(RowLabel.Known.class::isInstance)
            .map(label -> ((RowLabel.Known) label).extract())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** The metrics that the rules about the whole delivery need, each once. */
  public List<Metric> metrics() {
    return rules.stream().flatMap(rule -> metrics(rule.expectation())).distinct().toList();
  }

  /** The metrics that an expectation about the whole delivery needs. */
  public static Stream<Metric> metrics(Expectation expectation) {
    if (expectation instanceof Expectation.OfMetrics ofMetrics) {
      return ofMetrics.bounded().stream().map(Expectation.OfMetrics.Bounded::metric);
    }
    return expectation instanceof Expectation.OfMode ofMode
        ? Stream.of(ofMode.metric())
        : Stream.of();
  }

  /** Whether a row does not meet a condition that is never null; never null. */
  public static Column violates(String condition) {
    return not(expr(condition));
  }
}
