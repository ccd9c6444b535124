package org.assay.gold.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;

/**
 * Estimates that do not solve their own score equations. That is no fault of a region's data: what
 * fitted it is defective, so nothing that it fitted for the cohort can be trusted.
 *
 * @param cohort the cohort
 * @param sentence what was found first, and what follows
 */
public record SolverDefect(String cohort, String sentence) {

  /** The defects, at most one of each cohort. */
  public static List<SolverDefect> of(List<CohortResult> results) {
    List<SolverDefect> defects = new ArrayList<>();
    for (CohortResult result : results) {
      String cohort = result.cohort().name();
      boolean isKnown = defects.stream().anyMatch(defect -> defect.cohort().equals(cohort));
      if (!isKnown) {
        result.fits().stream()
            .flatMap(fit -> of(fit).stream())
            .findFirst()
            .ifPresent(sentence -> defects.add(new SolverDefect(cohort, sentence)));
      }
    }
    return defects;
  }

  private static Optional<String> of(RegionFit fit) {
    return fit.found().stream()
        .filter(reason -> reason.code() == ReasonCode.SCORE_NOT_ZERO)
        .map(Reason::sentence)
        .map(
            sentence ->
                "Cohort %s was not fitted anew: in region %s, model %s, the engine %s gave no maximum of the likelihood. %s Its last result stands; report it as a defect of Assay, or choose another engine."
                    .formatted(
                        fit.region().key().outcome(),
                        fit.region().key().region().orElse("null"),
                        fit.region().model(),
                        fit.model().engine().name().toLowerCase(Locale.ROOT),
                        sentence))
        .findFirst();
  }
}
