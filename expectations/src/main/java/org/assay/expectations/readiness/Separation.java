package org.assay.expectations.readiness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.assay.common.cells.Cell;
import org.assay.common.cells.DesignMatrix;

/**
 * Whether a logistic model has a finite maximum-likelihood estimate.
 *
 * <p>It has none if some direction b ≠ 0 has x'b = 0 in every cell with both outcomes, x'b ≥ 0 in
 * every cell of events alone and x'b ≤ 0 in every cell without: along it the likelihood never falls
 * (Albert and Anderson 1984, Biometrika 71). Cells with both outcomes that have full rank leave no
 * such direction; where one dimension is left, the signs of one vector decide; beyond that a linear
 * programme does (Konis 2007).
 *
 * @param rankMixed rank of the design over the cells with both outcomes
 * @param how what it took to decide
 * @param direction a direction of length p along which the estimates run to infinity; empty if all
 *     are finite
 */
public record Separation(int rankMixed, How how, Optional<double[]> direction) {
  private static final double TOLERANCE = 1e-7;
  private static final int MOST_PIVOTS = 100_000;

  /** What it took to decide. */
  public enum How {
    /** The rank of the cells with both outcomes. */
    RANK,
    /** The signs of the one vector that is left. */
    ONE_VECTOR,
    /** A linear programme. */
    LINEAR_PROGRAMME
  }

  /**
   * Decides.
   *
   * @param design of full rank over all its rows
   */
  public static Separation of(DesignMatrix design) {
    DesignRank mixed = DesignRank.of(design, row -> design.cell(row).isMixed());
    List<double[]> free = mixed.nullSpace();
    if (free.isEmpty()) {
      return new Separation(mixed.rank(), How.RANK, Optional.empty());
    }
    List<double[]> outward = outward(design, free);
    return free.size() == 1
        ? new Separation(mixed.rank(), How.ONE_VECTOR, bySigns(free.get(0), outward))
        : new Separation(mixed.rank(), How.LINEAR_PROGRAMME, byProgramme(free, outward));
  }

  /**
   * The cells of one outcome alone in the coordinates of the free directions, each turned so that a
   * separating direction has a product of 0 or more with all of them. Equal ones are kept once.
   */
  private static List<double[]> outward(DesignMatrix design, List<double[]> free) {
    Map<List<Double>, double[]> outward = new LinkedHashMap<>();
    for (int row = 0; row < design.rows(); row++) {
      Cell cell = design.cell(row);
      if (!cell.isMixed()) {
        double sign = cell.events() == 0 ? -1 : 1;
        double[] turned = new double[free.size()];
        List<Double> key = new ArrayList<>();
        boolean isZero = true;
        for (int k = 0; k < turned.length; k++) {
          double product = sign * design.dot(row, free.get(k));
          turned[k] = Math.abs(product) < TOLERANCE ? 0 : product;
          isZero &= turned[k] == 0;
          key.add(Math.rint(turned[k] / TOLERANCE));
        }
        if (!isZero) {
          outward.putIfAbsent(key, turned);
        }
      }
    }
    return List.copyOf(outward.values());
  }

  private static Optional<double[]> bySigns(double[] vector, List<double[]> outward) {
    boolean allUp = outward.stream().allMatch(turned -> turned[0] > 0);
    boolean allDown = outward.stream().allMatch(turned -> turned[0] < 0);
    if (!allUp && !allDown) {
      return Optional.empty();
    }
    double[] direction = vector.clone();
    for (int j = 0; j < direction.length; j++) {
      direction[j] *= allUp ? 1 : -1;
    }
    return Optional.of(direction);
  }

  /** Maximises the sum of the products over a box; above 0 there is a separating direction. */
  private static Optional<double[]> byProgramme(List<double[]> free, List<double[]> outward) {
    int d = free.size();
    double[] sum = new double[d];
    List<LinearConstraint> constraints = new ArrayList<>();
    for (double[] turned : outward) {
      constraints.add(new LinearConstraint(turned, Relationship.GEQ, 0));
      for (int k = 0; k < d; k++) {
        sum[k] += turned[k];
      }
    }
    for (int k = 0; k < d; k++) {
      double[] unit = new double[d];
      unit[k] = 1;
      constraints.add(new LinearConstraint(unit, Relationship.LEQ, 1));
      constraints.add(new LinearConstraint(unit, Relationship.GEQ, -1));
    }
    PointValuePair best =
        new SimplexSolver()
            .optimize(
                new MaxIter(MOST_PIVOTS),
                PivotSelectionRule.BLAND, // every constraint ends in 0: others may go in circles
                new LinearObjectiveFunction(sum, 0),
                new LinearConstraintSet(constraints),
                GoalType.MAXIMIZE,
                new NonNegativeConstraint(false));
    return best.getValue() > TOLERANCE
        ? Optional.of(combined(free, best.getPoint()))
        : Optional.empty();
  }

  private static double[] combined(List<double[]> free, double[] weights) {
    double[] direction = new double[free.get(0).length];
    for (int k = 0; k < weights.length; k++) {
      for (int j = 0; j < direction.length; j++) {
        direction[j] += weights[k] * free.get(k)[j];
      }
    }
    for (int j = 0; j < direction.length; j++) {
      direction[j] = Math.abs(direction[j]) < TOLERANCE ? 0 : direction[j];
    }
    return direction;
  }
}
