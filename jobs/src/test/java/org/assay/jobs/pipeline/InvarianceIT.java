package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five health boards of the census as they come in one file, and shuffled and cut into deliveries
 * that bring a third each: the same cells, and the same bytes of gold.
 */
@ExtendWith(SharedSpark.class)
class InvarianceIT {
  private static final List<String> BOARDS =
      List.of("Borders", "Dumfries & Galloway", "Orkney", "Shetland", "Western Isles");
  private static final int CUTS = 3;

  /** Counts are hidden, so that what hides them is looked at as well. */
  private static final String OTHERWISE =
      """

      assay.extracts.health { path = "%s/{yyyy-MM-dd}.csv", load = %s, expectations = [] }
      assay.disclosure { rule = nhs, because = "" }
      """;

  private final SparkSession spark;
  private final Map<Path, TestRun> lakes = new HashMap<>();

  InvarianceIT(SparkSession spark) {
    this.spark = spark;
  }

  private static List<String> census() throws IOException {
    Path file = RealData.folder().resolve("scotland2011/health_by_postcode_sector.csv.gz");
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      lines.add(reader.readLine());
      reader
          .lines()
          .filter(line -> BOARDS.stream().anyMatch(board -> line.contains("," + board + ",")))
          .forEach(lines::add);
    }
    return lines;
  }

  @Test
  void neitherTheOrderOfRowsNorTheCutIntoDeliveriesChangesAnything(@TempDir Path folder)
      throws IOException {
    List<String> lines = census();
    assertThat(lines).hasSizeGreaterThan(10_000);
    Path whole = Files.createDirectories(folder.resolve("whole"));
    Files.write(whole.resolve("2011-03-27.csv"), lines);
    Path cut = Files.createDirectories(folder.resolve("cut"));
    List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.shuffle(rows, new Random(1));
    for (int i = 0; i < CUTS; i++) {
      List<String> third = new ArrayList<>(List.of(lines.get(0)));
      third.addAll(rows.subList(rows.size() * i / CUTS, rows.size() * (i + 1) / CUTS));
      Files.write(cut.resolve("2011-03-%d.csv".formatted(27 + i)), third);
    }

    Map<String, List<String>> once = contents(folder.resolve("once"), whole, "full", "Scotland");
    Map<String, List<String>> often = contents(folder.resolve("often"), cut, "delta", "Scotland");

    assertThat(once).hasSizeGreaterThan(30);
    once.forEach((table, content) -> assertThat(often.get(table)).as(table).isEqualTo(content));
    assertThat(once.get("gold.model_terms")).hasSizeGreaterThan(100);

    // published again, with the first publication as what everybody knows already
    Map<String, List<String>> again = contents(folder.resolve("once"), whole, "full", "Alba");
    for (String table : List.of("gold.model_terms", "gold.model_fits", "gold.rates")) {
      assertThat(again.get(table)).as(table).isEqualTo(once.get(table));
    }
    assertThat(again.get("gold.dim_region")).isNotEqualTo(once.get("gold.dim_region"));
  }

  private Map<String, List<String>> contents(Path lake, Path landing, String load, String nation)
      throws IOException {
    TestRun run = lakes.computeIfAbsent(lake, l -> TestRun.quick(spark, l));
    String example =
        Files.readString(TestRun.example("scotland2011"))
            .replaceAll("(?m)^ *(extract_date|path) .*$", ""); // the paths have both
    Path conf =
        Files.writeString(
            landing.resolveSibling(load + ".conf"), example + OTHERWISE.formatted(landing, load));
    assertThat(run.run(conf, Map.of("nation", nation)).state()).isEqualTo(RunResult.State.DONE);
    Map<String, List<String>> contents = new TreeMap<>();
    for (TableName table : run.tables().list()) {
      boolean isGold = table.layer() == Layer.GOLD || table.layer() == Layer.GOLD_EXACT;
      if (isGold || table.equals(TableName.silver("residents_cells"))) {
        contents.put(
            table.toString(),
            run.read(table.toString()).collectAsList().stream()
                .map(Row::toString) // with every digit of every number
                .sorted()
                .toList());
      }
    }
    return contents;
  }
}
