package org.assay.gold;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.common.run.DataRefusedException;
import org.assay.common.spark.CellTables;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.gold.fit.ReadyRegion;
import org.assay.gold.fit.RegionFitter;
import org.assay.gold.fit.RegionFitter.Specified;

/** Gives what a region's model was fitted on, so that it can be fitted elsewhere. */
public final class GoldExport {
  private final Tables tables;
  private final GoldExplain explain;

  /**
   * @param code digest of the code, with which what is stored is compared
   */
  public GoldExport(Tables tables, GoldSettings settings, String code) {
    this.tables = requireNonNull(tables, "tables is null");
    this.explain = new GoldExplain(tables, settings, code);
  }

  /**
   * A fit.
   *
   * @param cells the cells in the model, after all adjustments
   * @param factors its factors with their references and levels
   * @param formula its terms as R writes them
   * @param terms its rows of {@code model_terms} that have a coefficient, in order
   */
  public record Fit(
      CellTable cells, List<ModelFactor> factors, List<String> formula, List<Row> terms) {
    public Fit {
      factors = List.copyOf(factors);
      formula = List.copyOf(formula);
      terms = List.copyOf(terms);
    }
  }

  /**
   * The fit of a region's model.
   *
   * @throws DataRefusedException if the region is held, or was judged again since it was fitted
   */
  public Fit of(Cohort cohort, Model model, String period, Optional<String> region) {
    GoldExplain.Story story = explain.of(cohort.name(), model.name(), period, region);
    Row fit =
        story
            .fit()
            .orElseThrow(
                () -> new DataRefusedException("It has not been fitted yet; ./assay run fits it."));
    if (fit.getAs("status").equals("held")) {
      throw new DataRefusedException(
          "There is no fit of it to export: %s".formatted(fit.<String>getAs("sentence")));
    }
    if (explain.isOutdated(cohort)) {
      throw new DataRefusedException(
          "Its cells have changed since it was fitted; ./assay run fits it again.");
    }
    Specified specified = specified(cohort, model, period, region);
    return new Fit(
        specified.cells(),
        ready(cohort, model, period, region).readiness().factors(),
        specified.formula().stream().map(GoldExport::asInR).toList(),
        story.terms().stream().filter(row -> row.getAs("std_error") != null).toList());
  }

  private static String asInR(DesignTerm term) {
    return String.join(":", term.factors());
  }

  private ReadyRegion ready(Cohort cohort, Model model, String period, Optional<String> region) {
    return ReadyRegion.of(
        tables
            .read(TableName.silver(cohort.population().name() + "_readiness"))
            .filter(
                isIt(period, region)
                    .and(col("cohort").equalTo(cohort.name()))
                    .and(col("model").equalTo(model.name())))
            .first());
  }

  private Specified specified(Cohort cohort, Model model, String period, Optional<String> region) {
    List<String> factors = cohort.population().factorNames();
    CellTable cells =
        CellTables.collect(
                tables
                    .read(TableName.silver(cohort.population().name() + "_cells"))
                    .filter(isIt(period, region).and(col("outcome").equalTo(cohort.name()))),
                factors)
            .values()
            .stream()
            .findFirst()
            .orElseThrow();
    return RegionFitter.task(ready(cohort, model, period, region), model, cells)
        .specified()
        .orElseThrow();
  }

  private static Column isIt(String period, Optional<String> region) {
    return col("period").equalTo(period).and(col("region").eqNullSafe(lit(region.orElse(null))));
  }
}
