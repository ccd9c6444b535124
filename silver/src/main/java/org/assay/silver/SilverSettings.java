package org.assay.silver;

import java.util.List;
import java.util.Optional;
import org.assay.common.cohort.Cohorts;
import org.assay.common.config.Section;
import org.assay.silver.conform.ExtractRules;

/**
 * What silver refines.
 *
 * @param extracts in alphabetical order
 * @param cohorts populations and the cohorts on them
 */
public record SilverSettings(List<ExtractRules> extracts, Cohorts cohorts) {
  public SilverSettings {
    extracts = List.copyOf(extracts);
  }

  /** Whether any extract names people, so that a key for their pseudonyms is needed. */
  public boolean hasIdentifiers() {
    return extracts.stream().anyMatch(ExtractRules::hasIdentifiers);
  }

  /** Reads {@code extracts}; what is wrong is recorded in the sections. */
  public static SilverSettings from(Section root, Cohorts cohorts) {
    List<String> nullTokens = root.texts("null_tokens");
    return new SilverSettings(
        root.sections("extracts").values().stream()
            .map(section -> ExtractRules.from(section, nullTokens))
            .flatMap(Optional::stream)
            .toList(),
        cohorts);
  }
}
