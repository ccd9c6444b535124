package org.assay.gold.disclosure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * Secondary suppression: withholds further counts until no small count can be told from what is
 * shown. Of every count from 1 to 7, shown or not, at least three integers must remain possible.
 */
public final class Suppression {
  /** So many integers must remain possible of a small count. */
  public static final int LEAST_POSSIBLE = 3;

  private static final int MAX_ITERATIONS = 10_000;

  /** A programme is about so many counts at least; what is further away bounds little. */
  private static final int NEAREST = 40;

  private Suppression() {}

  /** Withholds what gives small counts away; what is shown afterwards may be. */
  public static <K> void protect(AdditiveTable<K> table) {
    if (table.rule() == Rule.NONE) {
      return;
    }
    for (List<Integer> exposed = exposed(table); !exposed.isEmpty(); exposed = exposed(table)) {
      boolean helped = false;
      for (int place : exposed) {
        Optional<Integer> accomplice = accomplice(table, place);
        accomplice.ifPresent(table::hide);
        helped |= accomplice.isPresent();
      }
      if (!helped) {
        throw new IllegalStateException(
            "%s can be told from counts that are all withheld."
                .formatted(table.name(exposed.get(0))));
      }
    }
  }

  /** Small counts of which too few integers are possible. */
  private static <K> List<Integer> exposed(AdditiveTable<K> table) {
    Range[] ranges = table.propagated();
    return IntStream.range(0, table.size())
        .filter(i -> table.isProtected(i))
        .filter(
            i ->
                ranges[i].size() < LEAST_POSSIBLE
                    || mayBeTight(table, ranges, i) && possible(table, ranges, i) < LEAST_POSSIBLE)
        .boxed()
        .toList();
  }

  /** Whether anything but its own rule bounds a count; then sums together may bound it further. */
  private static <K> boolean mayBeTight(AdditiveTable<K> table, Range[] ranges, int place) {
    return !ranges[place].equals(table.rule().behind(table.count(place)));
  }

  /** The smallest count that is shown, and not 0, in a sum with an exposed one. */
  private static <K> Optional<Integer> accomplice(AdditiveTable<K> table, int exposed) {
    Optional<Integer> direct = inSums(table, exposed);
    return direct.isPresent()
        ? direct
        : table.lines().stream()
            .filter(line -> IntStream.of(line).anyMatch(i -> i == exposed))
            .flatMap(line -> IntStream.of(line).boxed())
            .map(neighbour -> inSums(table, neighbour))
            .flatMap(Optional::stream)
            .min(Comparator.comparing(i -> table.count(i)));
  }

  private static <K> Optional<Integer> inSums(AdditiveTable<K> table, int place) {
    return table.lines().stream()
        .filter(line -> IntStream.of(line).anyMatch(i -> i == place))
        .flatMap(line -> IntStream.of(line).boxed())
        .filter(i -> i != place && table.isShown(i))
        .min(
            Comparator.comparing((Integer i) -> table.count(i) == 0)
                .thenComparing(i -> table.count(i))
                .thenComparing(i -> i));
  }

  /** How many integers a count may be, by a linear programme over the sums it is connected with. */
  static <K> long possible(AdditiveTable<K> table, Range[] ranges, int place) {
    int[] connected = connected(table, ranges, place);
    double low = optimum(table, ranges, connected, place, GoalType.MINIMIZE);
    double high = optimum(table, ranges, connected, place, GoalType.MAXIMIZE);
    return (long) Math.floor(high + 1e-6) - (long) Math.ceil(low - 1e-6) + 1;
  }

  /** The counts that are reached through sums without passing one that is known; the nearest. */
  private static <K> int[] connected(AdditiveTable<K> table, Range[] ranges, int place) {
    boolean[] reached = new boolean[table.size()];
    reached[place] = true;
    boolean grows = true;
    while (grows && count(reached) < NEAREST) {
      grows = false;
      for (int[] line : table.lines()) {
        boolean touches = IntStream.of(line).anyMatch(i -> reached[i] && isOpen(ranges[i]));
        if (touches) {
          for (int i : line) {
            grows |= !reached[i];
            reached[i] = true;
          }
        }
      }
    }
    return IntStream.range(0, table.size()).filter(i -> reached[i]).toArray();
  }

  private static long count(boolean[] reached) {
    return IntStream.range(0, reached.length).filter(i -> reached[i]).count();
  }

  private static boolean isOpen(Range range) {
    return range.size() > 1;
  }

  private static <K> double optimum(
      AdditiveTable<K> table, Range[] ranges, int[] variables, int place, GoalType goal) {
    int n = variables.length;
    int[] at = new int[table.size()];
    for (int v = 0; v < n; v++) {
      at[variables[v]] = v + 1;
    }
    List<LinearConstraint> constraints = new java.util.ArrayList<>();
    double[] low = new double[n];
    for (int v = 0; v < n; v++) {
      low[v] = ranges[variables[v]].low(); // variables are counted from their least
      if (ranges[variables[v]].high() < Range.MANY) {
        double[] one = new double[n];
        one[v] = 1;
        constraints.add(
            new LinearConstraint(one, Relationship.LEQ, ranges[variables[v]].high() - low[v]));
      }
    }
    for (int[] line : table.lines()) {
      if (IntStream.of(line).allMatch(i -> at[i] > 0)) {
        double[] sum = new double[n];
        double right = 0;
        for (int k = 0; k < line.length; k++) {
          double sign = k == 0 ? -1 : 1;
          sum[at[line[k]] - 1] += sign;
          right -= sign * low[at[line[k]] - 1];
        }
        constraints.add(new LinearConstraint(sum, Relationship.EQ, right));
      }
    }
    double[] objective = new double[n];
    objective[at[place] - 1] = 1;
    return low[at[place] - 1]
        + new SimplexSolver()
            .optimize(
                new MaxIter(MAX_ITERATIONS),
                new LinearObjectiveFunction(objective, 0),
                new LinearConstraintSet(constraints),
                goal,
                new NonNegativeConstraint(true))
            .getValue();
  }
}
