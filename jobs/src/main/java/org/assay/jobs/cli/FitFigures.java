package org.assay.jobs.cli;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.assay.expectations.readiness.Guard;
import org.assay.gold.GoldExplain;

/** What the guards after the fit found, from gold's own tables. */
final class FitFigures {
  private FitFigures() {}

  /** Rows of guard, question, factor, figure, limit and verdict. */
  static List<List<String>> of(GoldExplain.Story gold) {
    List<List<String>> rows = new ArrayList<>();
    largest(gold.terms(), "estimate")
        .ifPresent(
            estimate ->
                rows.add(
                    row(
                        gold,
                        Guard.G16,
                        format(
                            "largest coefficient %.2f, largest error %.2f",
                            estimate, largest(gold.terms(), "std_error").orElse(0)))));
    gold.fit()
        .flatMap(fit -> Optional.ofNullable(fit.<Double>getAs("dispersion")))
        .ifPresent(
            dispersion ->
                rows.add(row(gold, Guard.G18, format("X² over its degrees %.2f", dispersion))));
    return rows;
  }

  private static List<String> row(GoldExplain.Story gold, Guard guard, String found) {
    boolean says =
        gold.reasons().stream()
            .anyMatch(
                reason ->
                    guard.codes().stream()
                        .anyMatch(code -> code.name().equals(reason.getAs("code"))));
    return List.of(guard.name(), guard.question(), "", found, "", says ? "noted" : "ok");
  }

  private static OptionalDouble largest(List<Row> terms, String column) {
    return terms.stream()
        .filter(row -> row.getAs("std_error") != null)
        .mapToDouble(row -> Math.abs(row.<Double>getAs(column)))
        .max();
  }
}
