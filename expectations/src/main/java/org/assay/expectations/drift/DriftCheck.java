package org.assay.expectations.drift;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.assay.common.config.Section;
import org.assay.common.run.Fingerprint;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Metric;
import org.assay.expectations.Metric.Kind;

/**
 * A metric of an extract that is compared with that of its earlier deliveries.
 *
 * @param id names its history
 * @param measure what is compared
 * @param column the column; empty for the number of rows
 * @param strategy how it is compared
 * @param onDrift what happens if it has drifted
 */
public record DriftCheck(
    String id, Measure measure, String column, DriftStrategy strategy, OnDrift onDrift) {

  /** What is compared. */
  public enum Measure {
    ROW_COUNT,
    /** The share of rows that have a value. */
    COMPLETENESS,
    MEAN,
    /** The number of different values, the missing one among them. */
    DISTINCT_VALUES,
    /** How many values the last delivery did not have, the missing one among them. */
    NEW_LEVELS,
    /** How many values of the last delivery are no longer there. */
    LOST_LEVELS,
    /** The total variation distance between its shares of values and those of the last delivery. */
    LEVEL_SHARES;

    /** Whether it is a comparison with the last delivery already. */
    boolean isOfTheLast() {
      return this == NEW_LEVELS || this == LOST_LEVELS || this == LEVEL_SHARES;
    }
  }

  /** What happens if a metric has drifted. */
  public enum OnDrift {
    /** It is told. */
    WARN,
    /** The delivery is not accepted. */
    REFUSE
  }

  private static final Set<ColumnType> NUMBERS =
      EnumSet.of(ColumnType.INT, ColumnType.BIGINT, ColumnType.DOUBLE);

  public DriftCheck {
    requireNonNull(strategy, "strategy is null");
    if (measure == Measure.ROW_COUNT != column.isEmpty()) {
      throw new IllegalArgumentException(
          measure == Measure.ROW_COUNT
              ? "row_count has no column; leave it out."
              : "column is needed.");
    }
    if (measure.isOfTheLast() && !(strategy instanceof DriftStrategy.SimpleThreshold)) {
      throw new IllegalArgumentException(
          "%s is a comparison with the last delivery already; its strategy is simple_threshold."
              .formatted(measure.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** What is measured of a delivery for it. */
  public Metric metric() {
    return switch (measure) {
      case ROW_COUNT -> Metric.size();
      case COMPLETENESS -> Metric.of(Kind.COMPLETENESS, column);
      case MEAN -> Metric.of(Kind.MEAN, column);
      case DISTINCT_VALUES, NEW_LEVELS, LOST_LEVELS, LEVEL_SHARES ->
          Metric.levels(column, Optional.empty());
    };
  }

  /** Whether it needs the column's levels. */
  public boolean isAboutLevels() {
    return metric().kind() == Kind.LEVELS;
  }

  /** Digest of everything the check says. */
  public String fingerprint() {
    return Fingerprint.of(this).substring(0, 16);
  }

  /** Reads the list {@code drift} of an extract; what is wrong is recorded in its sections. */
  public static List<DriftCheck> from(Section extract, Map<String, ColumnType> types) {
    List<DriftCheck> checks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section entry : extract.list("drift")) {
      Measure measure = entry.choice("metric", Measure.class);
      String column =
          entry.has("column") ? entry.reference("column", List.copyOf(types.keySet())) : "";
      if (measure == Measure.MEAN
          && !NUMBERS.contains(types.getOrDefault(column, ColumnType.INT))) {
        entry.problem(
            "column",
            "%s is declared as %s, and a mean is of numbers."
                .formatted(column, types.get(column).sql()));
      }
      OnDrift onDrift = entry.choice("on_drift", OnDrift.class, OnDrift.WARN);
      Optional<DriftStrategy> strategy = strategy(entry, measure);
      String otherwise =
          "drift.%s%s"
              .formatted(
                  measure.name().toLowerCase(Locale.ROOT), column.isEmpty() ? "" : "." + column);
      String id = entry.text("id", otherwise);
      if (!ids.add(id)) {
        entry.problem("id", "\"%s\" is declared twice; give one of them an id.".formatted(id));
      }
      entry
          .build(() -> new DriftCheck(id, measure, column, strategy.orElseThrow(), onDrift))
          .ifPresent(checks::add);
    }
    return checks;
  }

  /** Levels that come or go are drift unless so many are allowed. */
  private static Optional<DriftStrategy> strategy(Section entry, Measure measure) {
    boolean isCount = measure == Measure.NEW_LEVELS || measure == Measure.LOST_LEVELS;
    if (isCount && !entry.has("upper_bound") && !entry.has("strategy")) {
      return Optional.of(
          new DriftStrategy.SimpleThreshold(OptionalDouble.empty(), OptionalDouble.of(0)));
    }
    return DriftStrategy.from(
        entry,
        measure.isOfTheLast()
            ? DriftStrategy.Name.SIMPLE_THRESHOLD
            : DriftStrategy.Name.RELATIVE_RATE_OF_CHANGE);
  }
}
