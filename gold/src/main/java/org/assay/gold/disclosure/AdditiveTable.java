package org.assay.gold.disclosure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Counts that add up: whoever knows a total and all parts but one knows that one. Each count is
 * shown, rounded, or withheld; from what is shown, bounds follow for what is not.
 *
 * @param <K> what names a count
 */
public final class AdditiveTable<K> {
  private static final int MAX_ROUNDS = 200;

  private final Rule rule;
  private final Map<K, Integer> places = new HashMap<>();
  private final List<K> names = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Boolean> shown = new ArrayList<>();
  private final List<int[]> lines = new ArrayList<>();
  private final List<List<Integer>> linesOf = new ArrayList<>();
  private final List<int[]> told = new ArrayList<>();
  private final List<Range> known = new ArrayList<>();

  /** How much is lost where a count is withheld for the sake of another. */
  public enum Worth {
    /** One level. */
    LEVEL,
    /** A level that others are compared with. */
    REFERENCE,
    /** All people of an area. */
    TOTAL
  }

  private record Entry(long count, boolean isMeant, Worth worth) {}

  public AdditiveTable(Rule rule) {
    this.rule = rule;
  }

  /**
   * Adds a count, or does nothing if it is there.
   *
   * @param isPublished whether it is meant to be shown; what is never shown, such as people without
   *     the outcome, has to be protected all the same
   */
  public void add(K name, long count, boolean isPublished) {
    add(name, count, isPublished, Worth.LEVEL);
  }

  /** Adds a count of some worth, or does nothing if it is there. */
  public void add(K name, long count, boolean isPublished, Worth worth) {
    if (!places.containsKey(name)) {
      places.put(name, names.size());
      names.add(name);
      entries.add(new Entry(count, isPublished, worth));
      shown.add(isPublished && !rule.suppresses(count));
      linesOf.add(new ArrayList<>());
      known.add(Range.ANY);
    }
  }

  /** Says that some counts add up to another; all must have been added. */
  public void sum(K total, List<K> parts) {
    long added = parts.stream().mapToLong(part -> count(places.get(part))).sum();
    if (added != count(places.get(total))) {
      throw new IllegalArgumentException(
          "%s do not add up to %s: %d and %d"
              .formatted(parts, total, added, count(places.get(total))));
    }
    int[] line = new int[parts.size() + 1];
    line[0] = places.get(total);
    for (int i = 0; i < parts.size(); i++) {
      line[i + 1] = places.get(parts.get(i));
    }
    for (int place : line) {
      linesOf.get(place).add(lines.size());
    }
    lines.add(line);
  }

  /**
   * Says that these counts are as good as told exactly as long as all of them are shown, because
   * something else is published that is computed from them without rounding, such as estimates.
   */
  public void told(List<K> together) {
    told.add(together.stream().mapToInt(places::get).toArray());
  }

  /** Says what somebody can know of a count beforehand, such as from an earlier publication. */
  public void known(K name, Range range) {
    int place = places.get(name);
    known.set(place, known.get(place).and(range));
  }

  /**
   * Says that a count was withheld before. It stays so, as the same counts are to be published
   * alike again.
   */
  public void wasWithheld(K name) {
    hide(places.get(name));
  }

  /** Whether a count is there. */
  public boolean has(K name) {
    return places.containsKey(name);
  }

  /** Whether a count is shown. */
  public boolean isShown(K name) {
    return shown.get(places.get(name));
  }

  /** Shows it no longer. */
  void hide(int place) {
    shown.set(place, false);
  }

  /** Shows it again. */
  void show(int place) {
    shown.set(place, true);
  }

  /**
   * The ranges after a count is shown.
   *
   * @param ranges those while it was not, of everything propagated
   */
  Range[] shownToo(int place, Range[] ranges) {
    Range[] now = ranges.clone();
    now[place] = now[place].and(alone(place, true));
    for (int[] together : told) {
      if (contains(together, place) && Arrays.stream(together).allMatch(shown::get)) {
        for (int of : together) {
          now[of] = Range.exactly(count(of));
        }
      }
    }
    Deque<Integer> open = new ArrayDeque<>();
    IntStream.range(0, size())
        .filter(i -> !now[i].equals(ranges[i]))
        .forEach(i -> open.addAll(linesOf.get(i)));
    for (int steps = 0; !open.isEmpty() && steps < MAX_ROUNDS * lines.size(); steps++) {
      int[] line = lines.get(open.removeFirst());
      Range[] before = Arrays.stream(line).mapToObj(of -> now[of]).toArray(Range[]::new);
      if (tighten(line, now)) {
        IntStream.range(0, line.length)
            .filter(i -> !now[line[i]].equals(before[i]))
            .forEach(i -> open.addAll(linesOf.get(line[i])));
      }
    }
    return now;
  }

