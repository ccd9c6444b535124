package org.assay.gold.open;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.gold.disclosure.AdditiveTable;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Range;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.disclosure.Suppression;
import org.assay.gold.fit.CohortResult;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.view.RegionKey;

/**
 * Which counts of a cohort in one period are shown. All that are published of it stand in one
 * system of sums: levels add up to their region, regions to the nation, people with the outcome and
 * without to people, and the people of a model to those of its region with whoever it leaves out.
 */
public final class PublicCounts {
  /** Of everybody, and not of a model's people. */
  static final String EVERYBODY = "";

  private static final String TOTAL = "";

  private final Rule rule;
  private final AdditiveTable<Count> table;

  /** What is counted. */
  enum What {
    /** People. */
    N,
    /** Events. */
    EVENTS,
    /** People without; never shown. */
    OTHERS
  }

  /**
   * A count.
   *
   * @param scope a model, or {@link #EVERYBODY}
   * @param area a key of {@code dim_region}
   * @param factor empty for all people
   * @param level empty for all people
   * @param what what is counted
   */
  public record Count(String scope, String area, String factor, String level, What what) {}

  private PublicCounts(Rule rule) {
    this.rule = rule;
    this.table = new AdditiveTable<>(rule);
  }

  /** Decides. */
  public static PublicCounts of(CohortResult result, DisclosurePolicy policy) {
    PublicCounts counts = new PublicCounts(policy.rule());
    if (!policy.isOpen()) {
      counts.everybody(result);
      result.fits().forEach(fit -> counts.model(result, fit));
      Suppression.protect(counts.table);
    }
    return counts;
  }

  private void everybody(CohortResult result) {
    result.listed().forEach((region, cells) -> area(EVERYBODY, region, cells));
    area(EVERYBODY, RegionKey.NATIONAL, result.nation());
    List<String> regions = List.copyOf(result.listed().keySet());
    boolean isRate = result.nation().total().isRate();
    nation(regions, TOTAL, TOTAL, isRate);
    for (String factor : result.nation().factors()) {
      for (String level : result.nation().margin(factor).keySet()) {
        List<String> with =
            regions.stream()
                .filter(region -> result.listed().get(region).margin(factor).containsKey(level))
                .toList();
        nation(with, factor, level, isRate);
      }
    }
  }

  private void nation(List<String> regions, String factor, String level, boolean isRate) {
    for (What what : What.values()) {
      if (what != What.OTHERS || !isRate) {
        table.sum(
            new Count(EVERYBODY, RegionKey.NATIONAL, factor, level, what),
            regions.stream()
                .map(region -> new Count(EVERYBODY, region, factor, level, what))
                .toList());
      }
    }
  }

  /** The counts of an area, whose levels add up to it. */
  private void area(String scope, String area, CellTable cells) {
    boolean isRate = cells.total().isRate();
    add(scope, area, TOTAL, TOTAL, cells.total(), isRate);
    for (String factor : cells.factors()) {
      cells
          .margin(factor)
          .forEach((level, people) -> add(scope, area, factor, level, people, isRate));
      for (What what : What.values()) {
        if (what != What.OTHERS || !isRate) {
          table.sum(
              new Count(scope, area, TOTAL, TOTAL, what),
              cells.margin(factor).keySet().stream()
                  .map(level -> new Count(scope, area, factor, level, what))
                  .toList());
        }
      }
    }
  }

  private void add(
      String scope, String area, String factor, String level, Cell people, boolean isRate) {
    Count n = new Count(scope, area, factor, level, What.N);
    Count events = new Count(scope, area, factor, level, What.EVENTS);
    table.add(n, people.n(), true);
    table.add(events, people.events(), true);
    if (!isRate) {
      Count others = new Count(scope, area, factor, level, What.OTHERS);
      table.add(others, people.n() - people.events(), false);
      table.sum(n, List.of(events, others));
    }
  }

  private void model(CohortResult result, RegionFit fit) {
    Optional<String> region = fit.region().key().region();
    if (fit.estimates().isEmpty() || region.isEmpty()) {
      return; // what is shown of it is what is shown of everybody
    }
    String scope = fit.region().model();
    CellTable everybody = result.listed().get(region.get());
    area(scope, region.get(), fit.cells());
    leftOut(scope, region.get(), TOTAL, TOTAL, fit.cells().total(), everybody.total());
    for (String factor : fit.cells().factors()) {
      boolean isMerged =
          fit.region().readiness().adjustments().stream()
              .anyMatch(a -> a.factor().equals(factor) && a.mergedInto().isPresent());
      if (!isMerged) {
        fit.cells()
            .margin(factor)
            .forEach(
                (level, people) ->
                    leftOut(
                        scope,
                        region.get(),
                        factor,
                        level,
                        people,
                        everybody.margin(factor).get(level)));
      }
    }
  }

  /** Those of everybody who are not in a model. */
  private void leftOut(
      String scope, String area, String factor, String level, Cell in, Cell everybody) {
    leftOut(scope, area, factor, level, What.N, everybody.n() - in.n());
    leftOut(scope, area, factor, level, What.EVENTS, everybody.events() - in.events());
  }

  private void leftOut(
      String scope, String area, String factor, String level, What what, long count) {
    Count rest = new Count("not in " + scope, area, factor, level, what);
    table.add(rest, count, false);
    List<Count> parts = new ArrayList<>(List.of(new Count(scope, area, factor, level, what), rest));
    table.sum(new Count(EVERYBODY, area, factor, level, what), parts);
  }

  /**
   * What is shown of a count.
   *
   * @param exact the count itself, of areas that are no listed region and so in no sum
   * @return empty where it is withheld
   */
  public Optional<Long> shown(Count count, long exact) {
    boolean isShown = table.has(count) ? table.isShown(count) : !rule.suppresses(exact);
    return isShown ? Optional.of(rule.rounded(exact)) : Optional.empty();
  }

  /** Whether a count of a listed region is shown. */
  public boolean isShown(Count count) {
    return !table.has(count) || table.isShown(count);
  }

  /** What an attacker can compute of every count, those that are never shown among them. */
  public java.util.Map<Count, Range> bounds() {
    return table.bounds();
  }

  /** The system of sums. */
  AdditiveTable<Count> table() {
    return table;
  }
}
