package org.assay.gold.glm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;

/** A published data set whose covariates are numbers. */
final class PublishedNumbers {
  private PublishedNumbers() {}

  /** A binomial model; rows without n are people, and the last column tells their outcome. */
  static GlmProblem problem(String name, List<String> covariates, Link link) {
    List<String> lines = PublishedSet.text(name + ".csv").lines().toList();
    List<String> header = List.of(lines.get(0).split(","));
    CellTable.Builder cells = CellTable.over(covariates);
    Map<String, Map<String, Double>> scores = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",");
      for (String covariate : covariates) {
        String value = fields[header.indexOf(covariate)];
        scores
            .computeIfAbsent(covariate, c -> new HashMap<>())
            .put(value, Double.parseDouble(value));
      }
      long n = header.contains("n") ? Long.parseLong(fields[header.indexOf("n")]) : 1;
      cells.add(
          covariates.stream().map(c -> fields[header.indexOf(c)]).toList(),
          Cell.of(n, Long.parseLong(fields[header.size() - 1])));
    }
    List<DesignTerm.Score> formula =
        covariates.stream().map(c -> new DesignTerm.Score(c, scores.get(c), List.of())).toList();
    return new GlmProblem(Family.BINOMIAL, link, DesignMatrix.ofTerms(cells.build(), formula));
  }
}
