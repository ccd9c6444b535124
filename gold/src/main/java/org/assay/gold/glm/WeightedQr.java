package org.assay.gold.glm;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The factor R of W^½X = QR, from which Newton steps and covariances follow without squaring the
 * condition number: X'WX = R'R.
 */
public final class WeightedQr {
  /** What a column must keep of its length beside the columns before it, as in R's dqrdc2. */
  private static final double RANK_TOLERANCE = 1e-9;

  /** The same where squares were summed, which keeps half the digits. */
  private static final double SQUARED_TOLERANCE = 1e-6;

  /**
   * From so many rows on the squares are summed: a national fit has tens of thousands, and columns
   * that no region lacks.
   */
  private static final int TALL = 4096;

  private final double[] inverseTransposed;
  private final int p;

  private WeightedQr(double[] inverseTransposed, int p) {
    this.inverseTransposed = inverseTransposed;
    this.p = p;
  }

  /** Decomposes at these coefficients; empty if the columns are linearly dependent there. */
  public static Optional<WeightedQr> at(GlmProblem problem, double[] beta) {
    return at(problem, beta, IntStream.range(0, problem.design().columns()).toArray());
  }

  /**
   * Decomposes some of the columns, in ascending order, as well as a step of an iteration needs:
   * where the squares lose too many digits, as {@link #at(GlmProblem, double[])} does.
   */
  static Optional<WeightedQr> forStep(GlmProblem problem, double[] beta, int[] columns) {
    int[] place = place(problem, columns);
    int p = columns.length;
    if (problem.design().rows() < p) {
      return Optional.empty();
    }
    Optional<WeightedQr> summed = tall(problem, beta, place, p);
    return summed.isPresent() ? summed : flat(problem, beta, place, p);
  }

  private static Optional<WeightedQr> at(GlmProblem problem, double[] beta, int[] columns) {
    int m = problem.design().rows();
    int p = columns.length;
    if (m < p) {
      return Optional.empty();
    }
    int[] place = place(problem, columns);
    return m > TALL ? tall(problem, beta, place, p) : flat(problem, beta, place, p);
  }

  private static int[] place(GlmProblem problem, int[] columns) {
    int[] place = new int[problem.design().columns()];
    Arrays.fill(place, -1);
    for (int i = 0; i < columns.length; i++) {
      place[columns[i]] = i;
    }
    return place;
  }

  /** By Cholesky of X'WX, summed from the few columns that are not 0 in each row. */
  private static Optional<WeightedQr> tall(GlmProblem problem, double[] beta, int[] place, int p) {
    DMatrixRMaj gram = new DMatrixRMaj(p, p);
    for (int row = 0; row < problem.design().rows(); row++) {
      double root = problem.rootWeight(row, beta);
      int[] nonZero = problem.design().nonZero(row);
      for (int k = 0; k < nonZero.length; k++) {
        for (int l = 0; l < nonZero.length; l++) {
          if (place[nonZero[k]] >= 0 && place[nonZero[l]] >= 0) {
            gram.add(
                place[nonZero[k]],
                place[nonZero[l]],
                root * root * problem.design().value(row, k) * problem.design().value(row, l));
          }
        }
      }
    }
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(p, false);
    return cholesky.decompose(gram)
        ? invert(cholesky.getT(null), p, SQUARED_TOLERANCE)
        : Optional.empty();
  }

  private static Optional<WeightedQr> flat(GlmProblem problem, double[] beta, int[] place, int p) {
    int m = problem.design().rows();
    DMatrixRMaj weighted = new DMatrixRMaj(m, p);
    for (int row = 0; row < m; row++) {
      double root = problem.rootWeight(row, beta);
      int[] nonZero = problem.design().nonZero(row);
      for (int k = 0; k < nonZero.length; k++) {
        if (place[nonZero[k]] >= 0) {
          weighted.set(row, place[nonZero[k]], root * problem.design().value(row, k));
        }
      }
    }
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(m, p);
    return qr.decompose(weighted)
        ? invert(qr.getR(null, true), p, RANK_TOLERANCE)
        : Optional.empty();
  }

  private static Optional<WeightedQr> invert(DMatrixRMaj r, int p, double tolerance) {
    double[] lower = new double[p * p];
    for (int i = 0; i < p; i++) {
      double squares = 0;
      for (int j = 0; j <= i; j++) {
        lower[i * p + j] = r.get(j, i);
        squares += r.get(j, i) * r.get(j, i);
      }
      if (!(Math.abs(r.get(i, i)) > tolerance * Math.sqrt(squares))) {
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

  /** log|X'WX|. */
  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < p; i++) {
      sum -= 2 * Math.log(Math.abs(inverseTransposed[i * p + i]));
    }
    return sum;
  }

  /** The leverage W x'(X'WX)⁻¹x of a row; over all rows they sum to p. */
  double leverage(GlmProblem problem, int row, double[] beta) {
    double root = problem.rootWeight(row, beta);
    int[] nonZero = problem.design().nonZero(row);
    double squares = 0;
    for (int i = 0; i < p; i++) {
      double sum = 0;
      for (int k = 0; k < nonZero.length; k++) {
        sum += inverseTransposed[i * p + nonZero[k]] * problem.design().value(row, k);
      }
      squares += sum * sum;
    }
    return root * root * squares;
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
