package org.assay.common.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where a value really stands. The parser counts the lines of texts right, but those of blocks and
 * lists without the lines inside of {@code """} texts above them.
 */
final class Origins {
  private static final String TRIPLE_QUOTE = "\"\"\"";

  private Origins() {}

  /** The origin of a value, on its right line. */
  static ConfigOrigin of(ConfigValue value) {
    ConfigOrigin origin = ownOrigin(value);
    boolean isCounted =
        value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    if (isCounted || origin.filename() == null || origin.lineNumber() < 1) {
      return origin;
    }
    return origin.withLineNumber(line(lines(origin.filename()), origin.lineNumber()));
  }

  /** Of a block that defaults were merged into, the place of what the project itself says. */
  private static ConfigOrigin ownOrigin(ConfigValue value) {
    if (value.origin().filename() != null || !(value instanceof ConfigObject block)) {
      return value.origin();
    }
    return block.values().stream()
        .map(ConfigValue::origin)
        .filter(origin -> origin.filename() != null)
        .min(Comparator.comparingInt(ConfigOrigin::lineNumber))
        .orElse(value.origin());
  }

  /** The first line that comes to the number counted, when lines within texts are not. */
  private static int line(List<String> lines, int counted) {
    boolean inText = false;
    int hidden = 0;
    for (int line = 1; line <= lines.size(); line++) {
      hidden += inText ? 1 : 0;
      if (line - hidden == counted) {
        return line;
      }
      int marks = lines.get(line - 1).split(TRIPLE_QUOTE, -1).length - 1;
      inText ^= marks % 2 == 1;
    }
    return counted;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of(); // it was read a moment ago; a line is all that is lost
    }
  }
}
