package org.assay.gold.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.gold.inequality.EuropeanStandardPopulation;

/**
 * The factor by which a cohort is standardised: the one with a name such as {@code age_band} all
 * whose levels are bands of ages of the European Standard Population.
 *
 * @param name the factor
 * @param weights people of the standard population by level
 */
public record AgeFactor(String name, Map<String, Integer> weights) {
  /** Numbers of other things can look like bands of ages. */
  private static final Pattern NAME = Pattern.compile("(?i)age(_.*)?");

  /** Whether a factor is about ages, by its name: {@code age}, or one such as {@code age_band}. */
  public static boolean isNamed(String factor) {
    return NAME.matcher(factor).matches();
  }

  /** Of a cohort; empty if it has none. */
  public static Optional<AgeFactor> of(Cohort cohort) {
    return cohort.population().factors().stream()
        .filter(factor -> isNamed(factor.name()) && !factor.levels().isEmpty())
        .map(AgeFactor::of)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<AgeFactor> of(Factor factor) {
    List<Optional<Integer>> weights =
        factor.knownLevels().stream().map(EuropeanStandardPopulation::weight).toList();
    if (weights.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    Map<String, Integer> byLevel = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      byLevel.put(factor.knownLevels().get(i), weights.get(i).orElseThrow());
    }
    return Optional.of(new AgeFactor(factor.name(), byLevel));
  }
}
