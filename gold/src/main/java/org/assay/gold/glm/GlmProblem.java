package org.assay.gold.glm;

import static java.util.Objects.requireNonNull;

import java.util.stream.IntStream;
import org.assay.common.cells.DesignMatrix;

/**
 * A model to be fitted: m cells and p coefficients.
 *
 * @param family the family, with its canonical link
 * @param design the design matrix, m × p
 */
public record GlmProblem(Family family, DesignMatrix design) {
  public GlmProblem {
    requireNonNull(family, "family is null");
    requireNonNull(design, "design is null");
  }

  /** Size of a cell: people or exposure. */
  public double size(int row) {
    return family.size(design.cell(row));
  }

  /** Events of a cell. */
  public double events(int row) {
    return design.cell(row).events();
  }

  /** Size of all cells. */
  public double totalSize() {
    return IntStream.range(0, design.rows()).mapToDouble(this::size).sum();
  }

  /** Events of all cells. */
  public double totalEvents() {
    return IntStream.range(0, design.rows()).mapToDouble(this::events).sum();
  }

  /** Fitted risk or rate of a cell. */
  public double mean(int row, double[] beta) {
    return family.mean(design.dot(row, beta));
  }

  /** Log-likelihood of the people, without what only the cells add. */
  public double logLik(double[] beta) {
    double sum = 0;
    for (int row = 0; row < design.rows(); row++) {
      sum += family.logLik(events(row), size(row), design.dot(row, beta));
    }
    return sum;
  }

  /** The score U = X'(y − mμ): the gradient of the log-likelihood, length p. */
  public double[] score(double[] beta) {
    double[] score = new double[design.columns()];
    for (int row = 0; row < design.rows(); row++) {
      double residual = events(row) - size(row) * mean(row, beta);
      for (int column : design.ones(row)) {
        score[column] += residual;
      }
    }
    return score;
  }

  /** The square roots of the working weights W = m·V(μ), length m. */
  public double[] rootWeights(double[] beta) {
    return IntStream.range(0, design.rows())
        .mapToDouble(row -> Math.sqrt(size(row) * family.variance(mean(row, beta))))
        .toArray();
  }
}
