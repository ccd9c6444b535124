package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * Secondary suppression: withholds further counts until no small count can be told from what is
 * shown. Of every count from 1 to 7, shown or not, at least three integers must remain possible.
 */
public final class Suppression {
  /** So many integers must remain possible of a small count. */
  public static final int LEAST_POSSIBLE = 3;

  private static final int MAX_ITERATIONS = 10_000;

  /** A programme is about so many counts at least; what is further away bounds little. */
  private static final int NEAREST = 60;

  private Suppression() {}

  /**
   * Withholds what gives small counts away; what is shown afterwards may be.
   *
   * @return the small counts that withholding can no longer protect, as they follow from what is
   *     known beforehand; none if nothing is
   */
  public static <K> List<K> protect(AdditiveTable<K> table) {
    if (table.rule() == Rule.NONE) {
      return List.of();
    }
    Set<Integer> lost = hopeless(table);
    Set<Integer> safe = new HashSet<>(); // withholding more never makes less possible
    List<Integer> exposed = exposed(table, lost, safe);
    while (!exposed.isEmpty()) {
      if (!hidesAccomplices(table, exposed)) {
        lost.addAll(exposed);
      }
      exposed = exposed(table, lost, safe);
    }
    return lost.stream().map(table::name).toList();
  }

  /** Small counts that follow from what is known beforehand, even with everything withheld. */
  private static <K> Set<Integer> hopeless(AdditiveTable<K> table) {
    Range[] ranges = table.withheld();
    Set<Integer> hopeless = new TreeSet<>();
    for (int i = 0; i < table.size(); i++) {
      if (table.isProtected(i) && ranges[i].size() < LEAST_POSSIBLE) {
        hopeless.add(i);
      }
    }
    return hopeless;
  }

  /** Withholds one more count for each exposed one; says whether there was any. */
  private static <K> boolean hidesAccomplices(AdditiveTable<K> table, List<Integer> exposed) {
    boolean hasHidden = false;
    for (int place : exposed) {
      Optional<Integer> accomplice = accomplice(table, place);
      accomplice.ifPresent(table::hide);
      hasHidden |= accomplice.isPresent();
    }
    return hasHidden;
  }

  /**
   * Small counts of which too few integers are possible: by bounds; where bounds tell something, by
   * programmes.
   *
   * @param safe the counts of which enough have been proved to be possible; the ones proved now are
   *     added
   */
  private static <K> List<Integer> exposed(
      AdditiveTable<K> table, Set<Integer> lost, Set<Integer> safe) {
    Range[] ranges = table.propagated();
    List<Integer> small =
        IntStream.range(0, table.size())
            .filter(i -> table.isProtected(i) && !lost.contains(i) && !safe.contains(i))
            .boxed()
            .toList();
    List<Integer> bounded = small.stream().filter(i -> ranges[i].size() < LEAST_POSSIBLE).toList();
    if (!bounded.isEmpty()) {
      return bounded;
    }
    List<Integer> exposed =
        small.parallelStream()
            .filter(i -> !isWide(ranges[i])) // sums that say nothing alone hardly ever do together
            .filter(i -> possible(table, ranges, i) < LEAST_POSSIBLE)
            .sorted()
            .toList();
    safe.addAll(small);
    exposed.forEach(safe::remove);
    return exposed;
  }

  /** Whether bounds leave every small count possible. */
  private static boolean isWide(Range range) {
    return range.contains(1) && range.contains(7);
  }

  /** The cheapest count that is shown in a sum with an exposed one, or in one further away. */
  private static <K> Optional<Integer> accomplice(AdditiveTable<K> table, int exposed) {
    Optional<Integer> direct = inSums(table, exposed);
    return direct.isPresent()
        ? direct
        : table.linesOf(exposed).stream()
            .flatMap(line -> IntStream.of(table.lines().get(line)).boxed())
            .map(neighbour -> inSums(table, neighbour))
            .flatMap(Optional::stream)
            .min(cheapest(table));
  }

