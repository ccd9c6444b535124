package org.assay.gold.open;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.spark.CellTables;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rounding;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.RegionKey;

/**
 * What everybody may see of the counts of some cohorts, and the results that the rows of gold_exact
 * are about.
 */
final class OpenCounts {
  private final DisclosurePolicy policy;
  private final Map<List<String>, PublicCounts> counts = new HashMap<>();
  private final Map<List<String>, RegionFit> fits = new HashMap<>();
  private final Map<List<String>, CohortResult> results = new HashMap<>();
  private final List<PublicCounts.Count> lost = new ArrayList<>();

  OpenCounts(List<CohortResult> results, DisclosurePolicy policy, PublishedCounts before) {
    this.policy = policy;
    Map<List<String>, List<CohortResult>> together =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> List.of(result.period(), result.cohort().population().name())));
    together
        .values()
        .forEach(
            ofPopulation -> {
              PublicCounts shown = PublicCounts.of(ofPopulation, policy, before);
              lost.addAll(shown.lost());
              ofPopulation.forEach(
                  result -> counts.put(List.of(result.period(), result.cohort().name()), shown));
            });
    for (CohortResult result : results) {
      this.results.put(List.of(result.period(), result.cohort().name()), result);
      for (RegionFit fit : result.fits()) {
        fits.put(
            List.of(
                result.period(),
                result.cohort().name(),
                fit.region().model(),
                fit.region().key().region().orElse("")),
            fit);
      }
    }
  }

  /** What figures of a cohort may see of its counts. */
  Rounding rounding(CohortResult result) {
    return policy.isOpen()
        ? Rounding.EXACT
        : new OpenRounding(
            Rounding.by(policy.rule()),
            counts.get(List.of(result.period(), result.cohort().name())),
            result);
  }

  DisclosurePolicy policy() {
    return policy;
  }

  /** The small counts that follow from this publication and the last together. */
  List<PublicCounts.Count> lost() {
    return List.copyOf(lost);
  }

  CohortResult resultOf(OpenRow row) {
    return results.get(List.of(row.text("period"), row.text("cohort")));
  }

  /** The people of an area, everybody in the cohort's population. */
  CellTable cells(OpenRow row) {
    String area = row.text("region_key");
    CohortResult result = resultOf(row);
    return area.equals(RegionKey.NATIONAL) ? result.nation() : result.listed().get(area);
  }

  /** Sets n and events of a level as everybody sees them; says whether one is withheld. */
  boolean setCounts(OpenRow row, String factor, String level) {
    boolean isWithheld = false;
    for (What what : List.of(What.N, What.EVENTS)) {
      String column = what == What.N ? "n" : "events";
      Optional<Long> count =
          countsOf(row)
              .shown(
                  row.text("cohort"),
                  row.text("region_key"),
                  factor,
                  level,
                  what,
                  (Long) row.exact(column));
      row.set(column, count.orElse(null));
      isWithheld |= count.isEmpty();
    }
    return isWithheld;
  }

  /** The fit that a row is about. */
  RegionFit fitOf(OpenRow row) {
    return fits.get(
        List.of(
            row.text("period"),
            row.text("cohort"),
            row.text("model"),
            Optional.ofNullable(row.text("region")).orElse("")));
  }

  private PublicCounts countsOf(OpenRow row) {
    return counts.get(List.of(row.text("period"), row.text("cohort")));
  }

  /** Whether a count of some people, of whom none were left out, is withheld. */
  boolean isWithheld(OpenRow row, String area, String factor, String level, Cell people) {
    return isWithheld(countsOf(row), row.text("cohort"), area, factor, level, people);
  }

  /** Whether these people are few, or a count of them is withheld. */
  boolean isFewOrWithheld(OpenRow row, String area, String factor, String level, Cell people) {
    return isSmall(people) || isWithheld(row, area, factor, level, people);
  }

  /** The same of people of a model. */
  boolean isFewOrWithheld(RegionFit fit, String factor, String level, Cell people) {
    CellTables.Key key = fit.region().key();
    return isSmall(people)
        || isWithheld(
            counts.get(List.of(key.period(), key.outcome())),
            key.outcome(),
            RegionKey.of(key.region()),
            factor,
            level,
            people);
  }

  private static boolean isWithheld(
      PublicCounts counts, String cohort, String area, String factor, String level, Cell people) {
    return !counts.isShown(cohort, area, factor, level, What.N, people.n())
        || !counts.isShown(cohort, area, factor, level, What.EVENTS, people.events());
  }

  /** Whether so few people, events or people without could be recognised. */
  boolean isSmall(Cell people) {
    return policy.rule().isSmall(people.n())
        || policy.rule().isSmall(people.events())
        || !people.isRate() && policy.rule().isSmall(people.n() - people.events());
  }

  /** The counts of combinations of levels are in no sum, and are not shown at all. */
  boolean withholdCounts(OpenRow row) {
    if (policy.isOpen()) {
      return false;
    }
    row.withhold(List.of("n", "events"));
    return true;
  }

  /** What the column {@code suppression} says of a row. */
  static String suppression(boolean estimate, boolean count) {
    return estimate ? "estimate" : count ? "counts" : "none";
  }
}
