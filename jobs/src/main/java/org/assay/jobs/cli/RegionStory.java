package org.assay.jobs.cli;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Cell;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Model;
import org.assay.expectations.readiness.Figure;
import org.assay.gold.GoldExplain;
import org.assay.silver.SilverExplain;

/** One region's story, as lines. */
record RegionStory(Cohort cohort, Model model, Optional<String> region, boolean isGoldOutdated) {
  private static final String INDENT = "  ";

  /** The lines. */
  List<String> lines(SilverExplain.Story silver, GoldExplain.Story gold) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, cohort %s (%s), model %s%s"
            .formatted(
                region.orElse("null"),
                cohort.name(),
                cohort.title(),
                model.name(),
                silver
                    .decision()
                    .map(row -> ", period " + row.<String>getAs("period"))
                    .orElse("")));
    lines.add(status(silver, gold));
    if (silver.isOutdated()) {
      lines.add(
          "Data, configuration or code have changed since it was judged; ./assay run judges it again.");
    }
    if (isGoldOutdated && gold.fit().isPresent() && !silver.isOutdated()) {
      lines.add(
          "It was judged again since it was fitted: what is told of the model is older. ./assay run fits it again.");
    }
    silver.refusal().ifPresent(lines::add);
    block(lines, "Flow", flow(silver.flow()));
    block(lines, "Levels", levels(silver, gold));
    block(lines, "Guards", guards(silver, gold));
    block(lines, "Reasons", reasons(silver, gold));
    block(lines, "Model", fit(gold));
    block(lines, "Terms", terms(gold));
    block(lines, "Factors", tests(gold));
    block(lines, "If everybody were in one level (over all listed regions)", risks(gold));
    block(lines, "In gold, for everybody", seen(gold));
    return lines;
  }

  private static void block(List<String> lines, String heading, List<String> block) {
    if (!block.isEmpty()) {
      lines.add("");
      lines.add(heading);
      block.forEach(line -> lines.add(INDENT + line));
    }
  }

  private static String status(SilverExplain.Story silver, GoldExplain.Story gold) {
    return gold.fit()
        .map(fit -> fit.getAs("status") + ": " + fit.getAs("sentence"))
        .or(() -> silver.decision().map(row -> row.<String>getAs("status") + "; not fitted yet"))
        .orElse("not judged yet");
  }

  private static List<String> flow(List<Row> rows) {
    return new TextTable(
            List.of("step", "kind", "rows", "people"),
            rows.stream()
                .map(
                    row ->
                        List.of(
                            row.<String>getAs("step"),
                            row.<String>getAs("kind"),
                            format("%,d", row.<Long>getAs("rows")),
                            format("%,d", row.<Long>getAs("people"))))
                .toList())
        .lines();
  }

  private static List<String> levels(SilverExplain.Story silver, GoldExplain.Story gold) {
    if (silver.cells().size() == 0) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (String factor : silver.cells().factors()) {
      silver
          .cells()
          .margin(factor)
          .forEach(
              (level, people) ->
                  rows.add(level(factor, level, people, status(gold, factor, level))));
    }
    List<String> lines =
        new ArrayList<>(
            new TextTable(List.of("factor", "level", "people", "events", "rate", "in gold"), rows)
                .lines());
    lines.add(
        "%s in %s"
            .formatted(
                people(silver.cells().total().n()), count(silver.cells().size(), "cell", "cells")));
    return lines;
  }

  private static List<String> level(String factor, String level, Cell people, String status) {
    return List.of(
        factor,
        level,
        format("%,d", people.n()),
        format("%,d", people.events()),
        people.size() == 0
            ? ""
            : people.isRate()
                ? format("%.4g", people.rate())
                : format("%.2f %%", 100 * people.rate()),
        status);
  }

  private static String status(GoldExplain.Story gold, String factor, String level) {
    return gold.terms().stream()
        .filter(row -> factor.equals(row.getAs("factor")) && level.equals(row.getAs("level")))
        .map(row -> Optional.ofNullable(row.<String>getAs("status")).orElse(""))
        .findFirst()
        .orElse("");
  }

  private static List<String> guards(SilverExplain.Story silver, GoldExplain.Story gold) {
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : silver.figures()) {
      rows.add(
          List.of(
              figure.guard().name(),
              figure.guard().question(),
              figure.about(),
              figure.found(),
              figure.allowed(),
              figure.verdict()));
    }
    rows.addAll(FitFigures.of(gold));
    rows.sort(Comparator.comparing(row -> row.get(0)));
    List<String> lines = new ArrayList<>();
    if (!rows.isEmpty()) {
      lines.addAll(
          new TextTable(List.of("guard", "asks", "of", "found", "allowed", "says"), rows).lines());
    }
    silver
        .decision()
        .flatMap(row -> Optional.ofNullable(row.<Long>getAs("compared_with")))
        .ifPresent(publication -> lines.add("compared with publication " + publication));
    return lines;
  }

  private static List<String> reasons(SilverExplain.Story silver, GoldExplain.Story gold) {
    List<Row> reasons =
        gold.fit().isPresent()
            ? gold.reasons()
            : silver
                .decision()
                .map(row -> row.<Row>getList(row.fieldIndex("reasons")))
                .orElse(List.of());
    return reasons.stream()
        .map(row -> "%s  %s".formatted(row.<String>getAs("code"), row.<String>getAs("sentence")))
        .toList();
  }

  private List<String> fit(GoldExplain.Story gold) {
    return gold.fit()
        .filter(fit -> fit.getAs("log_lik") != null)
        .map(
            fit ->
                List.of(
                    "%s ~ %s, %s, %s, by %s (%s)"
                        .formatted(
                            cohort.name(),
                            fit.<String>getAs("formula"),
                            fit.<String>getAs("family"),
                            fit.<String>getAs("link"),
                            fit.<String>getAs("engine"),
                            fit.<String>getAs("method")),
                    format(
                        "%s, %s, %s, rank %d; %s",
                        people(fit.<Long>getAs("n")),
                        count(fit.<Long>getAs("events"), "event", "events"),
                        count(fit.<Long>getAs("n_cells"), "cell", "cells"),
                        fit.<Integer>getAs("rank"),
                        count(fit.<Integer>getAs("iterations"), "iteration", "iterations")),
                    format(
                        "log-likelihood %.4f, AIC %.4f, BIC %.4f; deviance of the cells %.4f on %d"
                            + " degrees of freedom",
                        fit.<Double>getAs("log_lik"),
                        fit.<Double>getAs("aic"),
                        fit.<Double>getAs("bic"),
                        fit.<Double>getAs("deviance_cells"),
                        fit.<Long>getAs("df_residual_cells"))))
        .orElse(List.of());
  }

  private static List<String> terms(GoldExplain.Story gold) {
    List<List<String>> rows =
        gold.terms().stream()
            .filter(row -> row.getAs("std_error") != null || row.<Boolean>getAs("is_reference"))
            .map(
                row ->
                    List.of(
                        row.<String>getAs("term"),
                        number("%.4f", row.getAs("estimate")),
                        number("%.4f", row.getAs("std_error")),
                        number("%.2f", row.getAs("ratio")),
                        number("%.2f", row.getAs("ratio_low")),
                        number("%.2f", row.getAs("ratio_high")),
                        number("%.2g", row.getAs("p_value"))))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : new TextTable(
                List.of("term", "estimate", "std_error", "ratio", "low", "high", "p_value"), rows)
            .lines();
  }

  private static List<String> tests(GoldExplain.Story gold) {
    List<List<String>> rows =
        gold.tests().stream()
            .map(
                row ->
                    List.of(
                        row.<String>getAs("factor"),
                        row.<String>getAs("test").replace('_', ' '),
                        number("%.2f", row.getAs("statistic")),
                        format("%d", row.<Integer>getAs("df")),
                        number("%.2g", row.getAs("p_value")),
                        number("%.2g", row.getAs("q_value"))))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : new TextTable(List.of("factor", "test", "chi2", "df", "p_value", "q_value"), rows)
            .lines();
  }

  private static List<String> risks(GoldExplain.Story gold) {
    List<List<String>> rows =
        gold.risks().stream()
            .map(
                row ->
                    List.of(
                        row.<String>getAs("factor"),
                        row.<String>getAs("level"),
                        number("%.4g", row.getAs("risk")),
                        number("%.4g", row.getAs("conf_low")),
                        number("%.4g", row.getAs("conf_high")),
                        number("%.4g", row.getAs("risk_difference")),
                        number("%.2f", row.getAs("risk_ratio"))))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : new TextTable(
                List.of("factor", "level", "risk", "low", "high", "difference", "ratio"), rows)
            .lines();
  }

  private static List<String> seen(GoldExplain.Story gold) {
    return gold.seen()
        .map(
            row ->
                List.of(
                    "%s people, %s events: %s"
                        .formatted(
                            shown(row.getAs("n")),
                            shown(row.getAs("events")),
                            row.<String>getAs("sentence"))))
        .orElse(List.of());
  }

  private static String shown(Long count) {
    return count == null ? "withheld" : format("%,d", count);
  }

  private static String number(String pattern, Double value) {
    return value == null ? "" : format(pattern, value);
  }
}