  private static <K> Optional<Integer> inSums(AdditiveTable<K> table, int place) {
    return table.linesOf(place).stream()
        .flatMap(line -> IntStream.of(table.lines().get(line)).boxed())
        .filter(i -> i != place && table.isShown(i))
        .filter(i -> !table.isKnown(i)) // withholding what is known hides nothing
        .min(cheapest(table));
  }

  /** A level before a total, a small count first. */
  private static <K> Comparator<Integer> cheapest(AdditiveTable<K> table) {
    return Comparator.comparing((Integer i) -> table.count(i) == 0)
        .thenComparing(table::worth)
        .thenComparing(table::count)
        .thenComparing(i -> i);
  }

  /** How many integers a count may be, by a linear programme over the sums it is connected with. */
  static <K> long possible(AdditiveTable<K> table, Range[] ranges, int place) {
    int[] connected = connected(table, ranges, place);
    double low = optimum(table, ranges, connected, place, GoalType.MINIMIZE);
    double high = optimum(table, ranges, connected, place, GoalType.MAXIMIZE);
    return (long) Math.floor(high + 1e-6) - (long) Math.ceil(low - 1e-6) + 1;
  }

  /**
   * The counts that are not known and are reached through sums of others that are not; the nearest.
   */
  private static <K> int[] connected(AdditiveTable<K> table, Range[] ranges, int place) {
    Set<Integer> reached = new LinkedHashSet<>(List.of(place));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty() && reached.size() < NEAREST) {
      for (int line : table.linesOf(open.removeFirst())) {
        for (int i : table.lines().get(line)) {
          if (isOpen(ranges[i]) && reached.add(i)) {
            open.addLast(i);
          }
        }
      }
    }
    return reached.stream().mapToInt(i -> i).sorted().toArray();
  }

  private static boolean isOpen(Range range) {
    return range.size() > 1;
  }

  private static <K> double optimum(
      AdditiveTable<K> table, Range[] ranges, int[] variables, int place, GoalType goal) {
    int n = variables.length;
    Map<Integer, Integer> at = new HashMap<>();
    Set<Integer> lines = new TreeSet<>();
    for (int v = 0; v < n; v++) {
      at.put(variables[v], v);
      lines.addAll(table.linesOf(variables[v]));
    }
    List<LinearConstraint> constraints = new ArrayList<>();
    double[] low = new double[n];
    for (int v = 0; v < n; v++) {
      low[v] = ranges[variables[v]].low(); // variables are counted from their least
      if (!ranges[variables[v]].isUnbounded()) {
        double[] one = new double[n];
        one[v] = 1;
        constraints.add(
            new LinearConstraint(one, Relationship.LEQ, ranges[variables[v]].high() - low[v]));
      }
    }
    for (int number : lines) {
      int[] line = table.lines().get(number);
      if (IntStream.of(line).allMatch(i -> at.containsKey(i) || !isOpen(ranges[i]))) {
        double[] sum = new double[n];
        double right = 0;
        for (int k = 0; k < line.length; k++) {
          double sign = k == 0 ? -1 : 1;
          right -= sign * ranges[line[k]].low(); // what is known is at its least, and stays there
          if (at.containsKey(line[k])) {
            sum[at.get(line[k])] += sign;
          }
        }
        constraints.add(new LinearConstraint(sum, Relationship.EQ, right));
      }
    }
    double[] objective = new double[n];
    objective[at.get(place)] = 1;
    try {
      return low[at.get(place)] + solved(objective, constraints, goal);
    } catch (UnboundedSolutionException e) {
      return Range.MANY; // nothing bounds it, which is what it should be
    }
  }

  private static double solved(
      double[] objective, List<LinearConstraint> constraints, GoalType goal) {
    return new SimplexSolver()
        .optimize(
            new MaxIter(MAX_ITERATIONS),
            new LinearObjectiveFunction(objective, 0),
            new LinearConstraintSet(constraints),
            goal,
            new NonNegativeConstraint(true))
        .getValue();
  }
}
