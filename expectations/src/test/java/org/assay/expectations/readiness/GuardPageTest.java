package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardPageTest {
  private static final Path PAGE = Path.of("..", "docs", "guards.md");

  /** The block as it is written, without the indentation of the file. */
  private static String defaults() throws IOException {
    try (InputStream in = GuardPageTest.class.getResourceAsStream("/reference.conf")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int begin = text.indexOf("  readiness {");
      return text.substring(begin, text.indexOf("\n  }\n", begin) + 4);
    }
  }

  /** Run with -Dassay.docs=write to write the page again. */
  @Test
  void thePageSaysWhatTheGuardsAsk() throws IOException {
    String page = GuardPage.text(defaults());
    if ("write".equals(System.getProperty("assay.docs"))) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyReasonBelongsToOneGuard() {
    List<ReasonCode> codes =
        Arrays.stream(Guard.values()).flatMap(guard -> guard.codes().stream()).toList();

    assertThat(codes).containsExactlyInAnyOrder(ReasonCode.values());
  }

  @Test
  void everySettingOfADefaultIsNamedByAGuard() throws IOException {
    Set<String> named = new HashSet<>();
    Arrays.stream(Guard.values()).forEach(guard -> named.addAll(guard.settings()));
    List<String> keys =
        defaults()
            .lines()
            .skip(1)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.equals("}"))
            .map(line -> "readiness." + line.split("[ ={]")[0])
            .filter(key -> !key.endsWith(".compare_with") && !key.endsWith(".baseline"))
            .toList();

    assertThat(named).containsAll(keys);
  }
}
