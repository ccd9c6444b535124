package org.assay.gold.open;

import java.util.EnumSet;
import java.util.Set;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.gold.fit.RegionFit;

/** What happened to a region, without any number, and without a code that stands for one. */
final class OpenReasons {
  /** Limits are known, so that of a total that is withheld these tell how many events it has. */
  private static final Set<ReasonCode> OF_EVENTS =
      EnumSet.of(ReasonCode.EVENTS_TOO_FEW, ReasonCode.LOW_EPV, ReasonCode.OUTCOME_CONSTANT);

  private static final String SMALL_COUNTS = "SMALL_COUNTS";
  private static final String SMALL_COUNTS_MEANING =
      "Too few people or events; how many is withheld.";

  private OpenReasons() {}

  /** The code as everybody sees it. */
  static String code(ReasonCode code, OpenCounts counts, RegionFit fit) {
    return tells(code, counts, fit) ? SMALL_COUNTS : code.name();
  }

  /** What it means. */
  static String meaning(ReasonCode code, OpenCounts counts, RegionFit fit) {
    return tells(code, counts, fit) ? SMALL_COUNTS_MEANING : code.meaning();
  }

  /** What became of the region. */
  static String sentence(OpenCounts counts, RegionFit fit) {
    return switch (fit.status()) {
      case FITTED -> "Fitted on all people.";
      case ADJUSTED -> "Fitted, with changes: see fit_reasons.";
      case HELD ->
          fit.reasons().stream()
              .filter(reason -> reason.code().effect() == Effect.HOLDS)
              .map(Reason::code)
              .reduce((first, last) -> last)
              .map(code -> meaning(code, counts, fit))
              .orElseThrow();
    };
  }

  private static boolean tells(ReasonCode code, OpenCounts counts, RegionFit fit) {
    return OF_EVENTS.contains(code) && counts.isFewOrWithheld(fit, "", "", fit.cells().total());
  }
}
