package org.assay.silver.cohort;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Cohorts;
import org.assay.common.cohort.Model;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Population;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.silver.cohort.JudgedRegions.Judged;
import org.assay.silver.conform.ExtractRules;

/** Gathers one region's story from a population's tables. */
public final class RegionStories {
  private final Tables tables;
  private final Cohorts cohorts;
  private final List<ExtractRules> extracts;
  private final String code;

  /**
   * @param code digest of the code, with which what is stored is compared
   */
  public RegionStories(Tables tables, Cohorts cohorts, List<ExtractRules> extracts, String code) {
    this.tables = tables;
    this.cohorts = cohorts;
    this.extracts = List.copyOf(extracts);
    this.code = code;
  }

  /** The regions of a cohort, as they came. */
  public List<Optional<String>> regions(Cohort cohort) {
    return state(readiness(cohort.population()))
        .map(
            s ->
                tables
                    .read(readiness(cohort.population()))
                    .filter(col("cohort").equalTo(cohort.name()))
                    .select("region")
                    .distinct()
                    .orderBy("region")
                    .collectAsList()
                    .stream()
                    .map(row -> Optional.ofNullable(row.getString(0)))
                    .toList())
        .orElse(List.of());
  }

  /** A region's rows of the flow, in order. */
  public List<Row> flow(Cohort cohort, Period period, Optional<String> region) {
    TableName flow = TableName.silver(cohort.population().name() + "_flow");
    return state(flow).isEmpty()
        ? List.of()
        : tables
            .read(flow)
            .filter(isRegion(region).and(isIn(period)))
            .orderBy("step_order", "kind", "step")
            .collectAsList();
  }

  /** What was decided of a region and model; empty if it was never judged. */
  public Optional<Row> decision(
      Cohort cohort, Model model, Period period, Optional<String> region) {
    return tables
        .read(readiness(cohort.population()))
        .filter(
            isRegion(region)
                .and(isIn(period))
                .and(col("cohort").equalTo(cohort.name()))
                .and(col("model").equalTo(model.name())))
        .collectAsList()
        .stream()
        .findFirst();
  }

  private static Column isIn(Period period) {
    return col("period").equalTo(period.name());
  }

  private static Column isRegion(Optional<String> region) {
    return col("region").eqNullSafe(lit(region.orElse(null)));
  }

  /**
   * The same judgement with all that was known.
   *
   * @param decision its row, which says what it was compared with
   */
  public Optional<Judged> judged(
      Cohort cohort, Model model, Period period, Optional<String> region, Row decision) {
    PublishedProfiles before =
        Optional.of(decision)
            .filter(row -> List.of(row.schema().fieldNames()).contains("compared_with"))
            .flatMap(row -> Optional.ofNullable(row.<Long>getAs("compared_with")))
            .map(publication -> PublishedProfiles.at(tables, List.of(cohort), publication))
            .orElseGet(PublishedProfiles::none);
    return RegionEvidence.of(
            tables, cohort.population(), List.of(cohort), extracts, before, List.of(period))
        .stream()
        .flatMap(evidence -> JudgedRegions.judged(List.of(cohort), evidence).stream())
        .filter(j -> j.key().region().equals(region) && j.model().equals(model))
        .findFirst();
  }

  /** Whether data, configuration or code have changed since a population was judged. */
  public boolean isOutdated(Population population) {
    Optional<TableState> cells = state(TableName.silver(population.name() + "_cells"));
    return state(readiness(population))
        .filter(
            stored ->
                cells
                    .map(c -> cohorts.readinessFingerprint(population, c, tables, code))
                    .filter(made -> stored.isMadeOf(CommitNote.WHOLE, made))
                    .isPresent())
        .isEmpty();
  }

  private Optional<TableState> state(TableName table) {
    return tables.state(table);
  }

  private static TableName readiness(Population population) {
    return TableName.silver(population.name() + "_readiness");
  }
}
