package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.assay.common.cells.DesignMatrix;

/**
 * Which columns of a design say something that those before them do not.
 *
 * <p>Columns are taken in their order, as R does, so the later of two that say the same is the
 * dependent one. Rows count once each, whoever is in them: with entries of 0 and 1, X'X holds whole
 * numbers and the elimination is well conditioned.
 *
 * <p>The sweep operator on X'X: Goodnight (1979), The American Statistician 33(3).
 */
public final class DesignRank {
  /** What a column must keep of its squared length beside the columns before it. */
  private static final double TOLERANCE = 1e-9;

  private final double[][] swept;
  private final List<Integer> independent;
  private final List<Integer> dependent;

  private DesignRank(double[][] swept, List<Integer> independent, List<Integer> dependent) {
    this.swept = swept;
    this.independent = List.copyOf(independent);
    this.dependent = List.copyOf(dependent);
  }

  /** The rank over all rows. */
  public static DesignRank of(DesignMatrix design) {
    return of(design, row -> true);
  }

  /** The rank over some rows. */
  public static DesignRank of(DesignMatrix design, IntPredicate rows) {
    double[][] swept = gram(design, rows);
    int p = swept.length;
    double[] lengths = new double[p];
    for (int column = 0; column < p; column++) {
      lengths[column] = swept[column][column];
    }
    List<Integer> independent = new ArrayList<>();
    List<Integer> dependent = new ArrayList<>();
    for (int column = 0; column < p; column++) {
      if (swept[column][column] > TOLERANCE * lengths[column]) {
        sweep(swept, column);
        independent.add(column);
      } else {
        dependent.add(column);
      }
    }
    return new DesignRank(swept, independent, dependent);
  }

  private static double[][] gram(DesignMatrix design, IntPredicate rows) {
    double[][] gram = new double[design.columns()][design.columns()];
    for (int row = 0; row < design.rows(); row++) {
      if (rows.test(row)) {
        int[] columns = design.nonZero(row);
        for (int i = 0; i < columns.length; i++) {
          for (int j = 0; j < columns.length; j++) {
            gram[columns[i]][columns[j]] += design.value(row, i) * design.value(row, j);
          }
        }
      }
    }
    return gram;
  }

  private static void sweep(double[][] a, int k) {
    int p = a.length;
    double pivot = a[k][k];
    double[] row = a[k];
    for (int j = 0; j < p; j++) {
      row[j] /= pivot;
    }
    row[k] = 1 / pivot;
    for (int i = 0; i < p; i++) {
      double factor = a[i][k];
      if (i != k && factor != 0) {
        for (int j = 0; j < p; j++) {
          a[i][j] -= factor * row[j];
        }
        a[i][k] = -factor / pivot;
      }
    }
  }

  /** Number of columns that say something of their own. */
  public int rank() {
    return independent.size();
  }

  /** Columns that follow from those before them, in order. */
  public List<Integer> dependent() {
    return dependent;
  }

  /**
   * A basis of what the rows cannot tell: for each dependent column the vector b of length p with
   * Xb = 0 that is 1 there.
   */
  public List<double[]> nullSpace() {
    return dependent.stream().map(this::nullVector).toList();
  }

  private double[] nullVector(int column) {
    double[] vector = new double[swept.length];
    vector[column] = 1;
    for (int other : independent) {
      double share = -swept[other][column];
      vector[other] = Math.abs(share) < TOLERANCE ? 0 : share;
    }
    return vector;
  }
}
