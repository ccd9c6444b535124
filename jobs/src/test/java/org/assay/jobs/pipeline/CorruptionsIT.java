package org.assay.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Corruptions of real data, each an extract of one run: which expectation or drift check catches
 * it, and which of them none can. Three island boards of the Scottish census stand for a month; the
 * next month's file is corrupted.
 */
@ExtendWith(SharedSpark.class)
class CorruptionsIT {
  private static final String SUITE =
      """
      template {
        format = csv, load = full
        key = [sector, ethnicity, age]
        columns = [
          { name = sector, from = PS_code }, { name = name, from = PS_name }, { name = region, from = health_board }
          { name = quintile }, { name = age }, { name = ethnicity }
          { name = ill, from = bad, type = bigint }, { name = fair, from = fg, type = bigint }
          { name = good, type = bigint }, { name = people, from = pop, type = bigint }
        ]
        expectations = [
          { id = columns, expect = expect_table_columns_to_match_ordered_list, on_fail = warn
            column_list = [PS_code, PS_name, health_board, council_area, carstairs, quintile, decile, age, ethnicity, bad, fg, good, pop] }
          { id = row_count, expect = expect_table_row_count_to_be_between, min_value = 100, on_fail = refuse }
          { id = sector, expect = expect_column_values_to_match_regex, column = sector, regex = "^S[0-9]{8}$", on_fail = quarantine }
          { id = region, expect = expect_column_values_to_be_in_set, column = region, value_set = [Orkney, Shetland, "Western Isles"], on_fail = quarantine }
          { id = quintile, expect = expect_column_values_to_be_in_set, column = quintile, value_set = ["1", "2", "3", "4", "5"], on_fail = quarantine }
          { id = age, expect = expect_column_values_to_be_in_set, column = age, on_fail = quarantine
            value_set = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18"] }
          { id = ages, expect = expect_column_distinct_values_to_contain_set, column = age, value_set = ["1", "18"], on_fail = warn }
          { id = ethnicity, expect = expect_column_values_to_be_in_set, column = ethnicity, on_fail = quarantine
            value_set = [all, Scot, OW, WB, Irish, mix, asian, afr, caribb, other] }
          { id = ethnicity_there, expect = expect_column_values_to_not_be_null, column = ethnicity, on_fail = quarantine }
          { id = people, expect = expect_column_values_to_be_between, column = people, min_value = 0, on_fail = quarantine }
          { id = ill, expect = expect_column_pair_values_a_to_be_greater_than_b, column_A = people, column_B = ill, or_equal = true, on_fail = quarantine }
          { id = sum, expect = expect_rows_to_satisfy, condition = "ill + fair + good = people", column_list = [ill, fair, good, people], on_fail = warn }
        ]
        drift = [
          { metric = row_count, max_rate_decrease = 0.9, max_rate_increase = 1.1 }
          { metric = new_levels, column = region }
          { metric = lost_levels, column = region }
          { metric = lost_levels, column = ethnicity }
          { metric = level_shares, column = region, upper_bound = 0.05 }
          { metric = level_shares, column = quintile, upper_bound = 0.1 }
          { metric = completeness, column = name, max_rate_decrease = 0.95 }
          { metric = mean, column = people, max_rate_decrease = 0.8, max_rate_increase = 1.25 }
          { metric = mean, column = fair, max_rate_decrease = 0.8, max_rate_increase = 1.25 }
        ]
      }
      """;

  /** All of them take minutes; see {@code bench/faults.sh}. */
  private static final boolean IS_CAMPAIGN = Boolean.getBoolean("assay.campaign");

  private final Path folder;
  private final TestRun lake;

  CorruptionsIT(SparkSession spark, @TempDir Path folder) {
    this.folder = folder;
    lake = TestRun.quick(spark, folder.resolve("lake"));
  }

  @Test
  void corruptionsAreCaughtByTheCheckThatShouldAndTheOthersAreNamed() throws IOException {
    List<Corruption> all = Corruption.all();
    List<Corruption> corruptions = IS_CAMPAIGN ? all : everyFourth(all);
    run(corruptions);

    Map<String, Set<String>> found = found();
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> caught = new TreeMap<>();
    for (int i = 0; i < corruptions.size(); i++) {
      Corruption corruption = corruptions.get(i);
      boolean isForRules = corruption.caughtBy().matches("[a-z_.]+") && !isBeyond(corruption);
      Set<String> checks = found.getOrDefault("c" + i, Set.of());
      expected.put(corruption.name(), isForRules ? corruption.caughtBy() : "none");
      caught.put(
          corruption.name(),
          isForRules && checks.contains(corruption.caughtBy())
              ? corruption.caughtBy()
              : checks.isEmpty() ? "none" : checks.toString());
    }

    assertThat(caught).isEqualTo(expected);
    assertThat(all).hasSizeGreaterThanOrEqualTo(25);
    assertThat(all.stream().filter(corruption -> !isBeyond(corruption)))
        .hasSizeGreaterThanOrEqualTo(18);
  }

  private static List<Corruption> everyFourth(List<Corruption> all) {
    return IntStream.range(0, all.size()).filter(i -> i % 4 == 3).mapToObj(all::get).toList();
  }

  private static boolean isBeyond(Corruption corruption) {
    return List.of("a region's guard", "nobody", "absorbed").contains(corruption.caughtBy());
  }

  private void run(List<Corruption> corruptions) throws IOException {
    StringBuilder conf = new StringBuilder(SUITE);
    conf.append("assay { name = corruptions, lake { uri = \"lake\" }\n");
    for (int i = 0; i < corruptions.size(); i++) {
      Corruption corruption = corruptions.get(i);
      Path landing = Files.createDirectories(folder.resolve("landing/c" + i));
      if (corruption.caughtBy().startsWith("drift") || isBeyond(corruption)) {
        write(landing.resolve("health_2011-03-27.csv"), islands());
      }
      write(landing.resolve("health_2011-04-27.csv"), corruption.rows().apply(islands()));
      conf.append(
          "extracts.c%d = ${template} { path = \"landing/c%1$d/health_{yyyy-MM-dd}.csv\" }%n"
              .formatted(i));
    }
    conf.append("}\n");
    lake.run(Files.writeString(folder.resolve("assay.conf"), conf), Map.of());
  }

  private static void write(Path file, List<String[]> lines) throws IOException {
    Files.writeString(
        file,
        lines.stream()
            .map(line -> String.join(",", line))
            .collect(Collectors.joining("\n", "", "\n")));
  }

  /** The lines of three boards whose sectors have plain names. */
  private static List<String[]> islands() throws IOException {
    Path data =
        Path.of(System.getenv("ASSAY_DATA"), "scotland2011", "health_by_postcode_sector.csv.gz");
    List<String[]> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data)), StandardCharsets.UTF_8))) {
      lines.add(in.readLine().split(","));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.matches("S[0-9]+,(KW1[567]|ZE|HS).*")) {
          lines.add(line.split(",", -1));
        }
      }
    }
    return lines;
  }

  /** The checks that the corrupted deliveries did not pass, by extract. */
  private Map<String, Set<String>> found() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Row row :
        lake.read("ops.expectation_results")
            .filter("extract_date = DATE '2011-04-27'")
            .filter("verdict = 'fail'")
            .select("extract", "expectation_id")
            .collectAsList()) {
      found.computeIfAbsent(row.getString(0), e -> new TreeSet<>()).add(row.getString(1));
    }
    return found;
  }
}
