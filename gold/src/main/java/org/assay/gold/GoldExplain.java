package org.assay.gold;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.contract.GoldContract;
import org.assay.common.contract.PublicContract;
import org.assay.common.contract.TableContract;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;

/** Tells what gold has of one region: its fit, all reasons, and its terms. */
public final class GoldExplain {
  private final Tables tables;
  private final GoldSettings settings;
  private final String code;

  /**
   * @param code digest of the code, with which what is stored is compared
   */
  public GoldExplain(Tables tables, GoldSettings settings, String code) {
    this.tables = requireNonNull(tables, "tables is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.code = requireNonNull(code, "code is null");
  }

  /** Whether a cohort's rows are made of something else than silver has of it now. */
  public boolean isOutdated(Cohort cohort) {
    Optional<String> made =
        Optional.ofNullable(GoldPublish.stored(tables).whole().get(cohort.name()));
    return made.isEmpty() || !GoldPublish.fingerprint(tables, settings, cohort, code).equals(made);
  }

  /**
   * A region and model in gold.
   *
   * @param fit its row of {@code model_fits}; empty if it is not there
   * @param reasons its rows of {@code fit_reasons}, in order
   * @param terms its rows of {@code model_terms}, in order
   * @param tests its rows of {@code factor_tests}
   * @param risks its rows of {@code standardised_risks}, over the nation's people
   * @param seen its row of {@code model_fits} as everybody sees it
   */
  public record Story(
      Optional<Row> fit,
      List<Row> reasons,
      List<Row> terms,
      List<Row> tests,
      List<Row> risks,
      Optional<Row> seen) {}

  /** What gold has of a region in one period, for one model. */
  public Story of(String cohort, String model, String period, Optional<String> region) {
    Column isIt =
        col("cohort")
            .equalTo(cohort)
            .and(col("model").equalTo(model))
            .and(col("period").equalTo(period))
            .and(col("region").eqNullSafe(lit(region.orElse(null))));
    return new Story(
        rows(GoldContract.MODEL_FITS, isIt, "period").stream().findFirst(),
        rows(GoldContract.FIT_REASONS, isIt, "reason_order"),
        rows(GoldContract.MODEL_TERMS, isIt, "term_order"),
        rows(GoldContract.FACTOR_TESTS, isIt, "factor", "test"),
        rows(
            GoldContract.STANDARDISED_RISKS,
            isIt.and(col("reference_population").equalTo("national")),
            "factor",
            "level"),
        rows(PublicContract.MODEL_FITS, isIt, "period").stream().findFirst());
  }

  private List<Row> rows(TableContract contract, Column isIt, String first, String... then) {
    TableName table = contract.tableName();
    return tables.state(table).isEmpty()
        ? List.of()
        : tables.read(table).filter(isIt).orderBy(first, then).collectAsList();
  }
}
