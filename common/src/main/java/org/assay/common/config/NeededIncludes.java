package org.assay.common.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.util.List;

/**
 * Includes files that must be there. HOCON takes one that is missing for an empty one, so that a
 * mistyped name would leave rules at their defaults without a word.
 */
final class NeededIncludes implements ConfigIncluder, ConfigIncluderFile {
  /** What HOCON adds to a name, in its order. */
  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  private final ConfigIncluder hocon;

  /**
   * @param hocon what finds and reads the files; null before the parser has said it
   */
  NeededIncludes(ConfigIncluder hocon) {
    this.hocon = hocon;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new NeededIncludes(hocon == null ? fallback : hocon.withFallback(fallback));
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigObject included = hocon.include(context, what);
    boolean isThere =
        !included.isEmpty()
            || ENDINGS.stream().anyMatch(ending -> isThere(context.relativeTo(what + ending)));
    if (!isThere) {
      throw missing(what);
    }
    return included;
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    ConfigObject included = ((ConfigIncluderFile) hocon).includeFile(context, what);
    boolean isThere =
        !included.isEmpty() || what.isFile() || isThere(context.relativeTo(what.getPath()));
    if (!isThere) {
      throw missing(what.getPath());
    }
    return included;
  }

  /** An empty file is a file. */
  private static boolean isThere(ConfigParseable file) {
    if (file == null) {
      return false;
    }
    try {
      file.parse(file.options().setAllowMissing(false));
      return true;
    } catch (ConfigException.IO e) {
      return false;
    }
  }

  private static ConfigException missing(String what) {
    return new ConfigException.Generic(
        "include \"%s\": there is no such file. Correct its name.".formatted(what));
  }
}
