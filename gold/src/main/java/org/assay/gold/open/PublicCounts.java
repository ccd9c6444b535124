package org.assay.gold.open;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.gold.disclosure.AdditiveTable;
import org.assay.gold.disclosure.DisclosurePolicy;
import org.assay.gold.disclosure.Rule;
import org.assay.gold.disclosure.Suppression;
import org.assay.gold.fit.CohortResult;

/**
 * Which counts of a population in one period are shown. All that are published of its cohorts stand
 * in one system of sums: levels add up to their region, regions to the nation, people with the
 * outcome and without to people, and the people of a model to those of its region with whoever it
 * leaves out. Counts of the same people that are equal are one count, whichever cohort or model
 * tells them. Where estimates of a level are published its counts are taken as told exactly.
 */
public final class PublicCounts {
  private static final String IN = "";

  private final Rule rule;
  private final AdditiveTable<Count> table;
  private final List<Count> lost;

  /** What is counted. */
  enum What {
    /** People. */
    N,
    /** Events. */
    EVENTS,
    /** People without; never shown. */
    OTHERS,
    /** Nothing: what is computed of some people by age. */
    FIGURES;

    /** What is counted in a cohort. */
    static List<What> counted(boolean isRate) {
      return isRate ? List.of(N, EVENTS) : List.of(N, EVENTS, OTHERS);
    }
  }

  /**
   * A count.
   *
   * @param cohort the cohort whose outcome it is about; empty for people
   * @param area a key of {@code dim_region}
   * @param factor empty for all people
   * @param level empty for all people
   * @param what what is counted
   * @param outside the model that leaves these out; empty for those who are in
   * @param value how many
   */
  public record Count(
      String cohort,
      String area,
      String factor,
      String level,
      What what,
      String outside,
      long value) {

    static Count of(String cohort, String area, String factor, String level, What what, Cell cell) {
      long value =
          switch (what) {
            case N -> cell.n();
            case EVENTS -> cell.events();
            case OTHERS -> cell.n() - cell.events();
            case FIGURES -> throw new IllegalArgumentException("Figures are no count.");
          };
      String of = what == What.N ? "" : cohort;
      return new Count(of, area, factor, level, what, IN, value);
    }

    /** How many of these people a model leaves out. */
    Count left(String model, long left) {
      return new Count(cohort, area, factor, level, what, model, left);
    }
  }

  private PublicCounts(Rule rule, AdditiveTable<Count> table, List<Count> lost) {
    this.rule = rule;
    this.table = table;
    this.lost = lost;
  }

  /**
   * Decides.
   *
   * @param results of the cohorts on one population in one period
   * @param before what was published of them before
   */
  public static PublicCounts of(
      Collection<CohortResult> results, DisclosurePolicy policy, PublishedCounts before) {
    AdditiveTable<Count> table = new AdditiveTable<>(policy.rule());
    List<Count> lost = List.of();
    if (!policy.isOpen()) {
      for (CohortResult result : results) {
        new CohortSums(table, result).add();
      }
      for (CohortResult result : results) {
        before.of(result).entrySet().stream()
            .filter(told -> table.has(told.getKey())) // others have changed since
            .forEach(told -> table.known(told.getKey(), told.getValue()));
        LevelFigures.of(table, result).ifPresent(figures -> figures.remember(before));
      }
      for (CohortResult result : results) {
        before.withheld(result).stream().filter(table::has).forEach(table::wasWithheld);
      }
      lost = Suppression.protect(table);
    }
    return new PublicCounts(policy.rule(), table, lost);
  }

  /**
   * Whether a count is shown.
   *
   * @param cohort the cohort
   * @param value the count itself
   */
  boolean isShown(String cohort, String area, String factor, String level, What what, long value) {
    Count count = new Count(what == What.N ? "" : cohort, area, factor, level, what, IN, value);
    return table.has(count) ? table.isShown(count) : !rule.suppresses(value);
  }

  /** Whether what is computed of a level by age may be told. */
  boolean areFiguresShown(String cohort, String area, String factor, String level) {
    Count figures = LevelFigures.name(cohort, area, factor, level);
    return !table.has(figures) || table.isShown(figures);
  }

  /** What is shown of it; empty where it is withheld. */
  Optional<Long> shown(
      String cohort, String area, String factor, String level, What what, long value) {
    return isShown(cohort, area, factor, level, what, value)
        ? Optional.of(rule.rounded(value))
        : Optional.empty();
  }

  /** Small counts that follow from what was published before, whatever is withheld now. */
  List<Count> lost() {
    return lost;
  }

  /** By which counts are suppressed and rounded. */
  Rule rule() {
    return rule;
  }

  /** The system of sums. */
  AdditiveTable<Count> table() {
    return table;
  }
}
