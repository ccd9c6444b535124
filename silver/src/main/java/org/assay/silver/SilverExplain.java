package org.assay.silver;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.common.run.DataRefusedException;
import org.assay.common.table.Tables;
import org.assay.expectations.readiness.Figure;
import org.assay.expectations.readiness.GuardFigures;
import org.assay.silver.cohort.JudgedRegions.Judged;
import org.assay.silver.cohort.RegionStories;

/** Tells what silver knows of one region: its flow, its levels, and what each guard found. */
public final class SilverExplain {
  private final RegionStories stories;

  /**
   * @param tables the lake
   * @param code digest of the code, with which what is stored is compared
   */
  public SilverExplain(Tables tables, SilverSettings settings, String code) {
    requireNonNull(tables, "tables is null");
    this.stories = new RegionStories(tables, settings.cohorts(), settings.extracts(), code);
  }

  /** The regions of a cohort, as they came; none if it was never judged. */
  public List<Optional<String>> regions(Cohort cohort) {
    return stories.regions(cohort);
  }

  /**
   * What silver knows of a region and model.
   *
   * @param flow its rows of the flow, in order
   * @param decision its row of readiness; empty if it was never judged
   * @param cells its cells over the model's factors
   * @param figures what each guard found
   * @param isOutdated whether data, configuration or code have changed since it was judged
   * @param refusal why it cannot be judged now, if it cannot
   */
  public record Story(
      List<Row> flow,
      Optional<Row> decision,
      CellTable cells,
      List<Figure> figures,
      boolean isOutdated,
      Optional<String> refusal) {}

  /** What is known of a region in one period, for one model. */
  public Story of(Cohort cohort, Model model, Period period, Optional<String> region) {
    Optional<Row> decision = stories.decision(cohort, model, period, region);
    Optional<Judged> judged = Optional.empty();
    Optional<String> refusal = Optional.empty();
    try {
      judged = decision.flatMap(row -> stories.judged(cohort, model, period, region, row));
    } catch (DataRefusedException e) {
      refusal = Optional.of(e.getMessage());
    }
    return new Story(
        stories.flow(cohort, period, region),
        decision,
        judged.map(j -> j.region().cells()).orElseGet(() -> CellTable.empty(model.terms())),
        judged
            .filter(j -> j.total().n() > 0)
            .map(j -> GuardFigures.of(j.region(), j.factors(), cohort.thresholds(), j.readiness()))
            .orElse(List.of()),
        stories.isOutdated(cohort.population()),
        refusal);
  }
}
