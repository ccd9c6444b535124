package org.assay.gold.glm;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The factor R of W^½X = QR, from which Newton steps and covariances follow without squaring the
 * condition number: X'WX = R'R.
 */
public final class WeightedQr {
  /** What a column must keep of its length beside the columns before it, as in R's dqrdc2. */
  private static final double RANK_TOLERANCE = 1e-9;

  private final double[] inverseTransposed;
  private final int p;

  private WeightedQr(double[] inverseTransposed, int p) {
    this.inverseTransposed = inverseTransposed;
    this.p = p;
  }

  /** Decomposes at these coefficients; empty if the columns are linearly dependent there. */
  public static Optional<WeightedQr> at(GlmProblem problem, double[] beta) {
    int m = problem.design().rows();
    int p = problem.design().columns();
    if (m < p) {
      return Optional.empty();
    }
    DMatrixRMaj weighted = new DMatrixRMaj(m, p);
    double[] roots = problem.rootWeights(beta);
    for (int row = 0; row < m; row++) {
      for (int column : problem.design().ones(row)) {
        weighted.set(row, column, roots[row]);
      }
    }
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(m, p);
    return qr.decompose(weighted) ? invert(qr.getR(null, true), p) : Optional.empty();
  }

  private static Optional<WeightedQr> invert(DMatrixRMaj r, int p) {
    double[] lower = new double[p * p];
    for (int i = 0; i < p; i++) {
      double squares = 0;
      for (int j = 0; j <= i; j++) {
        lower[i * p + j] = r.get(j, i);
        squares += r.get(j, i) * r.get(j, i);
      }
      if (!(Math.abs(r.get(i, i)) > RANK_TOLERANCE * Math.sqrt(squares))) {
        return Optional.empty();
      }
    }
    TriangularSolver_DDRM.invertLower(lower, p);
    return Optional.of(new WeightedQr(lower, p));
  }

  /** (X'WX)⁻¹, p × p. */
  public double[][] covariance() {
    double[][] covariance = new double[p][p];
    for (int i = 0; i < p; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = i; k < p; k++) {
          sum += inverseTransposed[k * p + i] * inverseTransposed[k * p + j];
        }
        covariance[i][j] = sum;
        covariance[j][i] = sum;
      }
    }
    return covariance;
  }

  /** The Newton step (X'WX)⁻¹U for a score U. */
  public double[] step(double[] score) {
    double[] half = new double[p];
    for (int k = 0; k < p; k++) {
      for (int j = 0; j <= k; j++) {
        half[k] += inverseTransposed[k * p + j] * score[j];
      }
    }
    double[] step = new double[p];
    for (int i = 0; i < p; i++) {
      for (int k = i; k < p; k++) {
        step[i] += inverseTransposed[k * p + i] * half[k];
      }
    }
    return step;
  }
}
