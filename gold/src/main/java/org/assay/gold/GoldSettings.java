package org.assay.gold;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Section;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.SmallCounts;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rule;

/**
 * What gold fits and publishes.
 *
 * @param cohorts the project's cohorts
 * @param nation what all listed regions together are called
 * @param disclosure what everybody may see
 * @param rules digest of all expectations, recorded with each commit
 * @param fingerprint digest of the whole configuration, recorded with each publication
 */
public record GoldSettings(
    Cohorts cohorts, String nation, DisclosurePolicy disclosure, String rules, String fingerprint) {
  public GoldSettings {
    requireNonNull(disclosure, "disclosure is null");
    requireNonNull(cohorts, "cohorts is null");
    requireNonNull(nation, "nation is null");
    requireNonNull(rules, "rules is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }

  /** Whether figures of few people are withheld. */
  public boolean withholds() {
    return !disclosure.isOpen();
  }

  /** How a run may speak of few people. */
  public UnaryOperator<String> discretion() {
    return withholds() ? SmallCounts::masked : UnaryOperator.identity();
  }

  /**
   * Reads what gold needs.
   *
   * @param rules digest of all expectations
   * @param others digest of the other layers' settings
   */
  public static GoldSettings from(Section root, Cohorts cohorts, String rules, String others) {
    DisclosurePolicy safest =
        new DisclosurePolicy(Rule.NHS, "", DisclosurePolicy.Estimates.WITHHOLD);
    DisclosurePolicy disclosure =
        DisclosurePolicy.from(root.section("disclosure"))
            .orElse(safest); // refused with its problem
    String nation = root.text("nation");
    return new GoldSettings(
        cohorts, nation, disclosure, rules, Fingerprint.of(others, nation, disclosure));
  }
}
