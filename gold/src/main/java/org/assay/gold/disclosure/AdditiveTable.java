package org.assay.gold.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts that add up: whoever knows a total and all parts but one knows that one. Each count is
 * shown, rounded, or withheld; from what is shown, bounds follow for what is not.
 *
 * @param <K> what names a count
 */
public final class AdditiveTable<K> {
  private final Rule rule;
  private final Map<K, Integer> places = new HashMap<>();
  private final List<K> names = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Boolean> shown = new ArrayList<>();
  private final Sums sums = new Sums();
  private final List<int[]> told = new ArrayList<>();
  private final List<List<int[]>> toldOf = new ArrayList<>();
  private final Map<Integer, Figure> figures = new HashMap<>();
  private final List<List<Integer>> figuresOf = new ArrayList<>();
  private final List<List<Integer>> figuresBeside = new ArrayList<>();
  private final List<Range> known = new ArrayList<>();

  /** How much is lost where a count is withheld for the sake of another. */
  public enum Worth {
    /** What is computed of some counts. */
    FIGURE,
    /** One level. */
    LEVEL,
    /** A level that others are compared with. */
    REFERENCE,
    /** All people of an area. */
    TOTAL
  }

  /** What is done with a count where nothing is to be protected. */
  private enum Use {
    /** It is shown. */
    SHOWN,
    /** It never is, and has to be protected all the same. */
    DERIVED,
    /** It never is; only the sums of which it is a part have to be protected. */
    FINER,
    /** It is no count but a figure. */
    FIGURE
  }

  private record Entry(long count, Use use, Worth worth) {
    boolean isMeant() {
      return use == Use.SHOWN;
    }
  }

