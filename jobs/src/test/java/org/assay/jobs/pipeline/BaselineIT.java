package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.RealData;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Scottish census, and the same census a month later with five boards corrupted so that every
 * rule on rows is still satisfied: only the comparison with what was published can tell.
 */
@ExtendWith(SharedSpark.class)
class BaselineIT {
  private static final String CONF =
      """
      assay {
        name = baseline, lake { uri = "lake" }
        extracts.health {
          path = "landing/health_{yyyy-MM-dd}.csv", format = csv, load = full
          key = [sector, ethnicity, age]
          columns = [
            { name = sector, from = PS_code }, { name = region, from = health_board }
            { name = deprivation, from = quintile }, { name = ethnicity }, { name = age }
            { name = ill, from = bad, type = bigint }, { name = people, from = pop, type = bigint }
          ]
        }
        populations.residents {
          sql = "SELECT * FROM health WHERE people > 0 AND ethnicity <> 'all'"
          count = people
          region { code = region }
          factors = [
            { name = ethnicity, reference = Scot, interest = true }
            { name = deprivation, levels = ["1", "2", "3", "4", "5"], reference = "1" }
          ]
        }
        cohorts.bad_health {
          population = residents
          outcome { events = ill }
          models { full { terms = "ethnicity + deprivation", primary = true, engine = cells } }
        }
      }
      """;
  private static final List<String> BOARDS =
      List.of(
          "Borders",
          "Dumfries & Galloway",
          "Fife",
          "Forth Valley",
          "Highland",
          "Orkney",
          "Tayside");
  private static final int SECTOR = 0;
  private static final int BOARD = 2;
  private static final int DEPRIVATION = 5;
  private static final int AGE = 7;
  private static final int ETHNICITY = 8;
  private static final int FIRST_COUNT = 9;

  private final SparkSession spark;
  private TestRun lake;
  @TempDir private Path folder;

  BaselineIT(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void whatNoRuleOnRowsCanSeeIsSeenAgainstTheLastPublication() throws IOException {
    lake = TestRun.quick(spark, folder.resolve("lake"));
    List<String[]> census = census();
    write("2011-03-27", census);
    Files.writeString(folder.resolve("assay.conf"), CONF);
    run();
    assertThat(reasons("NOT code LIKE 'LEVEL%'")).noneMatch(line -> line.contains("MOVED"));
    List<String> before = statuses();
    assertThat(before).allMatch(line -> line.endsWith("fitted") || line.endsWith("adjusted"));

    write("2011-04-27", corrupted(census));
    run();

    assertThat(
            reasons(
                "code LIKE '%CHANGED' OR code LIKE '%MOVED' OR code LIKE '%VANISHED' OR code = 'REGION_MISSING'"))
        .contains(
            "Borders REGION_MISSING",
            "Dumfries & Galloway SIZE_CHANGED",
            "Fife LEVEL_MOVED other",
            "Forth Valley SHARES_CHANGED deprivation",
            "Tayside LEVEL_VANISHED asian",
            "Tayside LEVEL_MOVED other")
        .allMatch(
            line -> line.matches("(Borders|Dumfries & Galloway|Fife|Forth Valley|Tayside) .*"));
    assertThat(statuses())
        .contains("Borders held", "Dumfries & Galloway held", "Forth Valley held")
        .containsAll(
            before.stream()
                .filter(line -> !line.matches("(Borders|Dumfries|Fife|Forth|Tayside).*"))
                .toList());

    write("2011-05-27", census); // all is as it was
    run();
    assertThat(statuses()).isEqualTo(before);
  }

  private List<String[]> corrupted(List<String[]> census) {
    List<String[]> corrupted = new ArrayList<>(census.subList(0, 1));
    for (String[] original : census.subList(1, census.size())) {
      String[] line = original.clone();
      boolean isAsian = line[ETHNICITY].equals("asian");
      switch (line[BOARD]) {
        case "Borders" -> {} // does not come at all
        case "Dumfries & Galloway" -> corrupted.add(doubled(line));
        case "Forth Valley" -> {
          line[DEPRIVATION] = Integer.toString(6 - Integer.parseInt(line[DEPRIVATION]));
          corrupted.add(line);
        }
        case "Fife" -> {
          // one Asian row in four is Chinese, and now counted with Other
          boolean isQuarter = line[SECTOR].endsWith("0");
          boolean isMoved = isAsian && isQuarter;
          if (isMoved || !isQuarter || !line[ETHNICITY].equals("other")) {
            line[ETHNICITY] = isMoved ? "other" : line[ETHNICITY];
            corrupted.add(line);
          }
        }
        case "Tayside" -> {
          if (isAsian) {
            line[ETHNICITY] = "other";
            line[SECTOR] = line[SECTOR].replace("S29", "S30"); // beside those who were there
          }
          corrupted.add(line);
        }
        default -> corrupted.add(line);
      }
    }
    return corrupted;
  }

  private static String[] doubled(String[] line) {
    String[] doubled = line.clone();
    for (int i = FIRST_COUNT; i < line.length; i++) {
      doubled[i] = Long.toString(2 * Long.parseLong(line[i]));
    }
    return doubled;
  }

  private void run() {
    lake.run(folder.resolve("assay.conf"), Map.of());
  }

  private void write(String date, List<String[]> lines) throws IOException {
    Files.createDirectories(folder.resolve("landing"));
    Files.writeString(
        folder.resolve("landing/health_%s.csv".formatted(date)),
        lines.stream()
            .map(line -> String.join(",", line))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /** The census of some boards, four sectors for each of their quintiles. */
  private static List<String[]> census() throws IOException {
    Path data = RealData.folder().resolve("scotland2011/health_by_postcode_sector.csv.gz");
    List<String[]> lines = new ArrayList<>();
    Map<String, String[]> sums = new LinkedHashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data)), StandardCharsets.UTF_8))) {
      lines.add(in.readLine().split(","));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(",", -1);
        if (BOARDS.contains(fields[BOARD]) && !line.contains("\"") && !line.contains(",all,")) {
          int quarter = Math.floorMod(fields[SECTOR].hashCode(), 4);
          fields[SECTOR] =
              "S29%d%s%d".formatted(BOARDS.indexOf(fields[BOARD]), fields[DEPRIVATION], quarter);
          String key = String.join(" ", fields[SECTOR], fields[ETHNICITY], fields[AGE]);
          sums.merge(key, fields, BaselineIT::sum);
        }
      }
    }
    lines.addAll(sums.values());
    return lines;
  }

  /** Two lines of the same people, but for where they live. */
  private static String[] sum(String[] one, String[] other) {
    String[] sum = one.clone();
    for (int i = FIRST_COUNT; i < sum.length; i++) {
      sum[i] = Long.toString(Long.parseLong(one[i]) + Long.parseLong(other[i]));
    }
    return sum;
  }

  private List<String> reasons(String which) {
    return texts(
        lake.read("gold_exact.fit_reasons")
            .filter(which)
            .orderBy("region", "reason_order")
            .selectExpr("concat_ws(' ', region, code, coalesce(level, factor))")
            .collectAsList());
  }

  private List<String> statuses() {
    return texts(
        lake.read("gold_exact.model_fits")
            .orderBy("region")
            .selectExpr("concat_ws(' ', region, status)")
            .collectAsList());
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(row -> row.getString(0)).toList();
  }
}
