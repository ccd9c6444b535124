package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
 * The linear programme of some counts: their ranges, and the sums of which all other counts are
 * known. Its variables are counted from the least that each may be.
 *
 * @param at the variable of each count
 * @param low the least of each variable
 * @param constraints what must hold
 */
record Programme(Map<Integer, Integer> at, double[] low, List<LinearConstraint> constraints) {
  private static final int MAX_ITERATIONS = 10_000;

  /** Of these counts. */
  static Programme of(AdditiveTable<?> table, Range[] ranges, int[] counts) {
    Map<Integer, Integer> at = new HashMap<>();
    Set<Integer> lines = new TreeSet<>();
    for (int count : counts) {
      at.put(count, at.size());
      lines.addAll(table.sums().of(count));
    }
    double[] low = Arrays.stream(counts).mapToDouble(count -> ranges[count].low()).toArray();
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int count : counts) {
      if (!ranges[count].isUnbounded()) {
        double[] one = new double[counts.length];
        one[at.get(count)] = 1;
        constraints.add(
            new LinearConstraint(
                one, Relationship.LEQ, ranges[count].high() - ranges[count].low()));
      }
    }
    for (int number : lines) {
      int[] line = table.sums().line(number);
      if (IntStream.of(line).allMatch(i -> at.containsKey(i) || !Suppression.isOpen(ranges[i]))) {
        constraints.add(sum(line, ranges, at));
      }
    }
    return new Programme(at, low, constraints);
  }

  private static LinearConstraint sum(int[] line, Range[] ranges, Map<Integer, Integer> at) {
    double[] sum = new double[at.size()];
    double right = 0;
    for (int k = 0; k < line.length; k++) {
      double sign = k == 0 ? -1 : 1;
      right -= sign * ranges[line[k]].low(); // what is known is at its least, and stays there
      if (at.containsKey(line[k])) {
        sum[at.get(line[k])] += sign;
      }
    }
    return new LinearConstraint(sum, Relationship.EQ, right);
  }

  /** The least or the most that a count may be; {@link Range#MANY} where nothing bounds it. */
  double optimum(int count, GoalType goal) {
    double[] objective = new double[at.size()];
    objective[at.get(count)] = 1;
    try {
      return low[at.get(count)]
          + new SimplexSolver()
              .optimize(
                  new MaxIter(MAX_ITERATIONS),
                  new LinearObjectiveFunction(objective, 0),
                  new LinearConstraintSet(constraints),
                  goal,
                  new NonNegativeConstraint(true))
              .getValue();
    } catch (UnboundedSolutionException e) {
      return Range.MANY; // nothing bounds it, which is what it should be
    }
  }
}
