package org.assay.expectations;

import static java.util.Objects.requireNonNull;
import static org.assay.common.run.Sentences.format;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where a number must lie: within one or two limits, each included unless it is strict.
 *
 * @param min the least; empty where nothing is too little
 * @param max the most; empty where nothing is too much
 */
public record Bounds(Optional<Limit> min, Optional<Limit> max) {

  /**
   * One end.
   *
   * @param value the number; of a date, its days since 1970
   * @param shown as it was written
   * @param strict whether the limit itself is outside
   */
  public record Limit(double value, String shown, boolean strict) {}

  public Bounds {
    requireNonNull(min, "min is null");
    if (min.isEmpty() && max.isEmpty()) {
      throw new IllegalArgumentException("min_value or max_value is needed.");
    }
    if (min.isPresent() && max.isPresent()) {
      boolean isStrict = min.get().strict() || max.get().strict();
      double room = max.get().value() - min.get().value();
      if (room < 0 || room == 0 && isStrict) {
        throw new IllegalArgumentException(
            "nothing lies between min_value %s and max_value %s."
                .formatted(min.get().shown(), max.get().shown()));
      }
    }
  }

  /** Exactly this number. */
  public static Bounds exactly(long number) {
    Limit limit = new Limit(number, format("%,d", number), false);
    return new Bounds(Optional.of(limit), Optional.of(limit));
  }

  /** This number or more. */
  public static Bounds atLeast(long number) {
    return new Bounds(
        Optional.of(new Limit(number, format("%,d", number), false)), Optional.empty());
  }

  /** Whether a number is within. */
  public boolean allows(double number) {
    boolean enough =
        min.map(m -> m.strict() ? number > m.value() : number >= m.value()).orElse(true);
    boolean notTooMuch =
        max.map(m -> m.strict() ? number < m.value() : number <= m.value()).orElse(true);
    return enough && notTooMuch;
  }

  /** A number within or without, as the limits are written. */
  public String shown(double number) {
    boolean isDate =
        min.or(() -> max).map(limit -> limit.shown().matches("\\d{4}-\\d{2}-\\d{2}")).orElse(false);
    if (isDate) {
      return LocalDate.ofEpochDay(Math.round(number)).toString();
    }
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? format("%,d", (long) number)
        : format("%.6g", number);
  }

  /** As words that follow "is not". */
  public String sentence() {
    if (min.isPresent() && max.isPresent()) {
      Limit least = min.get();
      Limit most = max.get();
      if (least.value() == most.value()) {
        return least.shown();
      }
      return least.strict() || most.strict()
          ? "%s %s and %s %s"
              .formatted(
                  least.strict() ? "above" : "at least",
                  least.shown(),
                  most.strict() ? "below" : "at most",
                  most.shown())
          : "between %s and %s".formatted(least.shown(), most.shown());
    }
    return min.map(m -> m.strict() ? "above " + m.shown() : m.shown() + " or more")
        .orElseGet(
            () -> max.map(m -> m.strict() ? "below " + m.shown() : m.shown() + " or less").get());
  }
}
