package org.assay.gold.open;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.gold.disclosure.AdditiveTable;
import org.assay.gold.disclosure.AdditiveTable.Worth;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.open.PublicCounts.Count;
import org.assay.gold.open.PublicCounts.What;
import org.assay.gold.view.LevelEnds;
import org.assay.gold.view.RegionKey;

/**
 * Puts what is published of one cohort into the system of sums: its people and events, everywhere
 * and of every level, those of each model, and what adds up to what.
 *
 * @param table the system, which other cohorts on the same people share
 * @param result the cohort's result in one period
 */
record CohortSums(AdditiveTable<Count> table, CohortResult result) {
  private static final String TOTAL = "";

  /** Adds them; what is there already is one with what is added. */
  void add() {
    result.listed().forEach(this::area);
    area(RegionKey.NATIONAL, result.nation());
    nation(TOTAL, TOTAL);
    for (String factor : result.nation().factors()) {
      result.nation().margin(factor).keySet().forEach(level -> nation(factor, level));
    }
    result.fits().forEach(this::model);
    LevelFigures.of(table, result).ifPresent(LevelFigures::add);
  }

  private Stream<What> whats() {
    return What.counted(isRate()).stream();
  }

  private boolean isRate() {
    return result.nation().total().isRate();
  }

  private Count count(String area, String factor, String level, What what, Cell cell) {
    return Count.of(result.cohort().name(), area, factor, level, what, cell);
  }

  private static Cell people(CellTable cells, String factor, String level) {
    return factor.isEmpty() ? cells.total() : cells.margin(factor).get(level);
  }

  /** Of a level that some regions have. */
  private void nation(String factor, String level) {
    List<Map.Entry<String, CellTable>> with =
        result.listed().entrySet().stream()
            .filter(area -> people(area.getValue(), factor, level) != null)
            .toList();
    whats()
        .forEach(
            what ->
                table.sum(
                    count(
                        RegionKey.NATIONAL,
                        factor,
                        level,
                        what,
                        people(result.nation(), factor, level)),
                    with.stream()
                        .map(
                            area ->
                                count(
                                    area.getKey(),
                                    factor,
                                    level,
                                    what,
                                    people(area.getValue(), factor, level)))
                        .toList()));
  }

  /** The counts of some people of an area, whose levels add up to them. */
  private void area(String area, CellTable cells) {
    counts(area, TOTAL, TOTAL, cells.total());
    for (String factor : cells.factors()) {
      Map<String, Cell> margin = cells.margin(factor);
      margin.forEach((level, people) -> counts(area, factor, level, people));
      whats()
          .forEach(
              what ->
                  table.sum(
                      count(area, TOTAL, TOTAL, what, cells.total()),
                      margin.entrySet().stream()
                          .map(e -> count(area, factor, e.getKey(), what, e.getValue()))
                          .toList()));
    }
  }

  private void counts(String area, String factor, String level, Cell people) {
    Worth worth = worth(factor, level);
    Count n = count(area, factor, level, What.N, people);
    Count events = count(area, factor, level, What.EVENTS, people);
    table.add(n, people.n(), true, worth);
    table.add(events, people.events(), true, worth);
    if (!isRate()) {
      Count others = count(area, factor, level, What.OTHERS, people);
      table.add(others, people.n() - people.events(), false, worth);
      table.sum(n, List.of(events, others));
    }
  }

  private Worth worth(String factor, String level) {
    if (factor.isEmpty()) {
      return Worth.TOTAL;
    }
    Factor of = result.cohort().population().factor(factor);
    return of.reference().equals(level) ? Worth.REFERENCE : Worth.LEVEL;
  }

  private void model(RegionFit fit) {
    Optional<CellTable> everybody =
        fit.region().key().region().map(region -> result.listed().get(region));
    if (fit.estimates().isEmpty() || everybody.isEmpty()) {
      return; // what is shown of it is what is shown of everybody
    }
    String area = fit.region().key().region().orElseThrow();
    area(area, fit.all());
    if (!fit.model().strata().isEmpty()) {
      link(fit, area, everybody.get(), fit.all());
    }
    area(area, fit.cells());
    leftOut(fit, area, TOTAL, TOTAL, fit.cells().total(), fit.all().total());
    for (String factor : fit.cells().factors()) {
      Map<String, Cell> of = fit.all().margin(factor);
      fit.cells()
          .margin(factor)
          .forEach(
              (level, people) -> {
                List<String> parts =
                    of.keySet().stream()
                        .filter(
                            part ->
                                LevelEnds.of(fit, factor, part).filter(level::equals).isPresent())
                        .toList();
                parts(fit, area, factor, level, people, parts, of);
                table.told(
                    List.of(
                        count(area, factor, level, What.N, people),
                        count(area, factor, level, What.EVENTS, people)));
              });
    }
  }

  /** The people of a stratum among everybody. */
  private void link(RegionFit fit, String area, CellTable everybody, CellTable stratum) {
    leftOut(fit, area, TOTAL, TOTAL, stratum.total(), everybody.total());
    for (Model.Stratum of : fit.model().strata()) { // with one, they are the people of its level
      Cell level = everybody.margin(of.factor()).get(of.level());
      whats()
          .forEach(
              what ->
                  leftOut(
                      fit,
                      count(area, of.factor(), of.level(), what, level),
                      count(area, TOTAL, TOTAL, what, stratum.total())));
    }
    for (String factor : stratum.factors()) {
      stratum
          .margin(factor)
          .forEach(
              (level, people) ->
                  leftOut(fit, area, factor, level, people, everybody.margin(factor).get(level)));
    }
  }

  /** A level of a model and the levels of everybody that are counted in it. */
  private void parts(
      RegionFit fit,
      String area,
      String factor,
      String level,
      Cell in,
      List<String> parts,
      Map<String, Cell> everybody) {
    if (parts.size() == 1) {
      leftOut(fit, area, factor, level, in, everybody.get(parts.get(0)));
      return;
    }
    Cell all = parts.stream().map(everybody::get).reduce(Cell.NOBODY, Cell::plus);
    whats()
        .forEach(
            what -> {
              Count merged = count(area, factor, String.join(" + ", parts), what, all);
              table.add(merged, merged.value(), false);
              table.sum(
                  merged,
                  parts.stream()
                      .map(part -> count(area, factor, part, what, everybody.get(part)))
                      .toList());
              leftOut(fit, merged, count(area, factor, level, what, in));
            });
  }

  /** Those of everybody who are not in a model. */
  private void leftOut(RegionFit fit, String area, String factor, String level, Cell in, Cell all) {
    whats()
        .forEach(
            what ->
                leftOut(
                    fit,
                    count(area, factor, level, what, all),
                    count(area, factor, level, what, in)));
  }

  /** Where nobody is left out, both are one count, or at least equal. */
  private void leftOut(RegionFit fit, Count all, Count in) {
    if (all.equals(in)) {
      return;
    }
    List<Count> parts = new ArrayList<>(List.of(in));
    long left = all.value() - in.value();
    if (left > 0) {
      Count rest =
          in.left("%s of %s".formatted(fit.region().model(), result.cohort().name()), left);
      table.add(rest, left, false);
      parts.add(rest);
    }
    table.sum(all, parts);
  }
}
