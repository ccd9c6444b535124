package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.contract.GoldContract;
import org.assay.gold.fit.RegionFit;

/**
 * The rows of {@code gold_exact.covariance}: with them a reader can change the reference level, or
 * test any contrast, without fitting again.
 */
public final class Covariances {
  private Covariances() {}

  /** The rows of a fit. */
  public static List<Row> of(RegionFit fit) {
    List<Row> rows = new ArrayList<>();
    fit.estimates()
        .ifPresent(
            estimates -> {
              List<Term> terms = estimates.problem().design().terms();
              for (int i = 0; i < terms.size(); i++) {
                for (int j = 0; j <= i; j++) {
                  rows.add(
                      Keys.row(GoldContract.COVARIANCE, fit)
                          .set("term_1", terms.get(i).label())
                          .set("term_2", terms.get(j).label())
                          .set("covariance", estimates.inference().covariance()[i][j])
                          .build());
                }
              }
            });
    return rows;
  }
}
