package org.assay.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.gold.GoldExport;

/**
 * A fit as R makes it: the cells as CSV, and a script that fits them and compares with Assay.
 *
 * @param cohort the cohort
 * @param model the model
 * @param period the period
 * @param region the region as it came
 * @param fit what was fitted
 */
record RScript(
    Cohort cohort, Model model, String period, Optional<String> region, GoldExport.Fit fit) {

  /** The name of the script. */
  String name() {
    return stem() + ".R";
  }

  /** The name of the file of cells. */
  String dataName() {
    return stem() + ".csv";
  }

  private String stem() {
    return "%s-%s-%s-%s"
        .formatted(cohort.name(), region.orElse("null"), model.name(), period)
        .replaceAll("[^A-Za-z0-9._-]+", "_");
  }

  /** One line per cell: the factors' levels, n, events, and the exposure of rates. */
  String data() {
    List<String> heading = new ArrayList<>(fit.cells().factors());
    heading.addAll(List.of("n", "events", "exposure"));
    StringBuilder text = new StringBuilder(Csv.line(heading)).append('\n');
    for (Map.Entry<List<String>, Cell> cell : fit.cells().cells().entrySet()) {
      List<String> fields = new ArrayList<>(cell.getKey());
      fields.add(Long.toString(cell.getValue().n()));
      fields.add(Long.toString(cell.getValue().events()));
      fields.add(Double.toString(cell.getValue().exposure()));
      text.append(Csv.line(fields)).append('\n');
    }
    return text.toString();
  }

  /** The script. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# %s, region %s, period %s: model %s as Assay fitted it."
            .formatted(cohort.name(), region.orElse("null"), period, model.name()));
    lines.add("# Run in the folder of both files:  Rscript " + name());
    lines.add(
        "cells <- read.csv(%s, colClasses = c(%s), na.strings = character(0), check.names = FALSE)"
            .formatted(
                quoted(dataName()),
                fit.factors().stream()
                    .map(factor -> factor.name() + " = \"character\"")
                    .collect(Collectors.joining(", "))));
    for (ModelFactor factor : fit.factors()) {
      lines.add(
          "cells$%s <- relevel(factor(cells$%s, levels = %s), ref = %s)"
              .formatted(
                  factor.name(),
                  factor.name(),
                  vector(factor.levels()),
                  quoted(factor.reference())));
    }
    lines.add("");
    lines.add(call());
    lines.add("print(summary(fit))");
    lines.add("");
    lines.add("# The coefficients that Assay published, and how far they are from R's.");
    lines.add(
        "assay <- c(%s)"
            .formatted(
                fit.terms().stream()
                    .map(RScript::estimate)
                    .collect(Collectors.joining(",\n           "))));
    lines.add("differences <- abs(coef(fit)[names(assay)] - assay)");
    lines.add("cat(sprintf(\"largest difference: %.2g\\n\", max(differences)))");
    lines.add("stopifnot(length(assay) == length(coef(fit)), max(differences) < 1e-6)");
    return String.join("\n", lines) + "\n";
  }

  private String call() {
    String exact = "control = glm.control(epsilon = 1e-14, maxit = 100)";
    String family =
        "%s(link = \"%s\")"
            .formatted(
                model.family().name().toLowerCase(Locale.ROOT),
                model.link().name().toLowerCase(Locale.ROOT));
    String outcome =
        cohort.outcome().isRate()
            ? "events ~ offset(log(exposure))"
            : "cbind(events, n - events) ~ 1";
    String formula =
        fit.formula().isEmpty() ? outcome : outcome + " + " + String.join(" + ", fit.formula());
    return switch (model.method()) {
      case ML ->
          "fit <- glm(%s,%n           family = %s, data = cells, %s)"
              .formatted(formula, family, exact);
      case FIRTH ->
          "fit <- glm(%s,%n           family = %s, data = cells, method = brglm2::brglmFit, type = \"AS_mean\", epsilon = 1e-12)"
              .formatted(formula, family);
    };
  }

  private static String estimate(Row term) {
    return "%s = %s".formatted(quoted(term.getAs("term")), term.<Double>getAs("estimate"));
  }

  private static String vector(List<String> texts) {
    return texts.stream().map(RScript::quoted).collect(Collectors.joining(", ", "c(", ")"));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
