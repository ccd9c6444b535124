package org.assay.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A project's configuration file, read as one tree. Readers take typed values from it through
 * {@link Section}s; what is wrong is collected and thrown once, unknown keys included.
 */
public final class Settings {
  /** The root of everything Assay reads; other roots in a file are left to other programs. */
  public static final String ROOT = "assay";

  private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{([^}?]+)}");

  private Settings() {}

  /**
   * Reads a configuration.
   *
   * @param file the project's configuration, UTF-8 HOCON
   * @param overrides values by key below {@code assay}, which win over the file
   * @param environment the environment variables; {@code ASSAY_DATA} is seen as {@code assay.data}
   * @param reader turns the root section into settings
   * @throws InvalidSettingsException with every problem in the file
   */
  public static <T> T load(
      Path file,
      Map<String, String> overrides,
      Map<String, String> environment,
      Function<Section, T> reader) {
    Config own = own(file);
    Config config = resolve(file, parse(own, overrides, environment));
    ConfigOrigin block = Origins.of(own.getValue(ROOT));
    Problems problems = new Problems();
    Asked asked = new Asked();
    Section root = new Section(config.getConfig(ROOT), ROOT, block, problems, asked);
    asked.key(ROOT, "data"); // where example data is; only ever used inside the file itself
    T settings = reader.apply(root);
    asked.reportUnknown(config.getConfig(ROOT), ROOT, problems);
    problems.throwIfAny();
    return settings;
  }

  private static Config own(Path file) {
    if (!Files.isReadable(file)) {
      throw refused(file, 0, "(file)", "cannot be read. Give the path of a configuration with -c.");
    }
    Config own;
    try {
      own =
          ConfigFactory.parseFile(
              file.toFile(),
              ConfigParseOptions.defaults()
                  .setAllowMissing(false)
                  .setIncluder(new NeededIncludes(null)));
    } catch (ConfigException.IO | ConfigException.Generic e) {
      throw refused(file, 0, "(include)", e.getMessage());
    } catch (ConfigException e) {
      throw refused(place(file, e), line(e), "(syntax)", syntax(e));
    }
    if (!own.hasPath(ROOT)) {
      throw refused(file, 0, ROOT, "is missing; everything stands in a block assay { … }.");
    }
    return own;
  }

  private static Config parse(
      Config own, Map<String, String> overrides, Map<String, String> environment) {
    Map<String, Object> given = new HashMap<>();
    overrides.forEach((key, value) -> given.put(ROOT + "." + key, literal(value)));
    Config defaults =
        environment.containsKey("ASSAY_DATA")
            ? ConfigFactory.empty()
                .withValue(
                    ROOT + ".data",
                    ConfigValueFactory.fromAnyRef(
                        Path.of(environment.get("ASSAY_DATA"))
                            .toAbsolutePath()
                            .normalize()
                            .toString(),
                        "ASSAY_DATA"))
            : ConfigFactory.empty();
    return given(given)
        .withFallback(own)
        .withFallback(defaults)
        .withFallback(
            ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf"));
  }

  private static Config given(Map<String, Object> values) {
    try {
      return ConfigFactory.parseMap(values, "--set");
    } catch (ConfigException e) {
      throw new InvalidSettingsException(
          List.of(
              new Problem(
                  "--set",
                  0,
                  String.join(", ", new TreeSet<>(values.keySet())),
                  "cannot be set together, or is no key such as readiness.min_cohort.")));
    }
  }

  /**
   * A number, truth, list, block or quoted text is taken as HOCON, which keeps how a number is
   * written: 01 is not 1. Anything else is taken as it stands.
   */
  private static Object literal(String value) {
    if (!value.matches("(?s)[\\[{\"].*|-?\\d+(\\.\\d+)?|true|false")) {
      return value;
    }
    try {
      return ConfigFactory.parseString(
              "v = " + value, ConfigParseOptions.defaults().setOriginDescription("--set"))
          .getValue("v");
    } catch (ConfigException e) {
      return value; // not HOCON: taken as the text it is
    }
  }

  private static Config resolve(Path file, Config config) {
    try {
      return config.resolve(ConfigResolveOptions.defaults());
    } catch (ConfigException.UnresolvedSubstitution e) {
      Matcher name = UNRESOLVED.matcher(e.getMessage());
      String missing = name.find() ? name.group(1) : "a substitution";
      throw refused(
          place(file, e),
          line(e),
          missing,
          missing.equals(ROOT + ".data")
              ? "is not known. Set the environment variable ASSAY_DATA to the folder of the data."
              : "is used here but defined nowhere.");
    } catch (ConfigException e) {
      throw refused(place(file, e), line(e), "(syntax)", syntax(e));
    }
  }

  /** The file in which the problem stands, which may be one that is included. */
  private static Path place(Path file, ConfigException e) {
    return e.origin() == null || e.origin().filename() == null
        ? file
        : Path.of(e.origin().filename());
  }

  private static int line(ConfigException e) {
    return e.origin() == null ? lineIn(e.getMessage()) : Math.max(0, e.origin().lineNumber());
  }

  private static int lineIn(String message) {
    Matcher number = Pattern.compile(": (\\d+):").matcher(message);
    return number.find() ? Integer.parseInt(number.group(1)) : 0;
  }

  private static String syntax(ConfigException e) {
    String message =
        e.getMessage()
            .replaceFirst("^.*?: \\d+: ", "")
            .replaceFirst("(?s) \\(if you intended.*", ";")
            .replaceAll("\\s+", " ");
    if (message.contains("end of file")) {
      return "the file ends before every { and [ is closed.";
    }
    boolean quotesHelp = message.contains("Reserved character") || message.endsWith(";");
    return quotesHelp ? message + " put quotes around the value." : message;
  }

  private static InvalidSettingsException refused(
      Path file, int line, String key, String sentence) {
    return new InvalidSettingsException(
        List.of(new Problem(file.getFileName().toString(), line, key, sentence)));
  }
}
