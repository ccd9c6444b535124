package org.assay.expectations.readiness;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.list;
import static org.assay.common.run.Sentences.people;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;

/** The sentences of readiness: who, what was found with its number, what is needed. */
final class Wording {
  private Wording() {}

  static String regionUnknown(Optional<String> region, long n) {
    String found = region.filter(r -> !r.isBlank()).map(r -> "\"" + r + "\"").orElse("empty");
    return format("The region is %s for %s.", found, people(n));
  }

  static String countsImpossible(long rows) {
    return format(
        "In %s the events are negative or more than the people they are counted among.",
        count(rows, "row", "rows"));
  }

  static String cohortTooSmall(long n, long before, long needed) {
    String who = n == before ? people(n) : format("%s left of %,d", people(n), before);
    return format("%s; this cohort needs at least %,d.", who, needed);
  }

  static String outcomeConstant(Cell total) {
    return format(
        "%s of %s had the outcome; there is no difference to measure.",
        total.events() == 0 ? "None" : "All", people(total.n()));
  }

  static String level(
      ReasonCode fault, String factor, String level, Cell people, Thresholds thresholds) {
    String who = format("%s in %s", people(people.n()), named(factor, level));
    return switch (fault) {
      case LEVEL_NO_EVENTS ->
          format(
              "None of %s had the outcome, so its %s ratio has no finite estimate",
              who, people.isRate() ? "rate" : "odds");
      case LEVEL_ALL_EVENTS ->
          format("All of %s had the outcome, so its odds ratio has no finite estimate", who);
      case LEVEL_TOO_SMALL -> format("%s; a level needs at least %,d", who, thresholds.minLevel());
      case LEVEL_UNLISTED ->
          format("%s, which is not one of the levels of %s", who, spoken(factor));
      case LEVEL_NOT_KNOWN ->
          format("%s is not known for %s", capital(spoken(factor)), people(people.n()));
      default -> throw new IllegalArgumentException(fault + " is not about a level");
    };
  }

  static String done(Adjustment adjustment) {
    return adjustment
        .mergedInto()
        .map(into -> format("; counted with %s.", named(adjustment.factor(), into)))
        .orElse("; left out.");
  }

  static String levelsEmpty(String factor, List<String> empty, List<String> left) {
    return format(
        "Nobody is in %s %s; %s left %s %s.",
        spoken(factor),
        list(empty),
        left.size() == 1 ? "the level" : "the levels",
        left.size() == 1 ? "is" : "are",
        list(left));
  }

  static String levelsEmptied(String factor, List<String> emptied) {
    return format(
        "Nobody is left in %s %s once other levels are left out.", spoken(factor), list(emptied));
  }

  static String singleLevel(String factor, List<String> present, long n) {
    return format(
        "All %s are in %s, so %s cannot be a factor here; it was left out.",
        people(n), named(factor, list(present)), spoken(factor));
  }

  static String referenceMissing(Factor factor) {
    return format(
        "Nobody can be compared with: %s, the reference, has no people left in the model.",
        named(factor.name(), factor.reference()));
  }

  static String referenceFallback(Factor factor, String stands) {
    return format(
        "Nobody is left in %s, the reference; %s stands in for it, so these estimates mean something"
            + " else than in other regions.",
        named(factor.name(), factor.reference()), named(factor.name(), stands));
  }

  static String aliased(String factor, Collection<String> others) {
    return format(
        "%s follows from %s, so it says nothing of its own; it was left out.",
        capital(spoken(factor)), list(others.stream().map(Wording::spoken).toList()));
  }

  static String disconnected(Collection<String> levels) {
    return format(
        "%s cannot be told apart: too few people differ in one of them alone.",
        capital(list(levels)));
  }

  static String interaction(String interaction) {
    return "The interaction %s is left out: some combination of its levels has nobody, or nobody else."
        .formatted(interaction);
  }

  static String separated(Collection<String> levels) {
    return format(
        "%s together decide the outcome; no finite estimates exist.", capital(list(levels)));
  }

  static String events(Cell total, int coefficients, double needed) {
    if (total.isRate()) {
      return format(
          "%s, for %s; each needs at least %s.",
          count(total.events(), "event", "events"),
          count(coefficients, "coefficient", "coefficients"),
          number(needed));
    }
    boolean isRare = total.events() == total.rarer();
    return format(
        "%s %s the outcome, for %s; each needs at least %s.",
        people(total.rarer()),
        isRare ? "had" : "did not have",
        count(coefficients, "coefficient", "coefficients"),
        number(needed));
  }

  static String saturated(int coefficients) {
    return format(
        "There are as many coefficients as groups of people (%,d), so the model only repeats them.",
        coefficients);
  }

  static String fewResidualDf(int cells, int coefficients, long needed) {
    return format(
        "%s of people for %s: %,d more, and fewer than %,d let single groups be seen in the"
            + " estimates.",
        count(cells, "group", "groups"),
        count(coefficients, "coefficient", "coefficients"),
        cells - coefficients,
        needed);
  }

  static String notEstimable(Optional<String> factor) {
    return factor
        .map(
            name -> format("The cohort is about %s, which cannot be estimated here.", spoken(name)))
        .orElse("No factor is left to estimate.");
  }

  /** "ethnicity mix"; just "Age 18 to 24" where the level already says what it is a level of. */
  static String named(String factor, String level) {
    boolean saysSo = level.toLowerCase(Locale.ROOT).startsWith(spoken(factor) + " ");
    return saysSo ? level : spoken(factor) + " " + level;
  }

  static String spoken(String factor) {
    return factor.replace('_', ' ');
  }

  /** A limit as it is configured: 2.5, and 10 without a fraction. */
  static String number(double limit) {
    return limit == Math.rint(limit) ? format("%,.0f", limit) : format("%s", limit);
  }

  static String unusable(String factor) {
    return format(
        "Nobody is in a level of %s that can be estimated, so it cannot be a factor here; it was left"
            + " out.",
        spoken(factor));
  }

  static String capital(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
