package org.assay.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  private enum Format {
    CSV,
    PARQUET
  }

  private record Feed(String path, Format format, long rows) {
    Feed {
      if (rows < 0) {
        throw new IllegalArgumentException("rows is negative.");
      }
    }

    static Optional<Feed> from(Section section) {
      String path = section.location("path");
      Format format = section.choice("format", Format.class);
      long rows = section.number("rows");
      return section.build(() -> new Feed(path, format, rows));
    }
  }

  private <T> T load(String conf, Function<Section, T> reader) throws IOException {
    return load(conf, Map.of(), Map.of(), reader);
  }

  private <T> T load(
      String conf,
      Map<String, String> overrides,
      Map<String, String> environment,
      Function<Section, T> reader)
      throws IOException {
    Path file = Files.writeString(folder.resolve("assay.conf"), conf);
    return Settings.load(
        file,
        overrides,
        environment,
        root -> {
          root.optionalSection("spark").ifPresent(spark -> spark.text("master"));
          return reader.apply(root);
        });
  }

  private static List<Feed> feeds(Section root) {
    return root.sections("feeds").values().stream()
        .map(Feed::from)
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void pathsAreRelativeToTheFileThatHoldsThem() throws IOException {
    List<Feed> feeds =
        load(
            "assay { feeds.a { path = \"in/a.csv\", format = csv, rows = 1 } }",
            SettingsTest::feeds);

    assertThat(feeds)
        .containsExactly(new Feed(folder.resolve("in/a.csv").toString(), Format.CSV, 1));
  }

  @Test
  void everyProblemIsReportedAtOnceWithFileAndLine() {
    String conf =
        """
        assay {
          feeds.a { path = a, formt = csv, rows = 1 }
          feeds.b {
            path = b
            format = cvs
            rows = many
          }
          feeds.c { path = c, format = csv, rows = -1 }
        }
        """;

    InvalidSettingsException refused =
        catchThrowableOfType(InvalidSettingsException.class, () -> load(conf, SettingsTest::feeds));

    assertThat(refused.problems())
        .containsExactlyInAnyOrder(
            new Problem(
                "assay.conf",
                2,
                "assay.feeds.a.format",
                "is missing; it must be one of csv, parquet."),
            new Problem(
                "assay.conf", 2, "assay.feeds.a.formt", "unknown key. Did you mean format?"),
            new Problem(
                "assay.conf", 5, "assay.feeds.b.format", "\"cvs\" is not one of csv, parquet."),
            new Problem(
                "assay.conf", 6, "assay.feeds.b.rows", "must be a whole number, not \"many\"."),
            new Problem("assay.conf", 8, "assay.feeds.c", "rows is negative."));
    assertThat(refused)
        .hasMessageStartingWith("The configuration has 5 problems; nothing was run.");
  }

  @Test
  void aMissingDataFolderNamesTheVariable() {
    assertThatThrownBy(
            () -> load("assay { feeds.a { path = ${assay.data}\"/a.csv\" } }", SettingsTest::feeds))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("assay.conf:1")
        .hasMessageContaining("Set the environment variable ASSAY_DATA to the folder of the data.");
  }

  @Test
  void theDataFolderComesFromTheEnvironment() throws IOException {
    List<Feed> feeds =
        load(
            "assay { feeds.a { path = ${assay.data}\"/a.csv\", format = csv, rows = 1 } }",
            Map.of(),
            Map.of("ASSAY_DATA", "/data"),
            SettingsTest::feeds);

    assertThat(feeds).extracting(Feed::path).containsExactly("/data/a.csv");
  }

  @Test
  void anOverrideWinsOverTheFile() throws IOException {
    List<Feed> feeds =
        load(
            "assay { feeds.a { path = a, format = csv, rows = 1 } }",
            Map.of("feeds.a.rows", "7"),
            Map.of(),
            SettingsTest::feeds);

    assertThat(feeds).extracting(Feed::rows).containsExactly(7L);
  }

  @Test
  void aReservedCharacterAsksForQuotes() {
    assertThatThrownBy(() -> load("assay {\n  lake = s3a://bucket/lake\n}", root -> root))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("assay.conf:2")
        .hasMessageContaining("quotes");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> Settings.load(folder.resolve("none.conf"), Map.of(), Map.of(), root -> root))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("none.conf")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aFileWithoutTheRootBlockIsRefused() {
    assertThatThrownBy(() -> load("other { a = 1 }", root -> root))
        .hasMessageContaining("everything stands in a block assay { … }");
  }

  @Test
  void theNearestKnownWordIsSuggested() {
    assertThat(Nearest.to("formt", List.of("format", "path"))).contains("format");
    assertThat(Nearest.to("ofrmat", List.of("format", "path"))).contains("format");
    assertThat(Nearest.to("zzz", List.of("format", "path"))).isEmpty();
  }

  @Test
  void aWholeNumberIsNotCut() {
    InvalidSettingsException refused =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                load(
                    "assay { feeds.a { path = a, format = csv, rows = 0.5 } }",
                    SettingsTest::feeds));

    assertThat(refused.problems())
        .extracting(Problem::sentence)
        .containsExactly("must be a whole number, not 0.5.");
  }

  @Test
  void numbersAreTextsAsTheyAreWritten() throws IOException {
    String conf = "assay { recode { North = 01, South = 1.50, open = true } }";

    Map<String, String> recode = load(conf, root -> root.textMap("recode"));
    assertThat(recode)
        .containsExactlyEntriesOf(
            new TreeMap<>(Map.of("North", "01", "South", "1.50", "open", "true")));
    assertThat(
            load(conf, Map.of("codes", "[01, 02]", "code", "007"), Map.of(), SettingsTest::codes))
        .containsExactly("007", "01", "02");
  }

  private static List<String> codes(Section root) {
    root.acceptTheRest();
    List<String> codes = new ArrayList<>(List.of(root.text("code")));
    codes.addAll(root.texts("codes"));
    return codes;
  }

  @Test
  void aNameHasNoDot() {
    InvalidSettingsException refused =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () ->
                load(
                    "assay { feeds { \"north.visits\" { path = a, format = csv, rows = 1 } } }",
                    SettingsTest::feeds));

    assertThat(refused.problems())
        .extracting(Problem::sentence)
        .containsExactly("\"north.visits\" has a dot in it; a name has none.");
  }

  @Test
  void whatIsIncludedMustBeThere() throws IOException {
    Files.writeString(folder.resolve("rules.conf"), "assay.feeds.a.rows = 7");
    Files.writeString(folder.resolve("empty.conf"), "");
    String feed = "\nassay { feeds.a { path = a, format = csv, rows = 1 } }";

    for (String there :
        List.of(
            "\"rules\"",
            "\"rules.conf\"",
            "\"empty.conf\"",
            "file(\"" + folder.resolve("empty.conf") + "\")")) {
      assertThat(load("include " + there + feed, SettingsTest::feeds)).hasSize(1);
    }
    for (String missing :
        List.of("\"rulse.conf\"", "file(\"rulse.conf\")", "required(\"rulse.conf\")")) {
      assertThatThrownBy(() -> load("include " + missing + feed, SettingsTest::feeds))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("rulse.conf");
    }
  }
}
