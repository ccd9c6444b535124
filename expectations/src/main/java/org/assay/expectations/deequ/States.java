package org.assay.expectations.deequ;

import com.amazon.deequ.analyzers.MaxState;
import com.amazon.deequ.analyzers.MeanState;
import com.amazon.deequ.analyzers.MinState;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.StandardDeviationState;
import com.amazon.deequ.analyzers.State;
import com.amazon.deequ.analyzers.SumState;
import java.util.Optional;
import scala.Option;

/**
 * Deequ's states as texts, under names of our own with a version: Deequ's own store names them by
 * the text of their analyzers, which changes from version to version.
 */
final class States {
  private static final String VERSION = "1";

  private States() {}

  /** The text of a state; empty if it is of a kind that is not kept. */
  static Optional<String> text(State<?> state) {
    if (state instanceof NumMatches s) {
      return text("matches", s.numMatches());
    }
    if (state instanceof NumMatchesAndCount s) {
      return text("matches_and_count", s.numMatches(), s.count());
    }
    if (state instanceof MeanState s) {
      return text("mean", s.sum(), s.count());
    }
    if (state instanceof SumState s) {
      return text("sum", s.sum());
    }
    if (state instanceof MinState s) {
      return text("min", s.minValue());
    }
    if (state instanceof MaxState s) {
      return text("max", s.maxValue());
    }
    return state instanceof StandardDeviationState s
        ? text("standard_deviation", s.n(), s.avg(), s.m2())
        : Optional.empty();
  }

  private static Optional<String> text(String kind, Object... numbers) {
    StringBuilder text = new StringBuilder(VERSION + ":" + kind);
    for (Object number : numbers) {
      text.append(':').append(number);
    }
    return Optional.of(text.toString());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalStateException if another version wrote it
   */
  static State<?> state(String text) {
    String[] parts = text.split(":");
    if (!parts[0].equals(VERSION)) {
      throw new IllegalStateException(
          "A state of metrics has version %s and this version of Assay reads %s."
              .formatted(parts[0], VERSION));
    }
    return switch (parts[1]) {
      case "matches" -> new NumMatches(whole(parts[2]));
      case "matches_and_count" ->
          new NumMatchesAndCount(whole(parts[2]), whole(parts[3]), Option.empty());
      case "mean" -> new MeanState(number(parts[2]), whole(parts[3]));
      case "sum" -> new SumState(number(parts[2]));
      case "min" -> new MinState(number(parts[2]), Option.empty());
      case "max" -> new MaxState(number(parts[2]), Option.empty());
      case "standard_deviation" ->
          new StandardDeviationState(number(parts[2]), number(parts[3]), number(parts[4]));
      default -> throw new IllegalStateException("\"%s\" is no state.".formatted(parts[1]));
    };
  }

  private static long whole(String text) {
    return Long.parseLong(text);
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }
}
