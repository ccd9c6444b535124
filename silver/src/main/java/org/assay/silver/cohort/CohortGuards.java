package org.assay.silver.cohort;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.people;

import java.util.Optional;
import java.util.SortedMap;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.run.DataRefusedException;
import org.assay.common.spark.CellTables;
import org.assay.expectations.baseline.Accepted;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionList;
import org.assay.silver.cohort.JudgedRegions.Evidence;

/** When so much is missing or strange that no region should be judged. Plain Java. */
final class CohortGuards {
  private CohortGuards() {}

  /** Whether a region has a name, and is in the list if there is one. */
  static boolean isOne(CellTables.Key key, Optional<RegionList> list) {
    return !ReadinessGuards.isUnknown(key.region())
        && (list.isEmpty() || list.get().codes().contains(key.region().orElseThrow()));
  }

  /**
   * Refuses a cohort of which too much is not listed, or missing.
   *
   * @throws DataRefusedException with the figures
   */
  static void refuse(Cohort cohort, Evidence evidence) {
    SortedMap<CellTables.Key, CellTable> cells = evidence.of(cohort);
    refuseUnlisted(cohort, cells, evidence.list());
    cohort.models().forEach(model -> refuseShrunk(cohort, model, cells, evidence));
  }

  private static void refuseUnlisted(
      Cohort cohort, SortedMap<CellTables.Key, CellTable> cells, Optional<RegionList> list) {
    Optional<Double> allowed = cohort.population().region().refuseAbove();
    if (allowed.isEmpty() || list.isEmpty()) {
      return;
    }
    long all = total(cells);
    long unlisted = 0;
    long regions = 0;
    for (CellTables.Key key : cells.keySet()) {
      if (!isOne(key, list)) {
        unlisted += cells.get(key).total().n();
        regions++;
      }
    }
    if (unlisted > allowed.get() * all) {
      throw new DataRefusedException(
          format(
              "%s of %s (%.1f %%) are in %s that %s does not have; populations.%s.region.refuse_above"
                  + " allows %.1f %%. Correct the regions or the list, or change refuse_above.",
              format("%,d", unlisted),
              people(all),
              100.0 * unlisted / all,
              count(regions, "region", "regions"),
              list.get().says(),
              cohort.population().name(),
              100 * allowed.get()));
    }
  }

  /**
   * A master dataset does not shrink. Only regions that were published and still are regions count:
   * others that came, and one that was closed, must not hide that people are missing, nor seem to.
   */
  private static void refuseShrunk(
      Cohort cohort, Model model, SortedMap<CellTables.Key, CellTable> cells, Evidence evidence) {
    long was = 0;
    long is = 0;
    for (CellTables.Key key : evidence.published().keys()) {
      Optional<Accepted> accepted = evidence.published().of(key, model.name());
      if (key.outcome().equals(cohort.name())
          && key.period().equals(evidence.period())
          && isOne(key, evidence.list())
          && accepted.isPresent()) {
        was += accepted.get().profile().total().n();
        is += cells.containsKey(key) ? cells.get(key).total().n() : 0;
      }
    }
    double allowed = cohort.thresholds().comparison().maxTotalDrop();
    if (was > 0 && was - is > allowed * was) {
      throw new DataRefusedException(
          format(
              "Cohort %s has %s in its published regions, and %,d were published (%.1f %% fewer);"
                  + " readiness.max_total_drop"
                  + " allows %.1f %%. Ask for what is missing; if so many really left, give"
                  + " cohorts.%1$s.readiness.baseline another name.",
              cohort.name(), people(is), was, 100.0 * (was - is) / was, 100 * allowed));
    }
  }

  private static long total(SortedMap<CellTables.Key, CellTable> cells) {
    return cells.values().stream().mapToLong(table -> table.total().n()).sum();
  }
}
