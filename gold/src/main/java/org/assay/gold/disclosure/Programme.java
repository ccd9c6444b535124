package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.List;
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
 * The linear programme of a neighbourhood: its ranges and its sums. Its variables are its members,
 * counted from the least that each may be.
 *
 * @param near the neighbourhood
 * @param constraints what must hold
 */
record Programme(Neighbourhood near, List<LinearConstraint> constraints) {
  private static final int MAX_ITERATIONS = 10_000;

  /** Of a neighbourhood. */
  static Programme of(Neighbourhood near) {
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int member = 0; member < near.size(); member++) {
      Range range = near.ranges()[member];
      if (!range.isUnbounded()) {
        constraints.add(
            new LinearConstraint(one(near, member), Relationship.LEQ, range.high() - range.low()));
      }
    }
    near.sums().forEach(sum -> constraints.add(constraint(near, sum)));
    return new Programme(near, constraints);
  }

  private static double[] one(Neighbourhood near, int member) {
    double[] one = new double[near.size()];
    one[member] = 1;
    return one;
  }

  private static LinearConstraint constraint(Neighbourhood near, Neighbourhood.Sum sum) {
    double[] signs = new double[near.size()];
    double right = sum.sum();
    for (int i = 0; i < sum.members().length; i++) {
      int member = sum.members()[i];
      signs[member] += sum.signs()[i];
      right -= sum.signs()[i] * near.ranges()[member].low();
    }
    return new LinearConstraint(signs, Relationship.EQ, right);
  }

  /** The least or the most that a member may be; {@link Range#MANY} where nothing bounds it. */
  double optimum(int member, GoalType goal) {
    try {
      return near.ranges()[member].low()
          + new SimplexSolver()
              .optimize(
                  new MaxIter(MAX_ITERATIONS),
                  new LinearObjectiveFunction(one(near, member), 0),
                  new LinearConstraintSet(constraints),
                  goal,
                  new NonNegativeConstraint(true))
              .getValue();
    } catch (UnboundedSolutionException e) {
      return Range.MANY; // nothing bounds it, which is what it should be
    }
  }
}
