package org.assay.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Remembers which keys the readers asked for; whatever else a file holds is unknown. */
final class Asked {
  private final Map<String, Set<String>> keysBySection = new HashMap<>();

  void section(String path) {
    keysBySection.computeIfAbsent(path, p -> new TreeSet<>());
  }

  void key(String path, String key) {
    keysBySection.computeIfAbsent(path, p -> new TreeSet<>()).add(key);
  }

  void reportUnknown(Config config, String path, Problems problems) {
    report(config.root(), path, problems);
  }

  private void report(ConfigObject object, String path, Problems problems) {
    Set<String> known = keysBySection.get(path);
    if (known == null) {
      return; // read as a whole, such as a map of values
    }
    object.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            problems.add(Origins.of(value), path + "." + key, "unknown key." + hint(key, known));
          } else {
            descend(value, path + "." + key, problems);
          }
        });
  }

  private void descend(ConfigValue value, String path, Problems problems) {
    if (value instanceof ConfigObject object) {
      report(object, path, problems);
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        descend(list.get(i), path + "[" + i + "]", problems);
      }
    }
  }

  private static String hint(String key, Set<String> known) {
    return Nearest.to(key, known)
        .map(nearest -> " Did you mean " + nearest + "?")
        .orElse(known.isEmpty() ? "" : " Known here: " + String.join(", ", known) + ".");
  }
}
