package org.assay.gold.disclosure;

/** How counts are suppressed and rounded before anybody sees them. */
public enum Rule {
  /**
   * NHS England's, for counts below national level: 1 to 7 are suppressed, others rounded to the
   * nearest 5; 0 stays 0.
   */
  NHS {
    @Override
    public boolean suppresses(long count) {
      return count >= 1 && count <= 7;
    }

    @Override
    public long rounded(long count) {
      return nearest5(count);
    }

    @Override
    public Range behind(long count) {
      return suppresses(count) ? new Range(1, 7) : behindRounded(count, 8);
    }
  },

  /** Of the Integrated Data Service: below 10 suppressed, 0 as well, others rounded to 5. */
  TEN_FIVE {
    @Override
    public boolean suppresses(long count) {
      return count < 10;
    }

    @Override
    public long rounded(long count) {
      return nearest5(count);
    }

    @Override
    public Range behind(long count) {
      return suppresses(count)
          ? new Range(0, 9)
          : new Range(Math.max(10, nearest5(count) - 2), nearest5(count) + 2);
    }
  },

  /** OpenSAFELY's: the middle of six, so that 1 to 6 are 3; 0 stays 0. */
  MIDPOINT6 {
    @Override
    public boolean suppresses(long count) {
      return false;
    }

    @Override
    public long rounded(long count) {
      return count == 0 ? 0 : (count + 5) / 6 * 6 - 3;
    }

    @Override
    public Range behind(long count) {
      return count == 0 ? Range.exactly(0) : new Range(rounded(count) - 2, rounded(count) + 3);
    }
  },

  /** Nothing is hidden; the configuration says why. */
  NONE {
    @Override
    public boolean suppresses(long count) {
      return false;
    }

    @Override
    public long rounded(long count) {
      return count;
    }

    @Override
    public Range behind(long count) {
      return Range.exactly(count);
    }
  };

  /** What formulas see of any count that is withheld. */
  static final long WITHHELD = 5;

  /** Counts of which nobody may learn that they are small. */
  private static final long SMALL = 7;

  /** Whether a count is withheld. */
  public abstract boolean suppresses(long count);

  /** What is shown of a count that is not withheld. */
  public abstract long rounded(long count);

  /** The counts that are shown like this one, or withheld like it. */
  public abstract Range behind(long count);

  /** Whether so few people, events or people without could be recognised. */
  public boolean isSmall(long count) {
    return this != NONE && count >= 1 && count <= SMALL;
  }

  private static long nearest5(long count) {
    return (count + 2) / 5 * 5;
  }

  private static Range behindRounded(long count, long least) {
    return count == 0
        ? Range.exactly(0)
        : new Range(Math.max(least, nearest5(count) - 2), nearest5(count) + 2);
  }
}
