package org.assay.gold.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.assay.common.cells.DesignMatrix.Term;
import org.assay.common.cells.DesignTerm;
import org.assay.common.contract.GoldContract;
import org.assay.gold.fit.RegionFit;
import org.assay.gold.fit.RegionFit.Estimates;
import org.assay.gold.inference.JointTest;
import org.assay.gold.inference.ProfileLimits;
import org.assay.gold.inference.Trend;

/**
 * The rows of {@code gold_exact.factor_tests}: whether a factor as a whole matters. Of a factor
 * that interacts its interactions are tested with it.
 */
public final class FactorTests {
  private static final double CONFIDENCE = 0.95;

  private FactorTests() {}

  /**
   * A test of a factor in a fit.
   *
   * @param estimate of a trend
   * @param stdError of a trend
   */
  private record Tested(
      RegionFit fit,
      String factor,
      String test,
      JointTest result,
      Double estimate,
      Double stdError) {
    List<Object> name() {
      return List.of(fit.region().key(), fit.region().model(), factor, test);
    }
  }

  /**
   * The rows of all fits.
   *
   * @param ordered the factors of each cohort whose levels have an order, with their levels
   */
  public static List<Row> of(List<RegionFit> fits, Map<String, Map<String, List<String>>> ordered) {
    List<Tested> tests =
        fits.parallelStream()
            .flatMap(
                fit ->
                    of(fit, ordered.getOrDefault(fit.region().key().outcome(), Map.of())).stream())
            .toList();
    QValues<List<Object>> qValues = new QValues<>();
    for (Tested test : tests) {
      List<Object> family =
          List.of(
              test.fit().region().key().period(),
              test.fit().region().key().outcome(),
              test.fit().region().model(),
              test.factor(),
              test.test());
      qValues.add(family, test.name(), test.result().pValue());
    }
    qValues.settled();
    return tests.stream().map(test -> row(test, qValues)).toList();
  }

  private static Row row(Tested test, QValues<List<Object>> qValues) {
    return Keys.row(GoldContract.FACTOR_TESTS, test.fit())
        .set("factor", test.factor())
        .set("test", test.test())
        .set("statistic", Keys.number(test.result().statistic()))
        .set("df", test.result().df())
        .set("p_value", Keys.number(test.result().pValue()))
        .set("q_value", qValues.qValue(test.name()))
        .set("tests", qValues.tests(test.name()))
        .set("estimate", test.estimate())
        .set("std_error", test.stdError())
        .set("method", Keys.method(test.fit()))
        .build();
  }

  private static List<Tested> of(RegionFit fit, Map<String, List<String>> ordered) {
    return fit.estimates().map(estimates -> of(fit, estimates, ordered)).orElse(List.of());
  }

  private static List<Tested> of(
      RegionFit fit, Estimates estimates, Map<String, List<String>> ordered) {
    ProfileLimits profile =
        new ProfileLimits(
            estimates.fitter(), estimates.problem(), estimates.inference().beta(), CONFIDENCE);
    List<Tested> tests = new ArrayList<>();
    columns(estimates)
        .forEach(
            (factor, columns) -> {
              tests.add(
                  new Tested(
                      fit,
                      factor,
                      "wald",
                      JointTest.wald(estimates.inference(), columns),
                      null,
                      null));
              tests.add(
                  new Tested(
                      fit,
                      factor,
                      "likelihood_ratio",
                      JointTest.likelihoodRatio(profile, columns),
                      null,
                      null));
              Optional.ofNullable(ordered.get(factor))
                  .flatMap(levels -> trend(fit, estimates, factor, levels))
                  .ifPresent(
                      trend ->
                          tests.add(
                              new Tested(
                                  fit,
                                  factor,
                                  "trend",
                                  trend.test(),
                                  trend.estimate(),
                                  trend.stdError())));
            });
    return tests;
  }

  private static Optional<Trend> trend(
      RegionFit fit, Estimates estimates, String factor, List<String> levels) {
    boolean interacts =
        estimates.formula().stream()
            .anyMatch(term -> term.factors().size() > 1 && term.factors().contains(factor));
    List<String> inModel =
        levels.stream().filter(fit.cells().margin(factor).keySet()::contains).toList();
    return interacts || inModel.size() < 3
        ? Optional.empty()
        : Trend.of(
            estimates.problem(),
            estimates.fitter(),
            fit.cells(),
            estimates.formula(),
            factor,
            inModel);
  }

  /** The columns in which a factor, or an interaction, is. */
  private static Map<String, int[]> columns(Estimates estimates) {
    List<Term> terms = estimates.problem().design().terms();
    Map<String, int[]> columns = new TreeMap<>();
    for (DesignTerm tested : estimates.formula()) {
      String name = String.join(":", tested.factors());
      columns.put(
          name,
          IntStream.range(1, terms.size())
              .filter(
                  j -> {
                    List<String> factors =
                        estimates.formula().stream()
                            .filter(term -> term.columns().contains(terms.get(j)))
                            .flatMap(term -> term.factors().stream())
                            .collect(Collectors.toList());
                    return factors.containsAll(tested.factors());
                  })
              .toArray());
    }
    return columns;
  }
}
