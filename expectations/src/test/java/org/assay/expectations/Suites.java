package org.assay.expectations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assay.common.config.Settings;
import org.assay.expectations.vocabulary.SuiteReader;

/** Suites written as in a configuration. */
public final class Suites {
  private Suites() {}

  /**
   * Reads the inside of an extract.
   *
   * @param types declared type by column
   * @param extract HOCON, such as {@code expectations = [ … ]}
   */
  public static ExpectationSuite of(Map<String, ColumnType> types, String extract) {
    return of(types, Map.of("boards", List.of("code", "name")), extract);
  }

  static ExpectationSuite of(
      Map<String, ColumnType> types, Map<String, List<String>> extracts, String extract) {
    try {
      Path folder = Files.createTempDirectory("suite");
      try {
        return read(folder, types, extracts, extract);
      } finally {
        Files.deleteIfExists(folder.resolve("assay.conf"));
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the inside of an extract, in a folder that may hold other files. */
  public static ExpectationSuite read(
      Path folder,
      Map<String, ColumnType> types,
      Map<String, List<String>> extracts,
      String extract)
      throws IOException {
    Path file = folder.resolve("assay.conf");
    Files.writeString(file, "assay { extract {\n" + extract + "\n} }");
    return Settings.load(
        file,
        Map.of(),
        Map.of(),
        root -> {
          root.acceptTheRest();
          return new SuiteReader(types, extracts).read(root.section("extract"));
        });
  }

  /** One rule that holds rows. */
  public static Rule rule(Map<String, ColumnType> types, String expect, String arguments) {
    return of(
            types,
            "expectations = [ { expect = %s, on_fail = quarantine, %s } ]"
                .formatted(expect, arguments))
        .rules()
        .get(0);
  }
}
