package org.assay.gold.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.ContractRow;
import org.assay.common.contract.GoldContract;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;

/**
 * The rows of {@code gold_exact.profiles}: of a region that is accepted as it is now, of one that
 * is held as it was when it was accepted last, so that what held it is not forgotten.
 */
public final class Profiles {
  private Profiles() {}

  /** The rows of all fits. */
  public static List<Row> of(
      List<RegionFit> fits, Collection<Cohort> cohorts, PublishedProfiles published) {
    Map<String, String> baselines = new TreeMap<>();
    cohorts.forEach(c -> baselines.put(c.name(), c.thresholds().comparison().baseline()));
    List<Row> rows = new ArrayList<>();
    for (RegionFit fit : fits) {
      if (fit.estimates().isPresent()) {
        rows.addAll(of(fit, fit.estimates().get(), baselines.get(fit.region().key().outcome())));
      } else {
        rows.addAll(published.rows(fit.region().key(), fit.region().model()));
      }
    }
    return rows;
  }

  private static List<Row> of(RegionFit fit, Estimates estimates, String baseline) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        estimate(row(fit, baseline, null, null, fit.all().total()), estimates, Term.INTERCEPT)
            .set("reference", null)
            .build());
    for (String factor : fit.all().factors()) {
      Optional<String> reference =
          fit.region().readiness().factors().stream()
              .filter(f -> f.name().equals(factor))
              .map(ModelFactor::reference)
              .findFirst();
      fit.all()
          .margin(factor)
          .forEach(
              (level, people) ->
                  rows.add(
                      estimate(
                              row(fit, baseline, factor, level, people),
                              estimates,
                              new Term(factor, level))
                          .set("reference", reference.orElse(null))
                          .build()));
    }
    return rows;
  }

  private static ContractRow row(
      RegionFit fit, String baseline, String factor, String level, Cell people) {
    return Keys.plain(GoldContract.PROFILES, fit)
        .set("baseline", baseline)
        .set("factor", factor)
        .set("level", level)
        .set("n", people.n())
        .set("events", people.events())
        .set("exposure", people.exposure())
        .set("design", fit.region().design(fit.model()));
  }

  private static ContractRow estimate(ContractRow row, Estimates estimates, Term term) {
    int column = estimates.problem().design().terms().indexOf(term);
    return column < 0
        ? row.set("estimate", null).set("std_error", null)
        : row.set("estimate", estimates.inference().beta()[column])
            .set("std_error", estimates.inference().stdError(column));
  }
}
