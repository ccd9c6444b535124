package org.assay.common.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each key of a configuration stands, for problems that are found only after it was read.
 * Kept apart from the settings, so that a comment that moves a line changes no result.
 */
public final class Places {
  private static final Pattern ITEM = Pattern.compile("(.+)\\[(\\d+)]");

  private final ConfigObject root;

  Places(ConfigObject root) {
    this.root = root;
  }

  /** Whether a key is there. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /**
   * A problem of a key.
   *
   * @param key below {@code assay}, such as {@code populations.residents.factors[0].name}; of a key
   *     that is not there, the block that should have it is named
   */
  public Problem problem(String key, String sentence) {
    ConfigOrigin origin = nearest(key);
    return new Problem(
        Problems.fileName(origin), Math.max(0, origin.lineNumber()), full(key), sentence);
  }

  /**
   * A problem within a text that may span lines.
   *
   * @param key the text's key
   * @param lines how many lines the text has
   * @param line the line within the text, from 1
   */
  public Problem problemInText(String key, int lines, int line, String sentence) {
    Problem last = problem(key, sentence); // the parser names the line where a text ends
    int first = last.line() - (lines - 1);
    return first < 1 ? last : new Problem(last.file(), first + line - 1, full(key), sentence);
  }

  /** A problem within a file that a key names. */
  public Problem problemInFile(String key, int line, String sentence) {
    String file =
        find(key)
            .map(value -> Path.of(String.valueOf(value.unwrapped())).getFileName().toString())
            .orElse(key);
    return new Problem(file, line, full(key), sentence);
  }

  private static String full(String key) {
    return Settings.ROOT + "." + key;
  }

  private ConfigOrigin nearest(String key) {
    String at = key;
    Optional<ConfigValue> found = find(at);
    while (found.isEmpty() && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
      found = find(at);
    }
    return found.map(Origins::of).orElse(root.origin());
  }

  private Optional<ConfigValue> find(String key) {
    Optional<ConfigValue> value = Optional.of(root);
    for (String part : key.split("\\.")) {
      Matcher item = ITEM.matcher(part);
      boolean isItem = item.matches();
      String name = isItem ? item.group(1) : part;
      value = value.filter(ConfigObject.class::isInstance).map(v -> ((ConfigObject) v).get(name));
      if (isItem) {
        int index = Integer.parseInt(item.group(2));
        value =
            value
                .filter(ConfigList.class::isInstance)
                .map(ConfigList.class::cast)
                .filter(list -> index < list.size())
                .map(list -> list.get(index));
      }
    }
    return value;
  }
}
