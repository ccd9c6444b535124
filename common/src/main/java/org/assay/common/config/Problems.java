package org.assay.common.config;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong while a configuration is read, so that all of it is reported at once. */
final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  void add(ConfigOrigin origin, String key, String sentence) {
    found.add(new Problem(fileName(origin), Math.max(0, origin.lineNumber()), key, sentence));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether a block, or anything in it, has problems. */
  boolean areUnder(String path) {
    return found.stream()
        .map(Problem::key)
        .anyMatch(k -> k.equals(path) || k.startsWith(path + ".") || k.startsWith(path + "["));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidSettingsException(List.copyOf(found));
    }
  }

  static String fileName(ConfigOrigin origin) {
    String name =
        origin.filename() == null
            ? origin.description()
            : Path.of(origin.filename()).getFileName().toString();
    return name.replaceFirst(": \\d+$", "");
  }
}
