package org.assay.common.cells;

import java.io.Serializable;

/**
 * The counts of one covariate pattern. Under addition cells are a commutative monoid, so they may
 * be summed over files, deliveries and coarser patterns in any order, exactly.
 *
 * @param n trials: people, or whatever a row counts
 * @param people distinct people behind them
 * @param events trials with the outcome
 * @param exposure time or size at risk, in the outcome's own unit; 0 where none is declared
 * @param squares what tells events that come together from independent ones
 */
public record Cell(long n, long people, long events, double exposure, Squares squares)
    implements Serializable {

  /**
   * Sums over people of products, which a variance by people needs; of rates only.
   *
   * @param events sum of squared events
   * @param eventsExposure sum of events times exposure
   * @param exposure sum of squared exposure
   */
  public record Squares(double events, double eventsExposure, double exposure)
      implements Serializable {
    /** Of nobody, and of counts among people. */
    public static final Squares NONE = new Squares(0, 0, 0);

    /** Where they were not summed: whatever is computed from them is no number. */
    public static final Squares UNKNOWN = new Squares(Double.NaN, Double.NaN, Double.NaN);

    Squares plus(Squares other) {
      return new Squares(
          events + other.events, eventsExposure + other.eventsExposure, exposure + other.exposure);
    }
  }

  /** The cell without anybody: the identity of {@link #plus}. */
  public static final Cell NOBODY = new Cell(0, 0, 0, 0);

  public Cell {
    if (n < 0 || people < 0 || events < 0 || !(exposure >= 0)) {
      throw new IllegalArgumentException(
          "A cell cannot hold negative counts: n=%d, people=%d, events=%d, exposure=%s"
              .formatted(n, people, events, exposure));
    }
  }

  /** A cell of which no products were summed. */
  public Cell(long n, long people, long events, double exposure) {
    this(n, people, events, exposure, exposure > 0 ? Squares.UNKNOWN : Squares.NONE);
  }

  /** People counted once each, some of them with the outcome. */
  public static Cell of(long n, long events) {
    return new Cell(n, n, events, 0);
  }

  /** Whether nothing could happen in it: no people, and no time at risk of any who were there. */
  public boolean isEmpty() {
    return n == 0 && exposure == 0;
  }

  /** Whether events are counted over time at risk, and not among people. */
  public boolean isRate() {
    return exposure > 0;
  }

  /** What events are divided by: time at risk, or trials. */
  public double size() {
    return isRate() ? exposure : n;
  }

  /** Events by {@link #size}. */
  public double rate() {
    return events / size();
  }

  /** Whether every trial had the outcome; over time at risk there can always be more. */
  public boolean isAllEvents() {
    return !isRate() && events == n;
  }

  /** Whether the likelihood bounds the cell from both sides: more and fewer could have happened. */
  public boolean isMixed() {
    return events > 0 && !isAllEvents();
  }

  /** The rarer of events and trials without; over time at risk the events. */
  public long rarer() {
    return isRate() ? events : Math.min(events, n - events);
  }

  /** Both cells together. */
  public Cell plus(Cell other) {
    return new Cell(
        Math.addExact(n, other.n),
        Math.addExact(people, other.people),
        Math.addExact(events, other.events),
        exposure + other.exposure,
        squares.plus(other.squares));
  }
}
