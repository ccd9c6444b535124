package org.assay.silver.quarantine;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.run.Causes;
import org.assay.common.run.DataRefusedException;
import org.assay.expectations.Expectation;
import org.assay.expectations.Metric;
import org.assay.expectations.Rule;
import org.assay.expectations.Verdict;
import org.assay.expectations.Verification;
import org.assay.expectations.Verification.Count;
import org.assay.expectations.Verification.Found;
import org.assay.expectations.Verification.Labelled;
import org.assay.expectations.drift.Drift;
import org.assay.expectations.drift.Drift.Finding;
import org.assay.expectations.drift.DriftCheck;
import org.assay.expectations.drift.DriftCheck.OnDrift;
import org.assay.expectations.history.ExpectationResult;
import org.assay.expectations.history.ExpectationResult.Delivered;
import org.assay.expectations.history.ResultKey;
import org.assay.silver.conform.ExtractRules;

/**
 * What the rules and the drift checks say of a delivery as a whole. Everything found is kept before
 * anything is refused.
 */
public final class Assessment {
  private final ExtractRules rules;
  private final Shipment delivery;
  private final Found found;
  private final Map<DriftCheck, Finding> drift;

  private Assessment(
      ExtractRules rules, Shipment delivery, Found found, Map<DriftCheck, Finding> drift) {
    this.rules = rules;
    this.delivery = delivery;
    this.found = found;
    this.drift = drift;
  }

  /**
   * Measures and judges.
   *
   * @param labelled the rows, persisted
   * @param rows how many there are
   * @param byRule what the labels say, by rule id
   * @param earlier the accepted deliveries before this one, earliest first
   */
  static Assessment of(
      Dataset<Row> labelled,
      long rows,
      Map<String, Count> byRule,
      ExtractRules rules,
      Shipment delivery,
      Judging judging,
      List<Shipment> earlier) {
    Map<String, String> conditions = new LinkedHashMap<>();
    rules
        .suite()
        .rowRules()
        .forEach((rule, ofRow) -> conditions.put(rule.id(), rules.condition(ofRow)));
    List<Metric> watched = rules.drift().stream().map(DriftCheck::metric).distinct().toList();
    long malformed = delivery.parts().stream().mapToLong(p -> p.receipt().malformed()).sum();
    Found found =
        new Verification(rules.suite(), judging.instruments().verifier())
            .judge(
                malformed == 0 ? labelled : labelled.filter(ExtractRules.JUDGED),
                new Labelled(rows, rows - malformed, byRule, columns(rules, delivery)),
                conditions,
                watched);
    judging.history().keep(key(rules, delivery), found.measured().kept());
    Map<DriftCheck, Finding> drift =
        new Drift(judging.instruments().anomalies())
            .judge(
                rules.drift(),
                rows - malformed,
                found.measured().byMetric(),
                earlier.stream()
                    .map(past -> judging.history().measured(key(rules, past)))
                    .filter(past -> !past.isEmpty())
                    .toList());
    Assessment assessment = new Assessment(rules, delivery, found, drift);
    assessment.keep(judging, assessment.unexpectedValues(labelled));
    return assessment;
  }

  /** Keeps that no rule could be evaluated, since the rows could not be labelled. */
  static void keepUnknown(
      ExtractRules rules, Shipment delivery, Judging judging, Exception failure) {
    Verdict unknown =
        new Verdict.Unknown("The rows could not be labelled (%s).".formatted(Causes.kind(failure)));
    rules
        .suite()
        .rules()
        .forEach(
            rule ->
                judging
                    .results()
                    .add(
                        ExpectationResult.of(
                            delivered(rules, delivery), rule, unknown, List.of())));
  }

  /** Under what a delivery's metrics are kept. */
  public static ResultKey key(ExtractRules rules, Shipment delivery) {
    return ResultKey.of(rules.name(), delivery.ids().get(0), delivery.extractDate());
  }

  private static Delivered delivered(ExtractRules rules, Shipment delivery) {
    return new Delivered(rules.name(), delivery.ids().get(0), delivery.extractDate());
  }

  /** Keeps nothing of a delivery that was judged before with the same end. */
  public static void forget(ExtractRules rules, Shipment delivery, Judging judging) {
    judging.results().forget(delivered(rules, delivery));
    judging.history().forget(key(rules, delivery));
  }

