package org.assay.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assay.common.fixture.SharedSpark;
import org.assay.common.table.TableName;
import org.assay.common.table.TableName.Layer;
import org.assay.jobs.cli.BadInputs.BadInput;
import org.assay.jobs.cli.BadInputs.Reach;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bad input ends in its sentence and its exit code, told in {@code bad-inputs.txt}, and
 * leaves the tables of a lake that has data as they were.
 */
@ExtendWith(SharedSpark.class)
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIT {
  private static final String ENTRY = "(?m)^=== ";

  private final Map<String, String> expected = new HashMap<>();
  private final Map<String, String> actual = new LinkedHashMap<>();
  private Path folder;
  private Path sound;

  /** In the session of all tests, which its commands find and leave open. */
  @BeforeAll
  void runTheSoundProject(SparkSession shared, @TempDir Path temporary) throws IOException {
    folder = temporary;
    sound = folder.resolve("sound");
    CommandLineAnswer answer = new Clinic(sound).assay("run");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.exit()).isZero();
    try (InputStream in = getClass().getResourceAsStream("bad-inputs.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String entry : text.split(ENTRY)) {
        int end = entry.indexOf('\n');
        if (end > 0) {
          expected.put(entry.substring(0, end), entry.substring(end + 1).strip());
        }
      }
    }
  }

  /** To be read, and taken over if every sentence is right. */
  @AfterAll
  void keepWhatWasTold() throws IOException {
    StringBuilder text = new StringBuilder();
    actual.forEach((name, told) -> text.append("=== %s%n%s%n%n".formatted(name, told)));
    Files.writeString(Path.of("target", "bad-inputs.txt"), text);
  }

  static List<BadInput> badConfigurations() {
    return BadInputs.ofConfiguration();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badConfigurations")
  void isFoundByCheckWithoutDataAndWithoutALake(BadInput bad) {
    Path project = folder.resolve("check-" + bad.name().replaceAll("\\W+", "-"));

    CommandLineAnswer answer =
        bad.spoil().apply(new Clinic(project).withoutVisits()).assay("check");

    assertThat(told(answer, project)).isEqualTo(expected.get(bad.name()));
    assertThat(project.resolve("lake")).doesNotExist();
  }

  static List<BadInput> badInputs() {
    return BadInputs.all();
  }

  @Test
  void everySentenceIsOfABadInput() {
    List<String> names = BadInputs.all().stream().map(BadInput::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badInputs")
  void endsInItsSentenceAndLeavesTheTablesAsTheyWere(BadInput bad) throws IOException {
    Path project = folder.resolve(bad.name().replaceAll("\\W+", "-"));
    Path lake = lake(bad.reach(), project);
    Clinic clinic = bad.spoil().apply(new Clinic(project));
    Map<String, Long> before = logs(lake, bad.reach());

    CommandLineAnswer answer =
        lake.startsWith(project)
            ? clinic.assay("run")
            : clinic.assay("run", "--lake", lake.toString());

    actual.put(bad.name(), told(answer, project));
    assertThat(actual.get(bad.name())).isEqualTo(expected.get(bad.name()));
    assertThat(told(answer, project)).endsWith("exit " + answer.exit());
    assertThat(logs(lake, bad.reach())).isEqualTo(before);
  }

  /** A copy, unless nothing but the journal may change: then one lake does for all. */
  private Path lake(Reach reach, Path project) throws IOException {
    Path lake = sound.resolve("lake");
    if (reach == Reach.JOURNAL) {
      return lake;
    }
    copy(lake, project.resolve("lake"));
    return project.resolve("lake");
  }

  /** The sentence and the exit code; folders and the place of the log differ from test to test. */
  private static String told(CommandLineAnswer answer, Path project) {
    return answer
        .err()
        .replaceAll("(?m)^Details: .*\\R?", "")
        .replace(project.toString(), "<project>")
        .strip();
  }

  /** The logs of the tables that may not change; data without a commit is in no table. */
  private static Map<String, Long> logs(Path lake, Reach reach) throws IOException {
    Map<String, Long> logs = new TreeMap<>();
    try (Stream<Path> all = Files.walk(lake)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path place = lake.relativize(file);
        Optional<TableName> table =
            place.toString().contains("/_delta_log/")
                ? TableName.parse(place.getName(0) + "." + place.getName(1))
                : Optional.empty();
        if (table.isPresent() && !mayChange(table.get(), reach)) {
          logs.put(place.toString(), Files.size(file));
        }
      }
    }
    assertThat(logs).hasSizeGreaterThan(50);
    return logs;
  }

  private static boolean mayChange(TableName table, Reach reach) {
    return switch (reach) {
      case NOTHING -> false;
      case JOURNAL -> table.layer() == Layer.OPS;
      case BRONZE -> table.layer() == Layer.OPS || table.layer() == Layer.BRONZE;
      case SILVER ->
          table.layer() == Layer.OPS
              || table.layer() == Layer.BRONZE
              || table.equals(TableName.silver("visits"));
    };
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  @Test
  void withoutAssayDataTheErrorNamesIt() throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("data.conf"),
            Clinic.CONFIGURATION.replace("\"visits.csv\"", "${assay.data}\"/visits.csv\""));
    Process process = CommandLineAnswer.process("run", "-c", conf.toString());
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(told.strip())
        .isEqualTo(
            """
            The configuration has 1 problem; nothing was run.

              data.conf:5         assay.data: is not known. Set the environment variable ASSAY_DATA to the folder of the data.
            exit 4""");
    assertThat(process.exitValue()).isEqualTo(4);
  }
}
