package org.assay.gold.glm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;

/**
 * A published data set with R's results.
 *
 * @param problem the model
 * @param cells the cells it is fitted to
 * @param formula its terms
 * @param expected R's results
 */
public record PublishedSet(
    GlmProblem problem, CellTable cells, List<DesignTerm.Main> formula, JsonNode expected) {

  /** Reads a set by its name. */
  public static PublishedSet read(String name) {
    JsonNode expected = json(name);
    Family family = Family.valueOf(expected.get("family").asText().toUpperCase(Locale.ROOT));
    List<ModelFactor> factors = new ArrayList<>();
    expected
        .get("factors")
        .fields()
        .forEachRemaining(
            field -> {
              List<String> levels = new ArrayList<>();
              field.getValue().forEach(level -> levels.add(level.asText()));
              factors.add(new ModelFactor(field.getKey(), levels.get(0), levels));
            });
    CellTable cells = cells(name, family, factors);
    return new PublishedSet(
        new GlmProblem(family, DesignMatrix.of(cells, factors)),
        cells,
        factors.stream().map(DesignTerm.Main::new).toList(),
        expected);
  }

  static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(text(name + ".expected.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CellTable cells(String name, Family family, List<ModelFactor> factors) {
    List<String> lines = text(name + ".cells.csv").lines().toList();
    List<String> header = List.of(lines.get(0).split(","));
    CellTable.Builder cells = CellTable.over(factors.stream().map(ModelFactor::name).toList());
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",");
      long n = Long.parseLong(fields[header.indexOf("n")]);
      long events = Long.parseLong(fields[header.indexOf("k")]);
      Cell cell = family == Family.POISSON ? new Cell(0, 0, events, n) : Cell.of(n, events);
      cells.add(factors.stream().map(f -> fields[header.indexOf(f.name())]).toList(), cell);
    }
    return cells.build();
  }

  static String text(String file) {
    try (InputStream in = PublishedSet.class.getResourceAsStream("/published/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
