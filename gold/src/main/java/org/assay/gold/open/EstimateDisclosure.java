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
  /** Of one or two in a sum, who knows all others, or one of the two, knows the rest. */
  private static final int FEWEST_WITHHELD_IN_A_POOL = 3;

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

  /**
   * Whether a test of a factor would tell what its estimates would: with the total and the counts
   * that are shown, a p-value of several coefficients leaves one count as well.
   */
  boolean isTestWithheld(RegionFit fit, String factor) {
    return !policy.isOpen()
        && (nearlyRepeats(fit)
            || policy.estimates() == DisclosurePolicy.Estimates.WITHHOLD
                && (isAnyTold(fit, factor) || hasSmallCombination(fit, factor)));
  }

  /**
   * Whether what regions have in common would tell of one of them: where the estimates of one or
   * two are withheld, or a model nearly repeats its data; of one national fit also where a count of
   * the level or the reference is withheld in the nation.
   */
  boolean isPoolWithheld(OpenRow row) {
    CohortResult result = counts.resultOf(row);
    String factor = row.text("factor");
    String level = OpenRow.orEmpty(row.text("level"));
    List<RegionFit> fits =
        result.fits().stream()
            .filter(fit -> fit.region().model().equals(row.text("model")))
            .filter(fit -> fit.estimates().isPresent())
            .toList();
    boolean isNational = row.text("pooling").equals("national_fit");
    if (isNational ? nationNearlyRepeats(fits) : fits.stream().anyMatch(f -> nearlyRepeats(f))) {
      return true;
    }
    long withheld =
        fits.stream()
            .filter(fit -> PooledTerms.isPooled(fit, factor, level))
            .filter(fit -> isWithheld(fit, factor, level))
            .count();
    boolean isOfFew = withheld > 0 && withheld < FEWEST_WITHHELD_IN_A_POOL;
    return isOfFew || isNational && isWithheldInTheNation(row, result, factor, level);
  }

  private boolean isWithheldInTheNation(
      OpenRow row, CohortResult result, String factor, String level) {
    return !result.nation().factors().contains(factor)
        || Stream.of(level, result.cohort().population().factor(factor).reference())
            .anyMatch(
                l ->
                    counts.isFewOrWithheld(
                        row, RegionKey.NATIONAL, factor, l, result.nation().margin(factor).get(l)));
  }

  /** One fit of all has as many cells as the regions', and an intercept of each. */
  private static boolean nationNearlyRepeats(List<RegionFit> fits) {
    int left = fits.stream().mapToInt(EstimateDisclosure::residualDf).sum();
    int shared =
        fits.stream()
            .flatMap(fit -> fit.estimates().stream())
            .mapToInt(e -> e.problem().design().columns() - 1)
            .max()
            .orElse(0);
    return left + (fits.size() - 1) * shared < DisclosurePolicy.LEAST_RESIDUAL_DF;
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
    return fit.estimates().isPresent() && residualDf(fit) < DisclosurePolicy.LEAST_RESIDUAL_DF;
  }

  private static int residualDf(RegionFit fit) {
    return fit.estimates().orElseThrow().goodness().dfResidualCells();
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
