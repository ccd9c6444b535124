package org.assay.gold.inference;

import java.util.List;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.gold.glm.GlmProblem;

/**
 * The mean risk (or rate) that a population would have if all of it were in one level of a factor:
 * π = Σ w g⁻¹(x'β) over the population's patterns with the factor set to the level (marginal
 * standardisation, average adjusted prediction). Errors are by the delta method and take the mix of
 * the population as known.
 *
 * @param level the level
 * @param value π
 * @param gradient dπ/dβ, length p
 */
public record StandardisedRisk(String level, double value, double[] gradient) {

  /**
   * Standardises to one level.
   *
   * @param formula the terms of the problem's design
   * @param population cells over the formula's factors, of levels the design knows; their sizes are
   *     the weights
   */
  public static StandardisedRisk of(
      GlmProblem problem,
      List<? extends DesignTerm> formula,
      double[] beta,
      CellTable population,
      String factor,
      String level) {
    DesignMatrix design = DesignMatrix.ofTerms(population.relabel(factor, any -> level), formula);
    double[] gradient = new double[beta.length];
    double sum = 0;
    double total = 0;
    for (int row = 0; row < design.rows(); row++) {
      double weight = problem.family().size(design.cell(row));
      double eta = design.dot(row, beta);
      sum += weight * problem.link().mean(eta);
      total += weight;
      design.addTo(gradient, row, weight * problem.link().derivative(eta));
    }
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] /= total;
    }
    return new StandardisedRisk(level, sum / total, gradient);
  }

  /** Its standard error √(d'Vd). */
  public double stdError(double[][] covariance) {
    return Math.sqrt(quadratic(gradient, covariance));
  }

  /** π − π₀. */
  public double difference(StandardisedRisk reference) {
    return value - reference.value;
  }

  /** Standard error of the difference. */
  public double differenceStdError(StandardisedRisk reference, double[][] covariance) {
    return Math.sqrt(quadratic(minus(gradient, 1, reference.gradient, 1), covariance));
  }

  /** log(π / π₀). */
  public double logRatio(StandardisedRisk reference) {
    return Math.log(value / reference.value);
  }

  /** Standard error of the logarithm of the ratio. */
  public double logRatioStdError(StandardisedRisk reference, double[][] covariance) {
    return Math.sqrt(
        quadratic(minus(gradient, 1 / value, reference.gradient, 1 / reference.value), covariance));
  }

  private static double[] minus(double[] a, double timesA, double[] b, double timesB) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = timesA * a[i] - timesB * b[i];
    }
    return difference;
  }

  private static double quadratic(double[] d, double[][] v) {
    double sum = 0;
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < d.length; j++) {
        sum += d[i] * v[i][j] * d[j];
      }
    }
    return Math.max(0, sum);
  }
}
