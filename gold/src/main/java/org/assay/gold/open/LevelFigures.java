package org.assay.gold.open;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.gold.disclosure.AdditiveTable;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.open.PublicCounts.Count;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.AgeFactor;
import org.assay.gold.view.RegionKey;

/**
 * The figures of levels that are standardised by age, and the counts of a level and an age together
 * that they are made of. These are never shown, but whoever could undo a figure's formula would
 * know the rounding of each, and so something of what they add up to: they stand in the system of
 * sums too, and figures can be withheld for the sake of a count.
 *
 * @param table the system of sums
 * @param result the cohort
 * @param age the factor that figures are standardised by
 */
record LevelFigures(AdditiveTable<Count> table, CohortResult result, AgeFactor age) {
  private static final String AND = " and ";

  /** Of a cohort; empty if nothing in it is standardised. */
  static Optional<LevelFigures> of(AdditiveTable<Count> table, CohortResult result) {
    return AgeFactor.of(result.cohort()).map(age -> new LevelFigures(table, result, age));
  }

  /** What names the figures of a level. */
  static Count name(String cohort, String area, String factor, String level) {
    return new Count(cohort, area, factor, level, What.FIGURES, "", 0);
  }

  /** Adds those of all levels. */
  void add() {
    for (String factor : result.nation().factors()) {
      if (!factor.equals(age.name())) {
        result.listed().forEach((area, cells) -> area(area, factor, cells));
        area(RegionKey.NATIONAL, factor, result.nation());
        nation(factor);
      }
    }
  }

  /**
   * Says what an earlier publication told. What has changed since is not known of counts so fine,
   * so that of all that its figures were made of the rounding is taken as known.
   */
  void remember(PublishedCounts before) {
    before.figures(result).stream().filter(table::has).forEach(table::tellsAlready);
    before
        .figuresWithheld(result)
        .forEach(
            (figures, people) -> {
              if (table.has(figures) && people.stream().allMatch(table::has)) {
                table.wasWithheld(figures);
              }
            });
  }

  private void area(String area, String factor, CellTable cells) {
    SortedMap<List<String>, Cell> finer = finer(factor, cells);
    finer.forEach((levels, people) -> people(area, factor, levels, people));
    cells
        .margin(factor)
        .forEach(
            (level, people) -> {
              sums(area, factor, level, people, factor, finer, of -> of.get(0).equals(level));
              figures(area, factor, level, people, finer);
            });
    cells
        .margin(age.name())
        .forEach(
            (band, people) ->
                sums(area, age.name(), band, people, factor, finer, of -> of.get(1).equals(band)));
  }

  /** People by level and age. */
  private SortedMap<List<String>, Cell> finer(String factor, CellTable cells) {
    return cells.collapseTo(List.of(factor, age.name())).cells();
  }

  private void people(String area, String factor, List<String> levels, Cell people) {
    whats()
        .forEach(
            what -> {
              Count count = count(area, factor, levels, what, people);
              table.addFiner(count, count.value());
            });
    if (!isRate()) {
      table.sum(
          count(area, factor, levels, What.N, people),
          List.of(
              count(area, factor, levels, What.EVENTS, people),
              count(area, factor, levels, What.OTHERS, people)));
    }
  }

  /** The finer counts that add up to those of a level of either factor. */
  private void sums(
      String area,
      String of,
      String level,
      Cell people,
      String factor,
      SortedMap<List<String>, Cell> finer,
      Predicate<List<String>> isIn) {
    whats()
        .forEach(
            what ->
                table.sum(
                    count(area, of, level, what, people),
                    finer.entrySet().stream()
                        .filter(part -> isIn.test(part.getKey()))
                        .map(part -> count(area, factor, part.getKey(), what, part.getValue()))
                        .toList()));
  }

  /** None are told unless both counts of their people are shown. */
  private void figures(
      String area, String factor, String level, Cell people, SortedMap<List<String>, Cell> finer) {
    List<What> told = List.of(What.N, What.EVENTS);
    table.figure(
        name(result.cohort().name(), area, factor, level),
        finer.entrySet().stream()
            .filter(part -> part.getKey().get(0).equals(level))
            .flatMap(
                part ->
                    told.stream()
                        .map(what -> count(area, factor, part.getKey(), what, part.getValue())))
            .toList(),
        told.stream().map(what -> count(area, factor, level, what, people)).toList());
  }

  private void nation(String factor) {
    Map<String, SortedMap<List<String>, Cell>> regions = new TreeMap<>();
    result.listed().forEach((region, cells) -> regions.put(region, finer(factor, cells)));
    finer(factor, result.nation())
        .forEach(
            (levels, people) ->
                whats()
                    .forEach(
                        what ->
                            table.sum(
                                count(RegionKey.NATIONAL, factor, levels, what, people),
                                parts(regions, factor, levels, what))));
  }

  private List<Count> parts(
      Map<String, SortedMap<List<String>, Cell>> regions,
      String factor,
      List<String> levels,
      What what) {
    return regions.entrySet().stream()
        .filter(region -> region.getValue().containsKey(levels))
        .map(region -> count(region.getKey(), factor, levels, what, region.getValue().get(levels)))
        .toList();
  }

  private List<What> whats() {
    return What.counted(isRate());
  }

  private boolean isRate() {
    return result.nation().total().isRate();
  }

  private Count count(String area, String factor, List<String> levels, What what, Cell people) {
    return count(area, factor + AND + age.name(), String.join(AND, levels), what, people);
  }

  private Count count(String area, String factor, String level, What what, Cell people) {
    return Count.of(result.cohort().name(), area, factor, level, what, people);
  }
}
