package org.assay.gold.inference;

import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmProblem;

/**
 * The sandwich covariance V M V over people (HC0; White 1982), from cells: M = Σ x x' Σᵢ(yᵢ −
 * eᵢμ)², whose inner sums are Σy² − 2μΣye + μ²Σe². Events that repeat within people widen it, where
 * the model's own covariance takes them as independent.
 */
public final class RobustErrors {
  private RobustErrors() {}

  /**
   * The covariance, p × p, of a model with canonical link; not a number where the products of a
   * rate were not summed.
   */
  public static double[][] covariance(GlmProblem problem, WaldInference inference) {
    DesignMatrix design = problem.design();
    int p = design.columns();
    double[][] meat = new double[p][p];
    for (int row = 0; row < design.rows(); row++) {
      double squares =
          squares(problem.family(), design.cell(row), problem.mean(row, inference.beta()));
      double[] x = design.dense(row);
      for (int i : design.nonZero(row)) {
        design.addTo(meat[i], row, squares * x[i]);
      }
    }
    return product(product(inference.covariance(), meat), inference.covariance());
  }

  private static double squares(Family family, Cell cell, double mu) {
    if (family == Family.BINOMIAL) {
      return cell.events() * (1 - mu) * (1 - mu) + (cell.n() - cell.events()) * mu * mu;
    }
    Cell.Squares sums = cell.squares();
    return sums.events() - 2 * mu * sums.eventsExposure() + mu * mu * sums.exposure();
  }

  private static double[][] product(double[][] a, double[][] b) {
    int p = a.length;
    double[][] product = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < p; j++) {
        for (int k = 0; k < p; k++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
