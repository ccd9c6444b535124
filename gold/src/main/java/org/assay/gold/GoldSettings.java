package org.assay.gold;

import static java.util.Objects.requireNonNull;

import org.assay.common.cohort.Cohorts;

/**
 * What gold fits and publishes.
 *
 * @param cohorts the project's cohorts
 * @param fingerprint digest of the whole configuration, recorded with each publication
 */
public record GoldSettings(Cohorts cohorts, String fingerprint) {
  public GoldSettings {
    requireNonNull(cohorts, "cohorts is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }
}
