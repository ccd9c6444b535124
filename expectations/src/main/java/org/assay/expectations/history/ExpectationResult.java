package org.assay.expectations.history;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.assay.expectations.Rule;
import org.assay.expectations.Verdict;
import org.assay.expectations.drift.Drift;
import org.assay.expectations.drift.DriftCheck;

/**
 * What became of one rule, or one drift check, on one delivery.
 *
 * @param delivery which delivery
 * @param id the rule's id
 * @param type its name
 * @param columns the columns it is about
 * @param fingerprint digest of what it says
 * @param onFail what happens where it is not met
 * @param verdict what was found
 * @param unexpectedValues the commonest values that are not as expected, none that identify
 */
public record ExpectationResult(
    Delivered delivery,
    String id,
    String type,
    List<String> columns,
    String fingerprint,
    String onFail,
    Verdict verdict,
    List<String> unexpectedValues) {

  /**
   * A delivery that was judged.
   *
   * @param id its id; of one in many parts, the first part's
   */
  public record Delivered(String extract, String id, LocalDate extractDate) {}

  public ExpectationResult {
    columns = List.copyOf(columns);
    unexpectedValues = List.copyOf(unexpectedValues);
  }

  /** Of a rule. */
  public static ExpectationResult of(
      Delivered delivery, Rule rule, Verdict verdict, List<String> unexpectedValues) {
    return new ExpectationResult(
        delivery,
        rule.id(),
        rule.expectation().type(),
        rule.expectation().columns(),
        rule.fingerprint(),
        lower(rule.onFail()),
        verdict,
        unexpectedValues);
  }

  /** Of a drift check. */
  public static ExpectationResult of(Delivered delivery, DriftCheck check, Drift.Finding finding) {
    return new ExpectationResult(
        delivery,
        check.id(),
        "drift." + lower(check.measure()),
        check.column().isEmpty() ? List.of() : List.of(check.column()),
        check.fingerprint(),
        lower(check.onDrift()),
        finding.verdict(),
        List.of());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
