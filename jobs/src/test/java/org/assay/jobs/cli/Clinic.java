package org.assay.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A small sound project, of which tests spoil one thing at a time. */
final class Clinic {
  static final String CONFIGURATION =
      """
      assay {
        name = clinic
        lake { uri = "lake" }
        extracts.visits {
          path         = "visits.csv"
          format       = csv
          load         = full
          extract_date = "2026-03-31"
          key          = [visit]
          columns = [
            { name = visit }
            { name = patient }
            { name = region, from = board }
            { name = ethnicity }
            { name = seen, type = date, format = "dd/MM/yyyy" }
            { name = age, type = int }
            { name = cost, type = double }
            { name = status }
          ]
          expectations = [
            { expect = expect_column_values_to_be_between, column = age, min_value = 0, max_value = 120, on_fail = quarantine }
            { expect = expect_table_row_count_to_be_between, min_value = 40, on_fail = refuse }
          ]
        }
        populations.visitors {
          sql = \"""
            SELECT visit, patient, region, ethnicity,
                   seen, age, cost, status
            FROM visits
          \"""
          unit    = [visit]
          exclude = [ { name = children, when = "age < 18" } ]
          region  { code = region }
          factors = [ { name = ethnicity, levels = [White, Other], reference = White, interest = true } ]
        }
        cohorts.death {
          population = visitors
          outcome    { column = status, event = [Died], non_event = [Alive] }
          readiness  { min_cohort = 10, min_level = 5 }
          models     { crude { terms = "ethnicity", primary = true, engine = cells } }
        }
      }
      """;

  private final Path folder;
  private String configuration = CONFIGURATION;
  private byte[] visits = csv(rows()).getBytes(StandardCharsets.UTF_8);
  private String visitsFile = "visits.csv";

  Clinic(Path folder) {
    this.folder = folder;
  }

  /** Visits of 60 people to two boards, without the header. */
  static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      rows.add(
          "v%d,p%d,%s,%s,%02d/03/2026,%d,%d.5,%s"
              .formatted(
                  i,
                  i,
                  i % 2 == 0 ? "North" : "South",
                  i % 3 == 0 ? "Other" : "White",
                  1 + i % 28,
                  20 + i,
                  i,
                  i % 5 == 0 ? "Died" : "Alive"));
    }
    return rows;
  }

  static String csv(List<String> rows) {
    return "visit,patient,board,ethnicity,seen,age,cost,status\n" + String.join("\n", rows) + "\n";
  }

  /** Replaces a text of the configuration, which must be there. */
  Clinic conf(String what, String by) {
    assertThat(configuration).contains(what);
    configuration = configuration.replace(what, by);
    return this;
  }

  /** The visits, as these bytes. */
  Clinic visits(byte[] content) {
    visits = content;
    return this;
  }

  /** The visits, as a text in UTF-8. */
  Clinic visits(String content) {
    return visits(content.getBytes(StandardCharsets.UTF_8));
  }

  /** The visits in another encoding. */
  Clinic encoded(Charset charset) {
    return visits(new String(visits, StandardCharsets.UTF_8).getBytes(charset));
  }

  /** The visits under another name. */
  Clinic named(String file) {
    visitsFile = file;
    return conf("\"visits.csv\"", "\"" + file + "\"");
  }

  /** No file of visits at all. */
  Clinic withoutVisits() {
    visits = new byte[0];
    visitsFile = "";
    return this;
  }

  /** Another file beside the configuration. */
  Clinic file(String name, String content) {
    write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Without a folder that may be there, and all that is in it. */
  Clinic without(String name) {
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The folder of the project. */
  Path folder() {
    return folder;
  }

  /** Runs a command on the project. */
  CommandLineAnswer assay(String command, String... more) {
    if (!visitsFile.isEmpty()) {
      write(folder.resolve(visitsFile), visits);
    }
    Path file = folder.resolve("assay.conf");
    write(file, configuration.getBytes(StandardCharsets.UTF_8));
    List<String> arguments = new ArrayList<>(List.of(command, "-c", file.toString()));
    arguments.addAll(List.of(more));
    return CommandLineAnswer.to(arguments);
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
