package org.assay.gold;

import static java.util.Objects.requireNonNull;

import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Section;
import org.assay.common.run.Fingerprint;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rule;

/**
 * What gold fits and publishes.
 *
 * @param cohorts the project's cohorts
 * @param disclosure what everybody may see
 * @param fingerprint digest of the whole configuration, recorded with each publication
 */
public record GoldSettings(Cohorts cohorts, DisclosurePolicy disclosure, String fingerprint) {
  public GoldSettings {
    requireNonNull(disclosure, "disclosure is null");
    requireNonNull(cohorts, "cohorts is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }

  /**
   * Reads what gold needs.
   *
   * @param others digest of the other layers' settings
   */
  public static GoldSettings from(Section root, Cohorts cohorts, String others) {
    DisclosurePolicy safest =
        new DisclosurePolicy(Rule.NHS, "", DisclosurePolicy.Estimates.WITHHOLD);
    DisclosurePolicy disclosure =
        DisclosurePolicy.from(root.section("disclosure"))
            .orElse(safest); // refused with its problem
    return new GoldSettings(cohorts, disclosure, Fingerprint.of(others, disclosure));
  }
}
