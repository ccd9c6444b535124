package org.assay.gold;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What gold's tables say they are made of, cohort by cohort. A run that is killed between two of
 * them leaves a cohort of which they do not say the same.
 *
 * @param whole fingerprints of cohorts of which all tables say the same
 * @param torn cohorts of which they do not
 */
record MadeOf(Map<String, String> whole, Set<String> torn) {
  MadeOf {
    whole = Map.copyOf(whole);
    torn = Set.copyOf(torn);
  }

  /** Compares what each table says. */
  static MadeOf of(List<Map<String, String>> tables) {
    Map<String, String> whole = new TreeMap<>();
    Set<String> torn = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    tables.forEach(table -> names.addAll(table.keySet()));
    for (String name : names) {
      String first = tables.get(0).get(name);
      if (first != null && tables.stream().allMatch(table -> first.equals(table.get(name)))) {
        whole.put(name, first);
      } else {
        torn.add(name);
      }
    }
    return new MadeOf(whole, torn);
  }
}
