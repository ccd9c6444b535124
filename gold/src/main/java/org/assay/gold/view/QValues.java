package org.assay.gold.view;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assay.gold.inference.BenjaminiHochberg;

/**
 * False discovery rates over families of tests.
 *
 * @param <T> what names a test
 */
final class QValues<T> {
  /** A test's rate among as many. */
  record Rate(double qValue, int tests) {}

  private final Map<List<Object>, Map<T, Double>> families = new LinkedHashMap<>();
  private final Map<T, Rate> rates = new HashMap<>();

  /** Adds a test, unless its p is not a number. */
  void add(List<Object> family, T test, double pValue) {
    if (!Double.isNaN(pValue)) {
      families.computeIfAbsent(family, f -> new LinkedHashMap<>()).put(test, pValue);
    }
  }

  /** Computes all rates; no test may be added afterwards. */
  QValues<T> settled() {
    families
        .values()
        .forEach(
            family -> {
              List<T> tests = List.copyOf(family.keySet());
              double[] q =
                  BenjaminiHochberg.qValues(family.values().stream().mapToDouble(p -> p).toArray());
              for (int i = 0; i < q.length; i++) {
                rates.put(tests.get(i), new Rate(q[i], q.length));
              }
            });
    return this;
  }

  /** Null where there was no test. */
  Double qValue(T test) {
    return rates.containsKey(test) ? rates.get(test).qValue() : null;
  }

  /** Null where there was no test. */
  Integer tests(T test) {
    return rates.containsKey(test) ? rates.get(test).tests() : null;
  }
}
