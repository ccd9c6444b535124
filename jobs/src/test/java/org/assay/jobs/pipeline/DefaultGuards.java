package org.assay.jobs.pipeline;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Model;
import org.assay.common.fixture.RealData;
import org.assay.common.spark.CellTables;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.Reason;
import org.assay.expectations.readiness.RegionCells;
import org.assay.expectations.readiness.RegionReadiness;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmFit;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.assay.gold.inference.WaldInference;
import org.assay.jobs.Project;

/** What the guards say of each region of a real data set at the limits that nobody changed. */
final class DefaultGuards {
  private final Cohort cohort;
  private final Model model;
  private final Map<String, RegionReadiness> judged = new HashMap<>();
  private final Map<String, CellTable> cells = new HashMap<>();

  /**
   * @param conf the project; its own limits are replaced by those of a new project
   */
  DefaultGuards(Path conf, String cohort, Dataset<Row> counted) {
    Project project =
        Project.load(
            conf,
            Map.of(
                "cohorts." + cohort + ".readiness.min_cohort", "100",
                "cohorts." + cohort + ".readiness.min_level", "20"),
            Map.of("ASSAY_DATA", RealData.folder().toString()));
    this.cohort =
        project.silver().cohorts().cohorts().stream()
            .filter(c -> c.name().equals(cohort))
            .findFirst()
            .orElseThrow();
    this.model = this.cohort.models().stream().filter(Model::primary).findFirst().orElseThrow();
    SortedMap<CellTables.Key, CellTable> tables =
        CellTables.collect(
            counted.filter("outcome = '%s'".formatted(cohort)),
            this.cohort.population().factorNames());
    List<Factor> factors = model.terms().stream().map(term -> withLevels(term, tables)).toList();
    tables.forEach(
        (key, table) -> {
          String region = key.region().orElse("null");
          CellTable ofModel = table.collapseTo(model.terms());
          cells.put(region, ofModel);
          judged.put(
              region,
              ReadinessGuards.judge(
                  RegionCells.of(key.region(), ofModel), factors, this.cohort.thresholds()));
        });
  }

  private Factor withLevels(String term, SortedMap<CellTables.Key, CellTable> tables) {
    Factor factor = cohort.population().factor(term);
    if (!factor.levels().isEmpty()) {
      return factor;
    }
    TreeSet<String> levels = new TreeSet<>();
    tables.forEach(
        (key, table) -> {
          if (!ReadinessGuards.isUnknown(key.region()) && table.total().n() >= 100) {
            levels.addAll(table.margin(term).keySet());
          }
        });
    levels.removeIf(factor::isNotKnown);
    return factor.withLevels(List.copyOf(levels));
  }

  /**
   * Regions with status and reasons, as the file has them; {@code -Dassay.golden=write} writes it.
   */
  void assertGolden(String file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String region : new TreeSet<>(judged.keySet())) {
      RegionReadiness readiness = judged.get(region);
      lines.add("%s: %s".formatted(region, readiness.status().name().toLowerCase(Locale.ROOT)));
      readiness.reasons().forEach(r -> lines.add("  %s %s".formatted(r.code(), r.sentence())));
    }
    String text = String.join("\n", lines) + "\n";
    if ("write".equals(System.getProperty("assay.golden"))) {
      Path folder = Path.of("src/test/resources/org/assay/jobs/pipeline");
      Files.writeString(Files.createDirectories(folder).resolve(file), text);
      return;
    }
    try (InputStream in = DefaultGuards.class.getResourceAsStream(file)) {
      assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** No estimate that is left is infinite in disguise. */
  void assertEveryEstimateIsFinite() {
    judged.forEach(
        (region, readiness) -> {
          if (readiness.status() != Status.HELD) {
            CellTable left =
                Adjustment.applyAll(cells.get(region), readiness.adjustments())
                    .collapseTo(readiness.factors().stream().map(ModelFactor::name).toList());
            GlmProblem problem =
                new GlmProblem(Family.BINOMIAL, DesignMatrix.of(left, readiness.factors()));
            GlmFit fit = new Irls().fit(problem);
            assertThat(fit).as(region).isInstanceOf(GlmFit.Converged.class);
            double[] beta = ((GlmFit.Converged) fit).beta();
            WaldInference inference = WaldInference.at(problem, beta).orElseThrow();
            for (int term = 0; term < beta.length; term++) {
              assertThat(inference.stdError(term)).as(region).isLessThan(5);
              assertThat(Math.abs(beta[term])).as(region).isLessThan(10);
            }
          }
        });
  }

  /** What R leaves out of a region, we tell of it. */
  void assertEveryLevelThatRHoldsHasItsReason(Map<String, List<String>> heldByR) {
    assertThat(heldByR).isNotEmpty();
    heldByR.forEach(
        (region, levels) -> {
          String told =
              judged.get(region).reasons().stream()
                  .filter(reason -> reason.level().isPresent() || reason.factor().isPresent())
                  .map(reason -> about(reason))
                  .collect(joining("; "));
          if (judged.get(region).status() != Status.HELD) {
            levels.forEach(level -> assertThat(told).as(region).contains(level));
          }
        });
  }

  private static String about(Reason reason) {
    return reason.level().map(level -> reason.factor().orElse("") + level).orElse("")
        + Optional.of(reason.sentence()).orElse("");
  }
}