  /** Something that is computed of rounded counts, and is shown only beside some others. */
  private record Figure(int[] inputs, int[] beside) {}

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
    Use use = isPublished ? Use.SHOWN : Use.DERIVED;
    add(name, new Entry(count, use, worth), isPublished && !rule.suppresses(count));
  }

  /**
   * Adds a count that is finer than any that is shown, or does nothing if it is there. What it may
   * tell of its sums matters, not what is told of it.
   */
  public void addFiner(K name, long count) {
    add(name, new Entry(count, Use.FINER, Worth.LEVEL), false);
  }

  private void add(K name, Entry entry, boolean isShown) {
    if (!places.containsKey(name)) {
      places.put(name, names.size());
      names.add(name);
      entries.add(entry);
      shown.add(isShown);
      sums.addPlace();
      toldOf.add(new ArrayList<>());
      figuresOf.add(new ArrayList<>());
      figuresBeside.add(new ArrayList<>());
      known.add(Range.ANY);
    }
  }

  /**
   * Says that something is computed of rounded counts; as long as it is told, so is the rounding of
   * each of them. It can be withheld like a count, before any count is.
   *
   * @param name what names it, as if it were a count
   * @param inputs the counts
   * @param beside the counts without which it is not told: those of the people it is about
   */
  public void figure(K name, List<K> inputs, List<K> beside) {
    if (!places.containsKey(name)) {
      add(name, new Entry(0, Use.FIGURE, Worth.FIGURE), true);
      int place = places.get(name);
      inputs.forEach(input -> figuresOf.get(places.get(input)).add(place));
      beside.forEach(count -> figuresBeside.get(places.get(count)).add(place));
      figures.put(place, new Figure(at(inputs), at(beside)));
    }
  }

  private int[] at(List<K> counts) {
    return counts.stream().mapToInt(places::get).toArray();
  }

  /** Says that some counts add up to another; all must have been added. */
  public void sum(K total, List<K> parts) {
    long added = parts.stream().mapToLong(part -> count(places.get(part))).sum();
    if (added != count(places.get(total))) {
      throw new IllegalArgumentException(
          "%s do not add up to %s: %d and %d"
              .formatted(parts, total, added, count(places.get(total))));
    }
    sums.add(places.get(total), at(parts));
  }

  /**
   * Says that these counts are as good as told exactly as long as all of them are shown, because
   * something else is published that is computed from them without rounding, such as estimates.
   */
  public void told(List<K> together) {
    int[] places = at(together);
    told.add(places);
    for (int place : places) {
      toldOf.get(place).add(places);
    }
  }

  /** Says what somebody can know of a count beforehand, such as from an earlier publication. */
  public void known(K name, Range range) {
    int place = places.get(name);
    known.set(place, known.get(place).and(range));
  }

  /**
   * Says that a figure was told before, made of the same counts or of others that may not have
   * changed: withholding it now hides nothing.
   */
  public void tellsAlready(K figure) {
    known(figure, Range.exactly(0));
    for (int input : figures.get(places.get(figure)).inputs()) {
      known.set(input, known.get(input).and(rule.behind(count(input))));
    }
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

  /** Whether a count is shown, or a figure is unless a count beside it is withheld. */
  public boolean isShown(K name) {
    return shown.get(places.get(name));
  }

  private boolean isTold(int figure) {
    boolean isTold = shown.get(figure);
    for (int beside : figures.get(figure).beside()) {
      isTold &= shown.get(beside);
    }
    return isTold;
  }

  /** Whether a count is shown, or a figure that is told is made of it. */
  private boolean isToldAtAll(int place) {
    boolean isTold = shown.get(place);
    for (int figure : figuresOf.get(place)) {
      isTold = isTold || isTold(figure);
    }
    return isTold;
  }

  /** What to withhold so that a count is told by nothing: itself, and the figures made of it. */
  List<Integer> tellers(int place) {
    List<Integer> tellers = new ArrayList<>();
    if (shown.get(place)) {
      tellers.add(place);
    }
    figuresOf.get(place).stream().filter(this::isTold).forEach(tellers::add);
    return tellers;
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
   * What follows if a count or a figure is shown.
   *
   * @param ranges those while it was not, of everything propagated; they become what follows
   * @return the ranges that have changed, as they were
   */
  Map<Integer, Range> shownToo(int place, Range[] ranges) {
    Map<Integer, Range> before = new HashMap<>();
    narrow(ranges, place, alone(place, true), before);
    Stream.concat(Stream.of(place).filter(figures::containsKey), figuresBeside.get(place).stream())
        .filter(this::isTold)
        .flatMapToInt(figure -> Arrays.stream(figures.get(figure).inputs()))
        .forEach(input -> narrow(ranges, input, alone(input, true), before));
    for (int[] together : toldOf.get(place)) {
      if (Arrays.stream(together).allMatch(shown::get)) {
        for (int of : together) {
          narrow(ranges, of, Range.exactly(count(of)), before);
        }
      }
    }
    sums.propagate(ranges, before);
    return before;
  }

  private static void narrow(Range[] ranges, int place, Range to, Map<Integer, Range> before) {
    Range was = ranges[place];
    ranges[place] = was.and(to);
    if (!ranges[place].equals(was)) {
      before.putIfAbsent(place, was);
    }
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
    Entry entry = entries.get(place);
    return entry.use() != Use.FINER && rule.isSmall(entry.count())
        || entry.isMeant() && rule.suppresses(entry.count());
  }

  K name(int place) {
    return names.get(place);
  }

  Rule rule() {
    return rule;
  }

  /** Which places add up to which. */
  Sums sums() {
    return sums;
  }

  /**
   * What each count may be before anything is added up. Nobody is told whether a count is withheld
   * because it is small or for the sake of others; an attacker who knows is assumed.
   */
  Range[] alone() {
    Range[] ranges = new Range[size()];
    Arrays.setAll(ranges, i -> alone(i, isToldAtAll(i)));
    for (int[] together : told) {
      if (Arrays.stream(together).allMatch(shown::get)) {
        for (int place : together) {
          ranges[place] = Range.exactly(count(place));
        }
      }
    }
    return ranges;
  }

  private Range alone(int place, boolean isTold) {
    if (entries.get(place).use() == Use.FIGURE) {
      return known.get(place);
    }
    long count = count(place);
    boolean isBehindARule = isTold || entries.get(place).isMeant() && rule.suppresses(count);
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
    return sums.propagate(alone());
  }

  /** The same if everything were withheld. */
  Range[] withheld() {
    Range[] ranges = new Range[size()];
    Arrays.setAll(ranges, i -> alone(i, false));
    return sums.propagate(ranges);
  }
}
