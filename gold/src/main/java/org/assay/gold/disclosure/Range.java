package org.assay.gold.disclosure;

/**
 * The integers that a count may be, as far as anybody can tell.
 *
 * @param low the least
 * @param high the greatest; {@link #MANY} where nothing bounds it
 */
public record Range(long low, long high) {
  /** No count is so large. */
  public static final long MANY = 1L << 50;

  /** Any count at all. */
  public static final Range ANY = new Range(0, MANY);

  /** A count that is known. */
  public static Range exactly(long value) {
    return new Range(value, value);
  }

  /** How many integers there are; 0 for none. */
  public long size() {
    return Math.max(0, high - low + 1);
  }

  /** What both allow. */
  public Range and(Range other) {
    return new Range(Math.max(low, other.low), Math.min(high, other.high));
  }

  /** Whether nothing bounds it from above. */
  boolean isUnbounded() {
    return high >= MANY;
  }

  /** Whether it may be this count. */
  public boolean contains(long count) {
    return count >= low && count <= high;
  }
}
