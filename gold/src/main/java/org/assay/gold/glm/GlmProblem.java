package org.assay.gold.glm;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.assay.common.cells.DesignMatrix;

/**
 * A model to be fitted: m cells and p coefficients.
 *
 * @param family the family
 * @param link the link
 * @param design the design matrix, m × p
 */
public record GlmProblem(Family family, Link link, DesignMatrix design) implements Serializable {
  public GlmProblem {
    requireNonNull(family, "family is null");
    requireNonNull(link, "link is null");
    requireNonNull(design, "design is null");
  }

  /** A model with the canonical link of its family. */
  public GlmProblem(Family family, DesignMatrix design) {
    this(family, family.canonical(), design);
  }

  /** The same family and link with another design. */
  public GlmProblem withDesign(DesignMatrix other) {
    return new GlmProblem(family, link, other);
  }

  /** Whether the link is the family's canonical one. */
  public boolean isCanonical() {
    return link == family.canonical();
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
    return link.mean(design.dot(row, beta));
  }

  /** Log-likelihood of the people, without what only the cells add. */
  public double logLik(double[] beta) {
    double sum = 0;
    for (int row = 0; row < design.rows(); row++) {
      sum += family.logLik(events(row), size(row), design.dot(row, beta), link);
    }
    return sum;
  }

  /**
   * The score U = X'D(y − mμ) with D = (dμ/dη) / V(μ), which is 1 for a canonical link: the
   * gradient of the log-likelihood, length p.
   */
  public double[] score(double[] beta) {
    double[] score = new double[design.columns()];
    for (int row = 0; row < design.rows(); row++) {
      design.addTo(score, row, workingResidual(row, beta));
    }
    return score;
  }

  private double workingResidual(int row, double[] beta) {
    double eta = design.dot(row, beta);
    double residual = family.residual(events(row), size(row), eta, link);
    return isCanonical() ? residual : residual * link.derivative(eta) / variance(eta);
  }

  /** V(μ) without cancellation near 1. */
  private double variance(double eta) {
    return family == Family.BINOMIAL
        ? Math.exp(link.logMean(eta) + link.logComplement(eta))
        : family.variance(link.mean(eta));
  }

  /** The square root of a cell's working weight W = m (dμ/dη)² / V(μ). */
  public double rootWeight(int row, double[] beta) {
    double eta = design.dot(row, beta);
    double derivative = link.derivative(eta);
    double weight = isCanonical() ? derivative : derivative * derivative / variance(eta);
    return Math.sqrt(size(row) * weight);
  }
}
