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
  private static final Comparator<PlaceCount> BY_PLACE =
      Comparator.<PlaceCount>comparingInt(count -> order(count.place()))
          .thenComparing(Comparator.comparingInt(PlaceCount::place).reversed());

  private final Population population;
  private final List<Cohort> cohorts;
  private final List<PlaceCount> places;
  private final String period;

  /**
   * @param places as of {@link PopulationCount#flow}
   */
  Flow(Population population, List<Cohort> cohorts, List<PlaceCount> places, String period) {
    this.population = population;
    this.cohorts = cohorts;
    this.places = List.copyOf(places);
    this.period = period;
  }

  /** People who are in the cells. */
  long counted() {
    return places.stream().filter(PlaceCount::isCounted).mapToLong(PlaceCount::people).sum();
  }

  /** Regions that have people in the cells. */
  long regions() {
    return places.stream().filter(PlaceCount::isCounted).count();
  }

  /** Rows that are counted although their person has been counted before. */
  long repeats() {
    return places.stream().mapToLong(PlaceCount::repeats).sum();
  }

  /** Rows that left the flow because something was not known, by what it was. */
  Map<String, Long> unknown() {
    Map<String, Long> unknown = new TreeMap<>();
    for (PlaceCount count : places) {
      if (count.place() < 0) {
        unknown.merge(step(count.place()), count.rows(), Long::sum);
      }
      for (int i = 0; i < cohorts.size() && count.isCounted(); i++) {
        long rows = count.lost().get(i).unknownRows();
        if (rows > 0) {
          unknown.merge(outcomeUnknown(cohorts.get(i).name()), rows, Long::sum);
        }
      }
    }
    return unknown;
  }

  /** The table's rows, in the order of region and step. */
  List<Row> rows() {
    Comparator<Optional<String>> nullFirst =
        Comparator.<Optional<String>, Boolean>comparing(Optional::isPresent)
            .thenComparing(region -> region.orElse(""));
    Map<Optional<String>, List<PlaceCount>> byRegion = new TreeMap<>(nullFirst);
    for (PlaceCount count : places) {
      byRegion.computeIfAbsent(count.region(), r -> new ArrayList<>()).add(count);
    }
    List<Row> rows = new ArrayList<>();
    byRegion.forEach((region, ofRegion) -> rows.addAll(regionRows(region.orElse(null), ofRegion)));
    return rows;
  }

  private List<Row> regionRows(String region, List<PlaceCount> ofRegion) {
    List<Row> rows = new ArrayList<>();
    long allRows = ofRegion.stream().mapToLong(PlaceCount::rows).sum();
    long allPeople = ofRegion.stream().mapToLong(PlaceCount::people).sum();
    rows.add(row(region, 0, "population", "in", allRows, allPeople));
    ofRegion.stream()
        .filter(count -> !count.isCounted())
        .sorted(BY_PLACE)
        .forEach(
            count ->
                rows.add(
                    row(
                        region,
                        order(count.place()),
                        step(count.place()),
                        count.place() > 0 ? "excluded" : "unknown",
                        count.rows(),
                        count.people())));
    ofRegion.stream()
        .filter(PlaceCount::isCounted)
        .forEach(count -> rows.addAll(countedRows(region, count)));
    return rows;
  }

  private List<Row> countedRows(String region, PlaceCount count) {
    List<Row> rows = new ArrayList<>();
    int order = population.exclusionNames().size() + 1;
    rows.add(row(region, order, "counted", "counted", count.rows(), count.people()));
    for (int i = 0; i < cohorts.size(); i++) {
      PlaceCount.Lost lost = count.lost().get(i);
      if (lost.unknownRows() > 0) {
        String step = outcomeUnknown(cohorts.get(i).name());
        rows.add(row(region, order + 1, step, "unknown", lost.unknownRows(), lost.unknown()));
      }
    }
    if (count.repeats() > 0) {
      rows.add(row(region, order + 1, REPEATS, "repeated", count.repeats(), count.repeats()));
    }
    for (int i = 0; i < cohorts.size(); i++) {
      PlaceCount.Lost lost = count.lost().get(i);
      if (lost.impossibleRows() > 0) {
        String step = outcomeImpossible(cohorts.get(i).name());
        rows.add(
            row(region, order + 1, step, "impossible", lost.impossibleRows(), lost.impossible()));
      }
    }
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
