package org.assay.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One block of a configuration, read by type. A value that is missing or wrong is recorded with its
 * file, line and key, and a neutral value is returned, so that reading goes on and finds the rest;
 * {@link #build} then builds nothing from a block that has problems.
 */
public final class Section {
  private static final int MOST_NAMED = 20;

  private final Config config;
  private final String path;
  private final ConfigOrigin origin;
  private final Problems problems;
  private final Asked asked;

  Section(Config config, String path, ConfigOrigin origin, Problems problems, Asked asked) {
    this.config = config;
    this.path = path;
    this.origin = origin;
    this.problems = problems;
    this.asked = asked;
    asked.section(path);
  }

  /** The last part of this block's key, such as the name of an extract. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Where the keys of this block stand; meant for the root. */
  public Places places() {
    return new Places(config.root());
  }

  /** Takes all other keys as known, where what they mean cannot be told. */
  public void acceptTheRest() {
    config.root().keySet().forEach(key -> asked.key(path, key));
  }

  /** Builds a value unless this block has problems; what its constructor refuses is one. */
  public <T> Optional<T> build(Supplier<T> constructor) {
    if (problems.areUnder(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(constructor.get());
    } catch (IllegalArgumentException e) {
      problems.add(origin, path, e.getMessage());
      return Optional.empty();
    } catch (NoSuchElementException e) {
      if (problems.isEmpty()) {
        throw e;
      }
      return Optional.empty(); // something it refers to was not built and has problems of its own
    }
  }

  /** Records what is wrong with one key of this block. */
  public void problem(String key, String sentence) {
    ConfigOrigin place = has(key) ? Origins.of(value(key)) : origin;
    problems.add(place, path + "." + key, sentence);
  }

  /** Whether the key is there. */
  public boolean has(String key) {
    asked.key(path, key);
    return config.hasPath(ConfigUtil.joinPath(key));
  }

  /** A text that must be there; numbers and booleans are taken as they are written. */
  public String text(String key) {
    return optionalText(key).orElseGet(() -> missing(key, "a text", ""));
  }

  /** A text, if it is there. */
  public Optional<String> optionalText(String key) {
    return read(key, c -> c.getString(ConfigUtil.joinPath(key)), "a text");
  }

  /** A text, or this one. */
  public String text(String key, String otherwise) {
    return optionalText(key).orElse(otherwise);
  }

  /** A whole number, if it is there. */
  public Optional<Long> optionalNumber(String key) {
    return read(key, c -> whole(c, ConfigUtil.joinPath(key)), "a whole number");
  }

  /** The library would take 0.5 for 0. */
  private static long whole(Config config, String path) {
    Number number = config.getNumber(path);
    long whole = number.longValue();
    if (number.doubleValue() != whole) {
      throw new ConfigException.BadValue(path, number + " is not whole");
    }
    return whole;
  }

  /** A whole number that must be there, in a configuration or in its defaults. */
  public long number(String key) {
    return optionalNumber(key).orElseGet(() -> missing(key, "a whole number", 0L));
  }

  /** A decimal number, or this one. */
  public double decimal(String key, double otherwise) {
    return read(key, c -> c.getDouble(ConfigUtil.joinPath(key)), "a number").orElse(otherwise);
  }

  /** A yes or no, or this one. */
  public boolean flag(String key, boolean otherwise) {
    return read(key, c -> c.getBoolean(ConfigUtil.joinPath(key)), "true or false")
        .orElse(otherwise);
  }

  /** A list of texts; empty if the key is not there. */
  public List<String> texts(String key) {
    return read(key, c -> List.copyOf(c.getStringList(ConfigUtil.joinPath(key))), "a list of texts")
        .orElse(List.of());
  }

  /** A list of lists of texts, where null is empty; empty if the key is not there. */
  public List<List<Optional<String>>> rows(String key) {
    List<List<Optional<String>>> rows = new ArrayList<>();
    Optional<ConfigList> list =
        read(key, c -> c.getList(ConfigUtil.joinPath(key)), "a list of lists [ [ … ] ]");
    for (ConfigValue value : list.map(List::copyOf).orElse(List.of())) {
      if (value instanceof ConfigList row) {
        rows.add(row.stream().map(Section::written).toList());
      } else {
        problems.add(value.origin(), path + "." + key, "must be a list of lists [ [ … ] ].");
      }
    }
    return rows;
  }

  /** A text or a list of texts, as a list; empty if the key is not there. */
  public List<String> textOrTexts(String key) {
    return has(key) && value(key).valueType() == ConfigValueType.LIST
        ? texts(key)
        : optionalText(key).map(List::of).orElse(List.of());
  }

  /** Whether the key is there and is a block. */
  public boolean isBlock(String key) {
    return has(key) && value(key).valueType() == ConfigValueType.OBJECT;
  }

  /** A value as it is written: 01 is not 1. */
  private static Optional<String> written(ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL
        ? Optional.empty()
        : Optional.of(value.atKey("v").getString("v"));
  }

  /** Texts by key, in the order of the keys; empty if it is not there. */
  public Map<String, String> textMap(String key) {
    Map<String, String> map = new TreeMap<>();
    read(key, c -> c.getObject(ConfigUtil.joinPath(key)), "a block of texts")
        .ifPresent(
            block ->
                block.forEach(
                    (name, value) -> {
                      if (value.unwrapped() instanceof String
                          || value.unwrapped() instanceof Number
                          || value.unwrapped() instanceof Boolean) {
                        written(value).ifPresent(text -> map.put(name, text));
                      } else {
                        problems.add(
                            value.origin(),
                            path + "." + key + "." + name,
                            "must be a text, not %s.".formatted(shown(value)));
                      }
                    }));
    return map;
  }

  /** One of an enum's constants, written in lower case; must be there. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    E first = type.getEnumConstants()[0];
    return has(key) ? choice(key, type, first) : missing(key, oneOf(type), first);
  }

  /** One of an enum's constants, written in lower case, or this one. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return written(key)
        .flatMap(
            text -> {
              Optional<E> found =
                  Arrays.stream(type.getEnumConstants())
                      .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                      .findFirst();
              if (found.isEmpty()) {
                problem(key, "\"%s\" is not %s.".formatted(text, oneOf(type)));
              }
              return found;
            })
        .orElse(otherwise);
  }

  /** A text, where HOCON's null is the word as well: a choice may be called so. */
  private Optional<String> written(String key) {
    asked.key(path, key);
    boolean isNull =
        config.hasPathOrNull(ConfigUtil.joinPath(key))
            && config.getIsNull(ConfigUtil.joinPath(key));
    return isNull ? Optional.of("null") : optionalText(key);
  }

  /** A text that must be one of these. */
  public String reference(String key, Collection<String> allowed) {
    String text = text(key);
    if (!text.isEmpty() && !allowed.contains(text)) {
      String hint = Nearest.to(text, allowed).map(n -> " Did you mean " + n + "?").orElse("");
      boolean areMany = allowed.size() > MOST_NAMED;
      String which =
          areMany ? "the %d there are".formatted(allowed.size()) : String.join(", ", allowed);
      problem(key, "\"%s\" is not one of %s.%s".formatted(text, which, hint));
    }
    return text;
  }

  /** A block that must be there; an empty one stands in where it is missing. */
  public Section section(String key) {
    if (!has(key)) {
      problems.add(origin, path + "." + key, "is missing; it must be a block { … }.");
    }
    return optionalSection(key)
        .orElseGet(
            () ->
                new Section(
                    config.withoutPath(ConfigUtil.joinPath(key)),
                    path + "." + key,
                    origin,
                    problems,
                    new Asked()));
  }

  /** A block, if it is there. */
  public Optional<Section> optionalSection(String key) {
    return read(key, c -> c.getObject(ConfigUtil.joinPath(key)), "a block { … }")
        .map(object -> child(object, key));
  }

  /**
   * The root of another file, JSON or HOCON, that a key names, resolved like {@link #location};
   * empty if the key is not there. Keys of it that nobody asks for are not reported: it may be
   * another product's.
   */
  public Optional<Section> file(String key) {
    return optionalLocation(key)
        .flatMap(
            file -> {
              try {
                Config other =
                    ConfigFactory.parseFile(
                        new File(file), ConfigParseOptions.defaults().setAllowMissing(false));
                return Optional.of(
                    new Section(other, path + "." + key, other.origin(), problems, new Asked()));
              } catch (ConfigException e) {
                problem(key, "%s cannot be read: %s".formatted(file, e.getMessage()));
                return Optional.empty();
              }
            });
  }

  /** The file and line where this block stands, such as {@code suite.json line 12}. */
  public String place() {
    return "%s line %d".formatted(Problems.fileName(origin), Math.max(0, origin.lineNumber()));
  }

  /** Reports the keys of this block that nobody has asked for; for blocks of another file. */
  public void refuseUnknown() {
    config
        .root()
        .forEach(
            (key, value) -> {
              if (value.valueType() == ConfigValueType.NULL) {
                asked.key(path, key); // it says nothing
              }
            });
    asked.reportUnknown(config, path, problems);
  }

  /** The blocks inside a block, by name in alphabetical order. */
  public Map<String, Section> sections(String key) {
    Map<String, Section> named = new LinkedHashMap<>();
    optionalSection(key)
        .ifPresent(
            parent ->
                parent.config.root().keySet().stream()
                    .sorted()
                    .forEach(name -> parent.named(name).ifPresent(s -> named.put(name, s))));
    return named;
  }

  /** Names of blocks become names of tables and columns; the dot is between those. */
  private Optional<Section> named(String name) {
    if (name.contains(".")) {
      problem(name, "\"%s\" has a dot in it; a name has none.".formatted(name));
      asked.key(path, name);
      optionalSection(name).ifPresent(Section::acceptTheRest);
      return Optional.empty();
    }
    return optionalSection(name);
  }

  /** The blocks of a list, in order; empty if the key is not there. */
  public List<Section> list(String key) {
    Optional<ConfigList> list =
        read(key, c -> c.getList(ConfigUtil.joinPath(key)), "a list of blocks [ { … } ]");
    List<Section> sections = new ArrayList<>();
    for (ConfigValue value : list.map(List::copyOf).orElse(List.of())) {
      String item = key + "[" + sections.size() + "]";
      if (value instanceof ConfigObject object) {
        sections.add(child(object, item));
      } else {
        problems.add(value.origin(), path + "." + item, "must be a block { … }.");
        sections.add(new Section(config, path + "." + item, value.origin(), problems, new Asked()));
      }
    }
    return sections;
  }

  /** A path, resolved against the folder of the file that holds it; must be there. */
  public String location(String key) {
    String text = text(key);
    boolean hasScheme = text.matches("[a-z][a-z0-9+.-]*:.*");
    return text.isEmpty() || hasScheme ? text : folder(key).resolve(text).normalize().toString();
  }

  /** A path, resolved like {@link #location}, if it is there. */
  public Optional<String> optionalLocation(String key) {
    return has(key) ? Optional.of(location(key)) : Optional.empty();
  }

  private Path folder(String key) {
    String file = value(key).origin().filename();
    Path parent = file == null ? null : Path.of(file).toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }

  private Section child(ConfigObject object, String key) {
    return new Section(object.toConfig(), path + "." + key, Origins.of(object), problems, asked);
  }

  private ConfigValue value(String key) {
    return config.getValue(ConfigUtil.joinPath(key));
  }

  private <T> Optional<T> read(String key, Function<Config, T> reader, String wanted) {
    if (!has(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(config));
    } catch (ConfigException e) {
      problem(key, "must be %s, not %s.".formatted(wanted, shown(value(key))));
      return Optional.empty();
    }
  }

  private <T> T missing(String key, String wanted, T neutral) {
    if (!has(key)) {
      problems.add(origin, path + "." + key, "is missing; it must be %s.".formatted(wanted));
    }
    return neutral;
  }

  private static String shown(ConfigValue value) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      return written(value).orElseThrow();
    }
    boolean isText = value.valueType() == ConfigValueType.STRING;
    return isText
        ? "\"" + value.unwrapped() + "\""
        : "a " + value.valueType().name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> String oneOf(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "one of ", ""));
  }
}
