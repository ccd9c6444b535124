package org.assay.silver.cohort;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.contract.SilverContract;

/** How a population's rows became counts: the rows of {@code silver.<population>_flow}. */
final class Flow {
  /** The step of rows that are counted although their person has been counted before. */
  static final String REPEATS = "people counted again";

  /** An exclusion before what it could not decide. */
  private static final Comparator<Row> BY_PLACE =
      Comparator.<Row>comparingInt(row -> order(place(row)))
          .thenComparing(Comparator.<Row>comparingInt(Flow::place).reversed());

  private final Population population;
  private final List<Cohort> cohorts;
  private final List<Row> sums;
  private final String period;

  /**
   * @param sums rows of {@link PopulationCount#flow}
   */
  Flow(Population population, List<Cohort> cohorts, List<Row> sums, String period) {
    this.population = population;
    this.cohorts = cohorts;
    this.sums = List.copyOf(sums);
    this.period = period;
  }

  /** People who are in the cells. */
  long counted() {
    return sums.stream().filter(row -> place(row) == 0).mapToLong(PopulationCount::people).sum();
  }

  /** Regions that have people in the cells. */
  long regions() {
    return sums.stream().filter(row -> place(row) == 0).count();
  }

  /** Rows that are counted although their person has been counted before. */
  long repeats() {
    return sums.stream().mapToLong(PopulationCount::repeats).sum();
  }

  /** Rows that left the flow because something was not known, by what it was. */
  Map<String, Long> unknown() {
    Map<String, Long> unknown = new TreeMap<>();
    for (Row row : sums) {
      if (place(row) < 0) {
        unknown.merge(step(place(row)), PopulationCount.rows(row), Long::sum);
      } else if (place(row) == 0) {
        cohorts.stream()
            .filter(cohort -> PopulationCount.unknownRows(row, cohort) > 0)
            .forEach(
                c ->
                    unknown.merge(
                        outcomeUnknown(c.name()), PopulationCount.unknownRows(row, c), Long::sum));
      }
    }
    return unknown;
  }

  /** The table's rows, in the order of region and step. */
  List<Row> rows() {
    Comparator<Optional<String>> nullFirst =
        Comparator.<Optional<String>, Boolean>comparing(Optional::isPresent)
            .thenComparing(region -> region.orElse(""));
    Map<Optional<String>, List<Row>> byRegion = new TreeMap<>(nullFirst);
    for (Row row : sums) {
      Optional<String> region = Optional.ofNullable(row.getAs(PopulationRows.REGION));
      byRegion.computeIfAbsent(region, r -> new ArrayList<>()).add(row);
    }
    List<Row> rows = new ArrayList<>();
    byRegion.forEach((region, places) -> rows.addAll(regionRows(region.orElse(null), places)));
    return rows;
  }

  private List<Row> regionRows(String region, List<Row> places) {
    List<Row> rows = new ArrayList<>();
    long allRows = places.stream().mapToLong(PopulationCount::rows).sum();
    long allPeople = places.stream().mapToLong(PopulationCount::people).sum();
    rows.add(row(region, 0, "population", "in", allRows, allPeople));
    places.stream()
        .filter(place -> place(place) != 0)
        .sorted(BY_PLACE)
        .forEach(
            place ->
                rows.add(
                    row(
                        region,
                        order(place(place)),
                        step(place(place)),
                        place(place) > 0 ? "excluded" : "unknown",
                        PopulationCount.rows(place),
                        PopulationCount.people(place))));
    int counted = population.exclusionNames().size() + 1;
    places.stream()
        .filter(place -> place(place) == 0)
        .forEach(
            place -> {
              rows.add(
                  row(
                      region,
                      counted,
                      "counted",
                      "counted",
                      PopulationCount.rows(place),
                      PopulationCount.people(place)));
              cohorts.stream()
                  .filter(cohort -> PopulationCount.unknownRows(place, cohort) > 0)
                  .forEach(
                      cohort ->
                          rows.add(
                              row(
                                  region,
                                  counted + 1,
                                  outcomeUnknown(cohort.name()),
                                  "unknown",
                                  PopulationCount.unknownRows(place, cohort),
                                  PopulationCount.unknownPeople(place, cohort))));
              if (PopulationCount.repeats(place) > 0) {
                rows.add(
                    row(
                        region,
                        counted + 1,
                        REPEATS,
                        "repeated",
                        PopulationCount.repeats(place),
                        PopulationCount.repeats(place)));
              }
              cohorts.stream()
                  .filter(cohort -> PopulationCount.impossibleRows(place, cohort) > 0)
                  .forEach(
                      cohort ->
                          rows.add(
                              row(
                                  region,
                                  counted + 1,
                                  outcomeImpossible(cohort.name()),
                                  "impossible",
                                  PopulationCount.impossibleRows(place, cohort),
                                  PopulationCount.impossiblePeople(place, cohort))));
            });
    return rows;
  }

  private Row row(String region, int order, String step, String kind, long rows, long people) {
    return SilverContract.FLOW
        .row()
        .set("period", period)
        .set("region", region)
        .set("step_order", order)
        .set("step", step)
        .set("kind", kind)
        .set("rows", rows)
        .set("people", people)
        .build();
  }

  private static int place(Row row) {
    return row.<Integer>getAs(PopulationRows.PLACE);
  }

  private static int order(int place) {
    return place == PopulationRows.COUNT_UNKNOWN ? 0 : Math.abs(place);
  }

  private String step(int place) {
    if (place == PopulationRows.COUNT_UNKNOWN) {
      return "count not known";
    }
    String exclusion = population.exclusionNames().get(Math.abs(place) - 1);
    return place > 0 ? exclusion : exclusion + " not known";
  }

  /** The step of rows with more events than people, or fewer than none. */
  static String outcomeImpossible(String cohort) {
    return "outcome of %s impossible".formatted(cohort);
  }

  /** The step of people whose outcome is not known. */
  static String outcomeUnknown(String cohort) {
    return "outcome of %s not known".formatted(cohort);
  }
}
