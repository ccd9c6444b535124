package org.assay.gold.open;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.linear.UnboundedSolutionException;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * Which integers some counts can be, by linear programmes over everything that they are sums of.
 * Its variables are by how much each of the finest counts is not what it is in truth: all zero is
 * possible, which is where every programme begins.
 *
 * @param <K> what names a count
 */
final class Feasible<K> {
  private static final double ROUNDING = 1e-6;
  private static final double UNBOUNDED = 1e6;

  /** A sum of the finest counts, and what it can be. */
  private record Sum(double[] of, long truth, double low, double high) {
    Sum and(double atLeast, double atMost) {
      return new Sum(of, truth, Math.max(low, atLeast), Math.min(high, atMost));
    }
  }

  private final Map<K, Sum> sums = new LinkedHashMap<>();
  private List<LinearConstraint> constraints;

  /**
   * Adds a count, which is not negative.
   *
   * @param of how often each of the finest counts is in it
   */
  void add(K count, double[] of, long truth) {
    sums.put(count, new Sum(of, truth, 0, Double.POSITIVE_INFINITY));
  }

  /** Says what a count can be. */
  void within(K count, double low, double high) {
    Sum sum = sums.get(count);
    if (sum.truth() < low || sum.truth() > high) {
      throw new IllegalArgumentException("%s is not from %s to %s".formatted(count, low, high));
    }
    sums.put(count, sum.and(low, high));
    constraints = null;
  }

  /** How many integers a count can be, or at least as many as are enough. */
  long integers(K count, long enough) {
    Sum sum = sums.get(count);
    double high = Math.min(sum.high(), sum.truth() + reach(sum, GoalType.MAXIMIZE));
    long above = (long) Math.floor(high + ROUNDING) - sum.truth();
    if (above + 1 >= enough) {
      return above + 1; // what is below it takes as long to find
    }
    double low = Math.max(sum.low(), sum.truth() - reach(sum, GoalType.MINIMIZE));
    return above + 1 + sum.truth() - (long) Math.ceil(low - ROUNDING);
  }

  /** How far a sum can be from its truth. */
  private double reach(Sum sum, GoalType goal) {
    try {
      return Math.abs(
          new SimplexSolver()
              .optimize(
                  new MaxIter(100_000),
                  new LinearObjectiveFunction(sum.of(), 0),
                  new LinearConstraintSet(constraints()),
                  goal,
                  new NonNegativeConstraint(false))
              .getValue());
    } catch (UnboundedSolutionException e) {
      return UNBOUNDED; // he learns nothing
    }
  }

  private List<LinearConstraint> constraints() {
    if (constraints == null) {
      constraints = new ArrayList<>();
      for (Sum sum : sums.values()) {
        if (sum.high() < Double.POSITIVE_INFINITY) {
          constraints.add(
              new LinearConstraint(sum.of(), Relationship.LEQ, sum.high() - sum.truth()));
        }
        double[] negative = sum.of().clone();
        for (int i = 0; i < negative.length; i++) {
          negative[i] = -negative[i];
        }
        constraints.add(new LinearConstraint(negative, Relationship.LEQ, sum.truth() - sum.low()));
      }
    }
    return constraints;
  }
}
