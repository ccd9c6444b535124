package org.assay.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.GoldStar;
import org.assay.common.contract.TableContract;
import org.assay.common.table.Tables;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.view.Dimensions.KnownRegion;

/** The regions that gold has rows of: those fitted now, and those of cohorts that stay. */
final class KnownRegions {
  private KnownRegions() {}

  /**
   * Every region of any fact, each as it is called last.
   *
   * @param kept cohorts whose rows stay as they are stored
   * @param fits those that are written anew, in the order of periods
   */
  static SortedMap<String, KnownRegion> of(
      Tables tables, Set<String> kept, Collection<RegionFit> fits) {
    SortedMap<String, KnownRegion> regions = new TreeMap<>();
    if (!kept.isEmpty()) {
      Map<String, String> labels = new TreeMap<>();
      rows(tables, GoldStar.DIM_REGION, lit(true), "region", "label")
          .forEach(row -> labels.put(row.getString(0), row.getString(1)));
      rows(
              tables,
              GoldContract.MODEL_FITS,
              col("cohort").isInCollection(kept),
              "region",
              "is_listed")
          .forEach(
              row ->
                  regions.merge(
                      row.getString(0),
                      new KnownRegion(
                          Optional.ofNullable(labels.get(row.getString(0)))
                              .filter(label -> !label.equals(row.getString(0))),
                          row.getBoolean(1)),
                      KnownRegion::and));
    }
    for (RegionFit fit : fits) {
      fit.region()
          .key()
          .region()
          .ifPresent(
              region ->
                  regions.merge(
                      region,
                      new KnownRegion(fit.region().name(), fit.region().isListed()),
                      KnownRegion::and));
    }
    return regions;
  }

  /** Two columns of some rows that have a region, each pair once. */
  private static List<Row> rows(
      Tables tables, TableContract contract, Column which, String first, String second) {
    return tables
        .read(contract.tableName())
        .filter(which.and(col("region").isNotNull()))
        .select(first, second)
        .distinct()
        .collectAsList();
  }
}