  /**
   * The columns of each file. Of an extract with identifiers, a name that nobody knows may be a
   * value: the first row of a file without headings.
   */
  private static List<List<String>> columns(ExtractRules rules, Shipment delivery) {
    Set<String> expected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    rules.suite().rules().stream()
        .map(Rule::expectation)
        .filter(Expectation.OfColumns.class::isInstance)
        .forEach(ofColumns -> expected.addAll(((Expectation.OfColumns) ofColumns).expected()));
    return delivery.parts().stream()
        .map(
            part ->
                part.receipt().columns().stream()
                    .map(SourceColumn::name)
                    .map(
                        name ->
                            rules.hasIdentifiers()
                                    && !rules.declares(name)
                                    && !expected.contains(name)
                                ? "(not declared)"
                                : name)
                    .toList())
        .toList();
  }

  private Map<String, List<String>> unexpectedValues(Dataset<Row> labelled) {
    Map<Rule, Expectation.OfRow> unmet = new LinkedHashMap<>(rules.suite().rowRules());
    unmet
        .keySet()
        .removeIf(
            rule ->
                !(found.verdicts().get(rule) instanceof Verdict.Evaluated evaluated)
                    || evaluated.unexpected() == 0);
    return unmet.isEmpty() ? Map.of() : UnexpectedValues.of(labelled, unmet, rules);
  }

  private void keep(Judging judging, Map<String, List<String>> values) {
    Delivered delivered = delivered(rules, delivery);
    found
        .verdicts()
        .forEach(
            (rule, verdict) ->
                judging
                    .results()
                    .add(
                        ExpectationResult.of(
                            delivered, rule, verdict, values.getOrDefault(rule.id(), List.of()))));
    drift.forEach(
        (check, finding) -> judging.results().add(ExpectationResult.of(delivered, check, finding)));
  }

  /**
   * Stops where the delivery cannot be used.
   *
   * @throws DataRefusedException if a rule or a check refuses it
   * @throws IllegalStateException if one could not be evaluated: that says nothing about the rows
   */
  void stopIfUnusable() {
    found.verdicts().values().forEach(this::stopIfUnknown);
    drift.values().forEach(finding -> stopIfUnknown(finding.verdict()));
    found.verdicts().forEach((rule, verdict) -> refuse(rule, (Verdict.Evaluated) verdict));
    drift.forEach(
        (check, finding) -> {
          Verdict.Evaluated evaluated = (Verdict.Evaluated) finding.verdict();
          if (!evaluated.passed() && check.onDrift() == OnDrift.REFUSE) {
            throw new DataRefusedException(
                "%s was refused by %s: %s. Ask whether that is right; if it is, change the check and run again."
                    .formatted(delivery.fileName(), check.id(), evaluated.observed()));
          }
        });
  }

  private void stopIfUnknown(Verdict verdict) {
    if (verdict instanceof Verdict.Unknown unknown) {
      throw new IllegalStateException(
          "Whether %s meets its expectations is unknown, so no row was judged. %s"
              .formatted(delivery.fileName(), unknown.cause()));
    }
  }

  private void refuse(Rule rule, Verdict.Evaluated evaluated) {
    if (rule.refuses(evaluated)) {
      throw new DataRefusedException(
          format(
              "%s was refused by %s: %s %s Ask for the file again, or correct the expectation.",
              delivery.fileName(),
              rule.id(),
              seen(rule, evaluated),
              rule.expectation().complaint()));
    }
  }

  private static String seen(Rule rule, Verdict.Evaluated evaluated) {
    if (evaluated.observed().isEmpty()) {
      return format("in %,d of %,d rows", evaluated.unexpected(), evaluated.rows());
    }
    boolean isOfTable = rule.expectation().columns().isEmpty();
    return "%s%s.".formatted(isOfTable ? "it has " : "", evaluated.observed());
  }

  /** What must be told although the delivery is used, in words. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    found
        .verdicts()
        .forEach(
            (rule, verdict) -> {
              if (verdict instanceof Verdict.Evaluated evaluated && rule.warns(evaluated)) {
                warnings.add(seen(rule, evaluated) + " " + rule.expectation().complaint());
              }
            });
    drift.forEach(
        (check, finding) -> {
          if (finding.verdict() instanceof Verdict.Evaluated evaluated && !evaluated.passed()) {
            warnings.add(
                "%s has drifted: %s.".formatted(delivery.fileName(), evaluated.observed()));
          }
        });
    warmingUp().ifPresent(warnings::add);
    return warnings;
  }

  private Optional<String> warmingUp() {
    long waiting = drift.values().stream().filter(Finding::isWarmingUp).count();
    return waiting == 0
        ? Optional.empty()
        : Optional.of(
            format(
                "Drift: %,d of %,d checks have too few earlier deliveries to compare with; %s begins or continues their history.",
                waiting, drift.size(), delivery.fileName()));
  }
}
