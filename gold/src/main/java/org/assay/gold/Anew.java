package org.assay.gold;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;

/**
 * Which cohorts are made anew. Where anything is hidden it is decided on all cohorts of a
 * population together, so that old rows of one beside new ones of another could tell what neither
 * does: they are made anew together, and kept together.
 *
 * @param stored what the tables say they are made of
 * @param wanted what each cohort's rows are to be made of; cohorts without are not to be
 * @param hides whether anything is hidden
 */
record Anew(MadeOf stored, Map<String, String> wanted, boolean hides) {
  Anew {
    wanted = Map.copyOf(wanted);
  }

  /** Those of some cohorts that are to be made anew. */
  List<Cohort> of(List<Cohort> cohorts) {
    List<Cohort> all = cohorts.stream().filter(c -> wanted.containsKey(c.name())).toList();
    Set<Population> changed = populations(all, cohort -> !isAsWanted(cohort.name()));
    return all.stream()
        .filter(
            cohort -> !isAsWanted(cohort.name()) || hides && changed.contains(cohort.population()))
        .toList();
  }

  /**
   * Those that keep their rows only because others on their people do.
   *
   * @param cohorts those that were to be made anew
   * @param kept those that keep theirs, because they could not be fitted
   * @param areHiddenAsNow whether a cohort has rows from which as much was withheld as would be now
   */
  Set<String> beside(
      List<Cohort> cohorts, Collection<String> kept, Predicate<String> areHiddenAsNow) {
    Set<Population> standing =
        populations(
            cohorts,
            cohort ->
                hides
                    && kept.contains(cohort.name())
                    && stored.whole().containsKey(cohort.name())
                    && areHiddenAsNow.test(cohort.name()));
    return cohorts.stream()
        .filter(cohort -> !kept.contains(cohort.name()))
        .filter(cohort -> standing.contains(cohort.population()))
        .map(Cohort::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Population> populations(List<Cohort> cohorts, Predicate<Cohort> which) {
    return cohorts.stream().filter(which).map(Cohort::population).collect(Collectors.toSet());
  }

  private boolean isAsWanted(String cohort) {
    return wanted.get(cohort).equals(stored.whole().get(cohort));
  }
}
