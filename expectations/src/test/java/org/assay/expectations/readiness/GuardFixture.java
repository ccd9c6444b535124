package org.assay.expectations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.ModelFactor;

/**
 * A table of cells that breaks a GLM, or does not, with the verdicts that R gives.
 *
 * @param id its name
 * @param cells the cells
 * @param factors the factors of the formula; the first level of the file is the reference
 * @param expected the verdicts
 */
record GuardFixture(String id, CellTable cells, List<ModelFactor> factors, JsonNode expected) {

  /** All of them. */
  static Stream<GuardFixture> all() {
    try {
      JsonNode verdicts = new ObjectMapper().readTree(text("expected.json"));
      return StreamSupport.stream(verdicts.spliterator(), false).map(GuardFixture::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GuardFixture of(JsonNode expected) {
    String id = expected.get("id").asText();
    try {
      List<String[]> lines = text(id + ".csv").lines().map(line -> line.split(",")).toList();
      List<String> header = List.of(lines.get(0));
      List<String> terms =
          Arrays.stream(expected.get("formula").asText().substring(1).split("\\+"))
              .map(String::strip)
              .toList();
      CellTable.Builder cells = CellTable.over(terms);
      List<List<String>> levels = new ArrayList<>();
      terms.forEach(term -> levels.add(new ArrayList<>()));
      for (String[] line : lines.subList(1, lines.size())) {
        List<String> pattern = terms.stream().map(term -> line[header.indexOf(term)]).toList();
        for (int i = 0; i < terms.size(); i++) {
          if (!levels.get(i).contains(pattern.get(i))) {
            levels.get(i).add(pattern.get(i));
          }
        }
        cells.add(
            pattern,
            Cell.of(
                Long.parseLong(line[header.indexOf("n")]),
                Long.parseLong(line[header.indexOf("k")])));
      }
      List<ModelFactor> factors = new ArrayList<>();
      for (int i = 0; i < terms.size(); i++) {
        factors.add(new ModelFactor(terms.get(i), levels.get(i).get(0), levels.get(i)));
      }
      return new GuardFixture(id, cells.build(), factors, expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of texts of the verdicts. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    expected.get(field).forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static String text(String file) throws IOException {
    try (InputStream in = GuardFixture.class.getResourceAsStream("/guards/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