  private static boolean contains(int[] places, int place) {
    return Arrays.stream(places).anyMatch(i -> i == place);
  }

  /** All counts. */
  public List<K> names() {
    return List.copyOf(names);
  }

  int size() {
    return names.size();
  }

  long count(int place) {
    return entries.get(place).count();
  }

  Worth worth(int place) {
    return entries.get(place).worth();
  }

  /** Whether anything is known of it beforehand, so that withholding it helps nobody. */
  boolean isKnown(int place) {
    return !known.get(place).equals(Range.ANY);
  }

  /**
   * Whether nobody may learn it: a small count, or one that is withheld as if it were. What may be
   * any count at all, such as how many of a level another factor leaves out, is told by nothing.
   */
  boolean isProtected(int place) {
    return rule.isSmall(count(place))
        || entries.get(place).isMeant() && rule.suppresses(count(place));
  }

  boolean isShown(int place) {
    return shown.get(place);
  }

  K name(int place) {
    return names.get(place);
  }

  Rule rule() {
    return rule;
  }

  /** For each sum its total and then its parts, as places. */
  List<int[]> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** The sums in which a count is, as places of {@link #lines}. */
  List<Integer> linesOf(int place) {
    return Collections.unmodifiableList(linesOf.get(place));
  }

  /**
   * What each count may be before anything is added up. Nobody is told whether a count is withheld
   * because it is small or for the sake of others; an attacker who knows is assumed.
   */
  Range[] alone() {
    Range[] ranges = new Range[size()];
    Arrays.setAll(ranges, i -> alone(i, shown.get(i)));
    for (int[] together : told) {
      if (Arrays.stream(together).allMatch(shown::get)) {
        for (int place : together) {
          ranges[place] = Range.exactly(count(place));
        }
      }
    }
    return ranges;
  }

  private Range alone(int place, boolean isShown) {
    long count = count(place);
    boolean isBehindARule = isShown || entries.get(place).isMeant() && rule.suppresses(count);
    return (isBehindARule ? rule.behind(count) : Range.ANY).and(known.get(place));
  }

  /**
   * What each count may be after everything is added up, by propagating bounds through the sums
   * until nothing changes: at least all that is possible.
   */
  public Map<K, Range> bounds() {
    Range[] ranges = propagated();
    Map<K, Range> bounds = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      bounds.put(names.get(i), ranges[i]);
    }
    return bounds;
  }

  Range[] propagated() {
    return propagated(alone());
  }

  /** The same if everything were withheld. */
  Range[] withheld() {
    Range[] ranges = new Range[size()];
    Arrays.setAll(ranges, i -> alone(i, false));
    return propagated(ranges);
  }

  private Range[] propagated(Range[] ranges) {
    boolean isTighter = true;
    for (int round = 0; isTighter && round < MAX_ROUNDS; round++) {
      isTighter = false;
      for (int[] line : lines) {
        isTighter |= tighten(line, ranges);
      }
    }
    return ranges;
  }

  /** Whether a sum has told anything of its counts. */
  private static boolean tighten(int[] line, Range[] ranges) {
    long low = 0;
    long high = 0;
    int unbounded = 0;
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      low += part.low();
      unbounded += part.isUnbounded() ? 1 : 0;
      high += part.isUnbounded() ? 0 : part.high();
    }
    boolean isTighter = set(ranges, line[0], new Range(low, unbounded > 0 ? Range.MANY : high));
    Range total = ranges[line[0]];
    for (int i = 1; i < line.length; i++) {
      Range part = ranges[line[i]];
      long othersLow = low - part.low();
      boolean othersUnbounded = unbounded > (part.isUnbounded() ? 1 : 0);
      long othersHigh = high - (part.isUnbounded() ? 0 : part.high());
      Range left =
          new Range(
              othersUnbounded ? 0 : Math.max(0, total.low() - othersHigh),
              total.isUnbounded() ? Range.MANY : total.high() - othersLow);
      isTighter |= set(ranges, line[i], left);
      Range now = ranges[line[i]]; // so that the parts that follow see it
      low += now.low() - part.low();
      unbounded -= part.isUnbounded() && !now.isUnbounded() ? 1 : 0;
      high += (now.isUnbounded() ? 0 : now.high()) - (part.isUnbounded() ? 0 : part.high());
    }
    return isTighter;
  }

  private static boolean set(Range[] ranges, int place, Range range) {
    Range both = ranges[place].and(range);
    boolean isTighter = !both.equals(ranges[place]);
    ranges[place] = both;
    return isTighter;
  }
}
