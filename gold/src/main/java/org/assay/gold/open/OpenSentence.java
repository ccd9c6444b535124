package org.assay.gold.open;

import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode.Effect;
import org.assay.gold.fit.RegionFit;

/** What happened to a region, without any number. */
final class OpenSentence {
  private OpenSentence() {}

  static String of(RegionFit fit) {
    return switch (fit.status()) {
      case FITTED -> "Fitted on all people.";
      case ADJUSTED -> "Fitted, with changes: see fit_reasons.";
      case HELD ->
          fit.reasons().stream()
              .filter(reason -> reason.code().effect() == Effect.HOLDS)
              .map(Reason::code)
              .reduce((first, last) -> last)
              .orElseThrow()
              .meaning();
    };
  }
}
