package org.assay.expectations.drift;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assay.expectations.Measurement;
import org.assay.expectations.Measurement.Levels;
import org.assay.expectations.Metric;
import org.assay.expectations.Verdict;
import org.assay.expectations.drift.DriftCheck.Measure;

/** Compares a delivery with those before it. */
public final class Drift {
  private static final int MOST_NAMED = 5;

  /** What can be said of a delivery without rows. */
  private static final Set<Measure> OF_NOBODY = EnumSet.of(Measure.ROW_COUNT, Measure.LOST_LEVELS);

  private static final Levels NO_LEVELS = new Levels(Map.of(), 0);

  private final AnomalyDetection anomalies;

  public Drift(AnomalyDetection anomalies) {
    this.anomalies = anomalies;
  }

  /**
   * What became of a check.
   *
   * @param verdict pass, fail or unknown
   * @param isWarmingUp whether there is too little history to say anything
   */
  public record Finding(Verdict verdict, boolean isWarmingUp) {}

  /**
   * Judges a delivery. One without rows has a number of rows and has lost its levels; nothing else
   * can be said of it.
   *
   * @param rows its rows
   * @param measured what was measured of it
   * @param history what was measured of the accepted deliveries before it, earliest first, by the
   *     metric's name
   */
  public Map<DriftCheck, Finding> judge(
      List<DriftCheck> checks,
      long rows,
      Map<Metric, Measurement> measured,
      List<Map<String, Measurement>> history) {
    Map<DriftCheck, Finding> findings = new LinkedHashMap<>();
    for (DriftCheck check : checks) {
      List<Measurement> before = new ArrayList<>();
      for (Map<String, Measurement> past : history) {
        Measurement found = past.get(check.metric().name());
        if (found != null) {
          before.add(found);
        }
      }
      findings.put(check, judge(check, rows, measured.get(check.metric()), before));
    }
    return findings;
  }

  private Finding judge(
      DriftCheck check, long rows, Measurement measured, List<Measurement> before) {
    Measurement now = rows == 0 && check.measure() == Measure.LOST_LEVELS ? NO_LEVELS : measured;
    boolean isJudged = rows > 0 || OF_NOBODY.contains(check.measure());
    if (!isJudged || now instanceof Measurement.NoValues) {
      return new Finding(new Verdict.Evaluated(true, rows, 0, "no values"), false);
    }
    if (now instanceof Measurement.Failed failed) {
      return unknown(check, failed.cause());
    }
    if (now instanceof Levels levels && !levels.isWhole()) {
      return unknown(
          check,
          format(
              "%s has %,d different values, and levels are compared for at most 1,000.",
              check.column(), levels.count()));
    }
    int needs = check.measure().isOfTheLast() ? 1 : check.strategy().needs();
    if (before.size() < needs) {
      return new Finding(
          new Verdict.Evaluated(
              true,
              rows,
              0,
              format("%,d of %,d earlier deliveries to compare with", before.size(), needs)),
          true);
    }
    return new Finding(compared(check, rows, now, before), false);
  }

  private static Finding unknown(DriftCheck check, String cause) {
    return new Finding(
        new Verdict.Unknown("%s could not be evaluated: %s".formatted(check.id(), cause)), false);
  }

  private Verdict compared(DriftCheck check, long rows, Measurement now, List<Measurement> before) {
    if (check.measure().isOfTheLast()) {
      Map<String, Long> last = ((Levels) before.get(before.size() - 1)).rows();
      Map<String, Long> levels = ((Levels) now).rows();
      return switch (check.measure()) {
        case NEW_LEVELS -> changed(check, rows, LevelShares.only(levels, last), levels, "new");
        case LOST_LEVELS -> changed(check, rows, LevelShares.only(last, levels), last, "lost");
        default -> {
          double distance = LevelShares.distance(last, levels);
          yield verdict(
              check,
              rows,
              List.of(),
              distance,
              format("shares of %s moved by %.1f %%", check.column(), 100 * distance));
        }
      };
    }
    List<Double> history = before.stream().map(Drift::number).toList();
    double value = number(now);
    String last =
        history.isEmpty() ? "" : ", and was " + shown(check, history.get(history.size() - 1));
    return verdict(
        check,
        rows,
        history,
        value,
        "%s is %s%s".formatted(name(check), shown(check, value), last));
  }

  private Verdict changed(
      DriftCheck check, long rows, Set<String> levels, Map<String, Long> counts, String what) {
    String named =
        levels.stream()
            .limit(MOST_NAMED)
            .map(level -> "%s (%s)".formatted(level, count(counts.get(level), "row", "rows")))
            .collect(Collectors.joining(", "));
    String more = levels.size() > MOST_NAMED ? ", …" : "";
    return verdict(
        check,
        rows,
        List.of(),
        levels.size(),
        format(
            "%,d %s %s of %s%s",
            levels.size(),
            what,
            levels.size() == 1 ? "level" : "levels",
            check.column(),
            levels.isEmpty() ? "" : ": " + named + more));
  }

  private Verdict verdict(
      DriftCheck check, long rows, List<Double> history, double value, String observed) {
    boolean drifted = anomalies.isAnomaly(check.strategy(), history, value);
    return new Verdict.Evaluated(!drifted, rows, 0, observed);
  }

  private static double number(Measurement measurement) {
    return measurement instanceof Levels levels
        ? levels.count()
        : ((Measurement.Value) measurement).value();
  }

  private static String name(DriftCheck check) {
    return switch (check.measure()) {
      case ROW_COUNT -> "the number of rows";
      case COMPLETENESS -> "the share of rows with " + check.column();
      case MEAN -> "the mean of " + check.column();
      default -> "the number of different values of " + check.column();
    };
  }

  private static String shown(DriftCheck check, double value) {
    return switch (check.measure()) {
      case COMPLETENESS -> format("%.1f %%", 100 * value);
      case MEAN -> format("%.6g", value);
      default -> format("%,.0f", value);
    };
  }
}
