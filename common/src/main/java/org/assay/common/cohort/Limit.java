package org.assay.common.cohort;

import org.assay.common.config.Section;

/**
 * Two limits of one figure: beyond the first a region says so, beyond the second it is held.
 *
 * @param warn where it is told
 * @param hold where it is held
 */
public record Limit(double warn, double hold) {
  public Limit {
    if (!(warn >= 0) || !(hold >= 0)) {
      throw new IllegalArgumentException(
          "warn and hold must be 0 or more, not %s and %s.".formatted(warn, hold));
    }
  }

  /** What to do with a figure that is bad when it is large. */
  public Action above(double figure) {
    return figure > hold ? Action.HOLD : figure > warn ? Action.WARN : Action.NONE;
  }

  /** What to do with a figure that is bad when it is small. */
  public Action below(double figure) {
    return figure < hold ? Action.HOLD : figure < warn ? Action.WARN : Action.NONE;
  }

  /** What a figure calls for. */
  public enum Action {
    NONE,
    WARN,
    HOLD
  }

  /** Reads a block {@code { warn, hold }}; what it does not say is as in the other. */
  static Limit from(Section section, String key, Limit otherwise) {
    return section
        .optionalSection(key)
        .flatMap(
            limits -> {
              double warn = limits.decimal("warn", otherwise.warn);
              double hold = limits.decimal("hold", otherwise.hold);
              return limits.build(() -> new Limit(warn, hold));
            })
        .orElse(otherwise);
  }
}
