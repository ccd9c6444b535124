package org.assay.silver.cohort;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Period;
import org.assay.common.cohort.Population;
import org.assay.common.spark.CellTables;
import org.assay.common.table.TableName;
import org.assay.common.table.Tables;
import org.assay.expectations.baseline.PublishedProfiles;
import org.assay.silver.cohort.JudgedRegions.Evidence;
import org.assay.silver.conform.ExtractRules;

/** Reads what is known about the regions of a population from silver's tables. */
final class RegionEvidence {
  private RegionEvidence() {}

  /**
   * Two small reads, and one of the list of regions for each period if there is one.
   *
   * @param periods the periods that are asked about
   * @param published what was accepted last
   */
  static List<Evidence> of(
      Tables tables,
      Population population,
      List<Cohort> cohorts,
      List<ExtractRules> extracts,
      PublishedProfiles published,
      List<Period> periods) {
    SortedMap<CellTables.Key, CellTable> cells =
        CellTables.collect(
            tables.read(TableName.silver(population.name() + "_cells")), population.factorNames());
    List<Row> lost =
        tables
            .read(TableName.silver(population.name() + "_flow"))
            .filter("kind IN ('impossible', 'unknown', 'repeated')")
            .collectAsList();
    Map<CellTables.Key, Long> impossible = lost(lost, cohorts, "rows", Flow::outcomeImpossible);
    Map<CellTables.Key, Long> notKnown = lost(lost, cohorts, "people", Flow::outcomeUnknown);
    Stream.of(impossible, notKnown) // a region that came, though nobody of it is in a cell
        .flatMap(found -> found.keySet().stream())
        .forEach(key -> cells.putIfAbsent(key, CellTable.empty(population.factorNames())));
    Map<CellTables.Key, Long> repeats = lost(lost, cohorts, "rows", cohort -> Flow.REPEATS);
    return periods.stream()
        .map(
            period ->
                new Evidence(
                    period.name(),
                    new TreeMap<>(in(period, cells)),
                    in(period, impossible),
                    in(period, notKnown),
                    in(period, repeats),
                    ListedRegions.of(tables, population, period, extracts),
                    published))
        .toList();
  }

  private static <T> Map<CellTables.Key, T> in(Period period, Map<CellTables.Key, T> all) {
    Map<CellTables.Key, T> ofPeriod = new TreeMap<>();
    all.forEach(
        (key, value) -> {
          if (key.period().equals(period.name())) {
            ofPeriod.put(key, value);
          }
        });
    return ofPeriod;
  }

  /** How many were lost by cohort and region, at one step of the flow. */
  private static Map<CellTables.Key, Long> lost(
      List<Row> lost, List<Cohort> cohorts, String column, UnaryOperator<String> stepOfCohort) {
    Map<CellTables.Key, Long> found = new TreeMap<>();
    for (Row row : lost) {
      for (Cohort cohort : cohorts) {
        if (row.<String>getAs("step").equals(stepOfCohort.apply(cohort.name()))) {
          Optional<String> region = Optional.ofNullable(row.getAs("region"));
          found.put(
              new CellTables.Key(row.getAs("period"), cohort.name(), region),
              row.<Long>getAs(column));
        }
      }
    }
    return found;
  }
}
