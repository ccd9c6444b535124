package org.assay.gold.open;

import java.util.List;
import java.util.stream.Stream;
import org.assay.common.cells.Cell;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.view.PooledTerms;
import org.assay.gold.view.RegionKey;

/**
 * Which estimates would tell of few people: of a level, of its reference, of a combination of
 * levels, or of a model that nearly repeats its data.
 */
final class EstimateDisclosure {
  private final OpenCounts counts;
  private final DisclosurePolicy policy;

  EstimateDisclosure(OpenCounts counts) {
    this.counts = counts;
    this.policy = counts.policy();
  }

  /**
   * Whether the estimate of a level would tell of few people, or of counts that are withheld, or
   * its model of all of them. An estimate compares with the reference, so it tells of that as well.
   */
  boolean isWithheld(RegionFit fit, String factor, String level) {
    if (policy.isOpen() || fit.estimates().isEmpty()) {
      return false;
    }
    return nearlyRepeats(fit)
        || policy.estimates() == DisclosurePolicy.Estimates.WITHHOLD
            && (isToldBy(fit, factor, level)
                || isReferenceTold(fit, factor)
                || hasSmallCombination(fit, factor));
  }

  /** Whether the joint test of a factor would tell what its estimates would. */
  boolean isTestWithheld(RegionFit fit, String factor, boolean isOfOneEstimate) {
    return !policy.isOpen()
        && (nearlyRepeats(fit)
            || policy.estimates() == DisclosurePolicy.Estimates.WITHHOLD
                && isOfOneEstimate
                && (isAnyTold(fit, factor) || hasSmallCombination(fit, factor)));
  }

  /**
   * Of one national fit, whether a count of the level or the reference is withheld in the nation;
   * of pooled estimates, whether just one region's is withheld, which all others would tell.
   */
  boolean isPoolWithheld(OpenRow row) {
    CohortResult result = counts.resultOf(row);
    String factor = row.text("factor");
    String level = OpenRow.orEmpty(row.text("level"));
    if (row.text("pooling").equals("national_fit")) {
      return !result.nation().factors().contains(factor)
          || Stream.of(level, result.cohort().population().factor(factor).reference())
              .anyMatch(
                  l ->
                      counts.isFewOrWithheld(
                          row,
                          RegionKey.NATIONAL,
                          factor,
                          l,
                          result.nation().margin(factor).get(l)));
    }
    return result.fits().stream()
            .filter(fit -> fit.region().model().equals(row.text("model")))
            .filter(fit -> PooledTerms.isPooled(fit, factor, level))
            .filter(fit -> isWithheld(fit, factor, level))
            .count()
        == 1;
  }

  /** Whether factors that interact, this among them, have a combination of few people. */
  private boolean hasSmallCombination(RegionFit fit, String factor) {
    List<String> of = List.of(factor.split(":"));
    return fit.model().interactions().stream()
        .filter(pair -> of.contains(pair.first()) || of.contains(pair.second()))
        .filter(pair -> fit.cells().factors().containsAll(List.of(pair.first(), pair.second())))
        .flatMap(
            pair ->
                fit
                    .cells()
                    .collapseTo(List.of(pair.first(), pair.second()))
                    .cells()
                    .values()
                    .stream())
        .anyMatch(counts::isSmall);
  }

  /** Whether a count of any level of a factor is small or withheld. */
  private boolean isAnyTold(RegionFit fit, String factor) {
    return fit.cells().factors().contains(factor)
        && fit.cells().margin(factor).keySet().stream()
            .anyMatch(level -> isToldBy(fit, factor, level));
  }

  private static boolean nearlyRepeats(RegionFit fit) {
    return fit.estimates()
        .filter(e -> e.goodness().dfResidualCells() < DisclosurePolicy.LEAST_RESIDUAL_DF)
        .isPresent();
  }

  private boolean isReferenceTold(RegionFit fit, String factor) {
    return fit.region().readiness().factors().stream()
        .filter(f -> List.of(factor.split(":")).contains(f.name()))
        .anyMatch(f -> isToldBy(fit, f.name(), f.reference()));
  }

  /** Whether a count of the level that its estimate would tell is small, or withheld. */
  private boolean isToldBy(RegionFit fit, String factor, String level) {
    if (!fit.cells().factors().contains(factor)) {
      return false;
    }
    Cell people = fit.cells().margin(factor).get(level);
    return people != null && counts.isFewOrWithheld(fit, factor, level, people);
  }
}
