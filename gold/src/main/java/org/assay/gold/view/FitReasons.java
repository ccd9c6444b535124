package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assay.common.contract.GoldContract;
import org.assay.expectations.readiness.Reason;
import org.assay.gold.fit.RegionFit;

/** The rows of {@code gold_exact.fit_reasons}. */
public final class FitReasons {
  private FitReasons() {}

  /** The reasons of a region, in the order of the decisions. */
  public static List<Row> of(RegionFit fit) {
    List<Row> rows = new ArrayList<>();
    for (Reason reason : fit.reasons()) {
      rows.add(
          Keys.row(GoldContract.FIT_REASONS, fit)
              .set("reason_order", rows.size() + 1)
              .set("code", reason.code().name())
              .set("sentence", reason.sentence())
              .set("factor", reason.factor().orElse(null))
              .set("level", reason.level().orElse(null))
              .set("n", reason.n())
              .set("events", reason.events())
              .build());
    }
    return rows;
  }
}
