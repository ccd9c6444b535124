package org.assay.gold.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.contract.GoldContract;
import org.assay.expectations.readiness.Reason;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.TermLimits;

/** The rows of {@code gold_exact.term_flags}: what to know of a term before it is quoted. */
public final class TermFlags {
  private TermFlags() {}

  /** The rows of a fit. */
  public static List<Row> of(RegionFit fit) {
    return fit.estimates().map(estimates -> rows(fit, estimates)).orElse(List.of());
  }

  private record Flag(String term, String code) {}

  private static List<Row> rows(RegionFit fit, Estimates estimates) {
    Map<Flag, String> flags = new LinkedHashMap<>();
    for (Reason reason : fit.reasons()) {
      if (reason.factor().isPresent() && reason.level().isPresent()) {
        Term term = new Term(reason.factor().get(), reason.level().get());
        flags.putIfAbsent(new Flag(term.label(), reason.code().name()), reason.sentence());
      }
    }
    List<Term> terms = estimates.problem().design().terms();
    for (int j = 0; j < terms.size(); j++) {
      TermLimits limits = estimates.limits().get(j);
      String term = terms.get(j).label();
      if (limits.method() == TermLimits.Method.PROFILE) {
        flags.put(
            new Flag(term, "PROFILE_LIMITS"),
            "Its limits are those of the profile likelihood, which are not symmetric.");
      }
      if (limits.low().isEmpty() || limits.high().isEmpty()) {
        flags.put(new Flag(term, "INFINITE_LIMIT"), "The data do not bound it on one side.");
      }
    }
    List<Row> rows = new ArrayList<>();
    flags.forEach(
        (flag, sentence) ->
            rows.add(
                Keys.row(GoldContract.TERM_FLAGS, fit)
                    .set("term", flag.term())
                    .set("flag", flag.code())
                    .set("sentence", sentence)
                    .build()));
    return rows;
  }
}
