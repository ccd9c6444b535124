package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.assay.gold.disclosure.AdditiveTable.Worth;

/**
 * Secondary suppression: withholds further counts until no small count can be told from what is
 * shown. Of every count from 1 to 7, shown or not, at least three integers must remain possible.
 */
public final class Suppression {
  /** So many integers must remain possible of a small count. */
  public static final int LEAST_POSSIBLE = 3;

  /** What a programme's arithmetic may be off. */
  private static final double ROUNDING = 1e-6;

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
    List<Integer> hidden = withhold(table, lost);
    showAgain(table, hidden);
    // Programmes see what is near, and what is near changes with what is withheld: asked until they
    // find nothing in what is published, they find nothing in it next time.
    boolean isFound = true;
    while (isFound) {
      isFound = !withhold(table, lost).isEmpty();
    }
    return lost.stream().map(table::name).toList();
  }

  /**
   * Withholds counts until no small one is exposed but those that are lost.
   *
   * @param lost the small counts that nothing protects; those found now are added
   * @return what it has withheld
   */
  private static <K> List<Integer> withhold(AdditiveTable<K> table, Set<Integer> lost) {
    List<Integer> hidden = new ArrayList<>();
    Set<Integer> safe = new HashSet<>(); // withholding more never makes less possible
    Bounds bounds = new Bounds(table);
    List<Integer> exposed = exposed(table, bounds.now(), lost, safe);
    while (!exposed.isEmpty()) {
      int before = hidden.size();
      for (int place : exposed) {
        accomplice(table, place)
            .ifPresent(
                accomplice -> {
                  table.hide(accomplice);
                  hidden.add(accomplice);
                });
      }
      if (hidden.size() == before) {
        lost.addAll(exposed);
      }
      exposed = exposed(table, bounds.now(), lost, safe);
    }
    return hidden;
  }

  /**
   * Shows again what need not be withheld after all, the most worth first: each exposed count has
   * hidden one of its own, where one for several of them would have done. Only what leaves 1 to 7
   * possible by bounds, or tells nothing more, is shown, as programmes for each would take too
   * long.
   */
  private static <K> void showAgain(AdditiveTable<K> table, List<Integer> hidden) {
    List<Integer> costliest = new ArrayList<>(hidden);
    costliest.sort(cheapest(table).reversed());
    Range[] ranges = table.propagated();
    for (int place : costliest) {
      table.show(place);
      Map<Integer, Range> before = table.shownToo(place, ranges);
      if (tellsMore(table, before, ranges)) {
        table.hide(place);
        before.forEach((of, was) -> ranges[of] = was);
      }
    }
  }

  /**
   * Whether bounds of a small count have become narrower, and some count from 1 to 7 impossible.
   *
   * @param before the bounds that have changed, as they were
   */
  private static <K> boolean tellsMore(
      AdditiveTable<K> table, Map<Integer, Range> before, Range[] now) {
    return before.keySet().stream().anyMatch(i -> table.isProtected(i) && !isWide(now[i]));
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

  /**
   * Small counts of which too few integers are possible: by bounds; where bounds tell something, by
   * programmes.
   *
   * @param ranges what each may be as far as bounds tell
   * @param safe the counts of which enough have been proved to be possible; the ones proved now are
   *     added
   */
  private static <K> List<Integer> exposed(
      AdditiveTable<K> table, Range[] ranges, Set<Integer> lost, Set<Integer> safe) {
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
            .filter(i -> !isProtected(table, ranges, i))
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

  /**
   * The cheapest that is shown in a sum with an exposed count, or in one further away if there is a
   * figure or nothing nearer.
   */
  private static <K> Optional<Integer> accomplice(AdditiveTable<K> table, int exposed) {
    Optional<Integer> direct = inSums(table, exposed);
    if (direct.filter(i -> table.worth(i) == Worth.FIGURE).isPresent()) {
      return direct;
    }
    Optional<Integer> further =
        IntStream.of(table.sums().of(exposed))
            .boxed()
            .flatMap(line -> IntStream.of(table.sums().line(line)).boxed())
            .map(neighbour -> inSums(table, neighbour))
            .flatMap(Optional::stream)
            .min(cheapest(table));
    return direct.isEmpty() || further.filter(i -> table.worth(i) == Worth.FIGURE).isPresent()
        ? further
        : direct;
  }

  private static <K> Optional<Integer> inSums(AdditiveTable<K> table, int place) {
    return IntStream.of(table.sums().of(place))
        .boxed()
        .flatMap(line -> IntStream.of(table.sums().line(line)).boxed())
        .filter(i -> i != place)
        .flatMap(i -> table.tellers(i).stream())
        .filter(i -> !table.isKnown(i)) // withholding what is known hides nothing
        .min(cheapest(table));
  }

  /** A figure before a level, a level before a total, a small count first. */
  private static <K> Comparator<Integer> cheapest(AdditiveTable<K> table) {
    return Comparator.comparing((Integer i) -> table.worth(i) != Worth.FIGURE)
        .thenComparing(i -> table.count(i) == 0)
        .thenComparing(table::worth)
        .thenComparing(table::count)
        .thenComparing(i -> i);
  }

  /**
   * Whether enough integers are possible of a count: by an exchange, or else by linear programmes.
   * What lies between two possible values is possible, so the side with more room is asked first.
   */
  private static <K> boolean isProtected(AdditiveTable<K> table, Range[] ranges, int place) {
    Neighbourhood near = Neighbourhood.of(table, ranges, place);
    int member = near.member(place);
    if (new Exchange(near).proves(member, LEAST_POSSIBLE)) {
      return true;
    }
    Programme programme = Programme.of(near);
    long count = table.count(place);
    boolean upFirst = ranges[place].high() - count > count - ranges[place].low();
    long room = room(programme, member, count, upFirst);
    return room >= LEAST_POSSIBLE - 1
        || room + room(programme, member, count, !upFirst) >= LEAST_POSSIBLE - 1;
  }

  /** How many integers above or below the count are possible. */
  private static long room(Programme programme, int member, long count, boolean above) {
    return above
        ? (long) Math.floor(programme.optimum(member, GoalType.MAXIMIZE) + ROUNDING) - count
        : count - (long) Math.ceil(programme.optimum(member, GoalType.MINIMIZE) - ROUNDING);
  }
}
