package org.assay.expectations;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.not;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rules of one extract.
 *
 * @param rules in the order of the configuration; ids are unique
 * @param types declared type by column
 */
public record ExpectationSuite(List<Rule> rules, Map<String, ColumnType> types) {
  public ExpectationSuite {
    rules = List.copyOf(rules);
    types = Collections.unmodifiableMap(new TreeMap<>(types)); // in one order, for fingerprints
  }

  /** The rules about single rows, with the condition that each row must satisfy. */
  public Map<Rule, String> rowConditions() {
    RowConditions compiler = new RowConditions(types);
    Map<Rule, String> conditions = new LinkedHashMap<>();
    for (Rule rule : rules) {
      Optional<String> condition = rule.expectation().fold(compiler);
      condition.ifPresent(sql -> conditions.put(rule, sql));
    }
    return conditions;
  }

  /** The rows with the label columns that {@link #rowConditions} refer to. */
  public Dataset<Row> prepared(Dataset<Row> rows) {
    return UniqueColumns.labelled(
        rows,
        rules.stream()
            .map(Rule::expectation)
            .filter(Expectation.Unique.class::isInstance)
            .flatMap(expectation -> expectation.columns().stream())
            .distinct()
            .toList());
  }

  /** Whether a row does not meet a condition of {@link #rowConditions}; never null. */
  public static Column violates(String condition) {
    return not(expr(condition));
  }
}
