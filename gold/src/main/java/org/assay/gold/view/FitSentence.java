package org.assay.gold.view;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.list;
import static org.assay.common.run.Sentences.people;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assay.common.cells.Adjustment;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.ReasonCode;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.fit.RegionFit;

/** What happened to a region, in one plain sentence with numbers. */
final class FitSentence {
  private FitSentence() {}

  static String of(RegionFit fit) {
    if (fit.status() == Status.HELD) {
      return fit.reasons().stream()
          .filter(reason -> reason.code().effect() == ReasonCode.Effect.HOLDS)
          .map(Reason::sentence)
          .reduce((first, last) -> last)
          .orElseThrow();
    }
    long n = fit.total().n();
    if (fit.status() == Status.FITTED) {
      return format("Fitted on all %s, %s.", people(n), events(fit));
    }
    String whom =
        n == fit.region().n()
            ? "all " + people(n)
            : format("%,d of %s", n, people(fit.region().n()));
    return format("Fitted on %s, %s, %s.", whom, events(fit), String.join(", and ", changes(fit)));
  }

  private static String events(RegionFit fit) {
    return fit.total().isRate()
        ? format("with %s", count(fit.total().events(), "event", "events"))
        : format("%,d of them with the outcome", fit.total().events());
  }

  private static List<String> changes(RegionFit fit) {
    List<String> changes = new ArrayList<>();
    List<Adjustment> adjustments = fit.region().readiness().adjustments();
    String leftOut = byFactor(adjustments.stream().filter(a -> !isCounted(fit, a)).toList());
    if (!leftOut.isEmpty()) {
      changes.add("without " + leftOut);
    }
    String merged = byFactor(adjustments.stream().filter(a -> isCounted(fit, a)).toList());
    if (!merged.isEmpty()) {
      changes.add("with " + merged + " counted with another level");
    }
    factors(fit, ReasonCode.FACTOR_SINGLE_LEVEL)
        .forEach(f -> changes.add("without the factor " + f));
    factors(fit, ReasonCode.FACTOR_UNUSABLE).forEach(f -> changes.add("without the factor " + f));
    factors(fit, ReasonCode.ALIASED).forEach(f -> changes.add("without the factor " + f));
    factors(fit, ReasonCode.REFERENCE_FALLBACK)
        .forEach(f -> changes.add("with another reference of " + f));
    factors(fit, ReasonCode.LEVEL_EMPTY)
        .forEach(f -> changes.add("with nobody in some levels of " + f));
    return changes;
  }

  private static boolean isCounted(RegionFit fit, Adjustment adjustment) {
    return LevelEnds.of(fit, adjustment.factor(), adjustment.level()).isPresent();
  }

  private static List<String> factors(RegionFit fit, ReasonCode code) {
    return fit.reasons().stream()
        .filter(reason -> reason.code() == code)
        .map(reason -> spoken(reason.factor().orElseThrow()))
        .toList();
  }

  private static String byFactor(List<Adjustment> adjustments) {
    Map<String, List<String>> levels =
        adjustments.stream()
            .collect(
                Collectors.groupingBy(
                    Adjustment::factor,
                    LinkedHashMap::new,
                    Collectors.mapping(Adjustment::level, Collectors.toList())));
    List<String> parts = new ArrayList<>();
    levels.forEach((factor, names) -> parts.add(spoken(factor) + " " + list(names)));
    return String.join(" and ", parts);
  }

  private static String spoken(String factor) {
    return factor.replace('_', ' ');
  }
}
