package org.assay.common.table;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a table of the lake: a layer and a name within it, written {@code silver.patients}.
 *
 * @param layer the layer the table belongs to
 * @param name lower-case letters, digits and underscores
 */
public record TableName(Layer layer, String name) implements Comparable<TableName> {
  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_]*");

  /** The layers of the lake; each is one folder, or one schema of a catalog. */
  public enum Layer {
    BRONZE,
    SILVER,
    QUARANTINE,
    GOLD_EXACT,
    GOLD,
    OPS;

    /** The layer as it is written in SQL and on disk. */
    public String schema() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Layer> of(String schema) {
      return Arrays.stream(values()).filter(layer -> layer.schema().equals(schema)).findFirst();
    }
  }

  public TableName {
    requireNonNull(layer, "layer is null");
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be a table name; use lower-case letters, digits and _".formatted(name));
    }
  }

  /** Whether this text may name a table: lower-case letters, digits and underscores. */
  public static boolean isValid(String name) {
    return ALLOWED.matcher(name).matches();
  }

  /** Reads {@code layer.name}; empty if the text does not name a table of a known layer. */
  public static Optional<TableName> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0 || !isValid(text.substring(dot + 1))) {
      return Optional.empty();
    }
    return Layer.of(text.substring(0, dot))
        .map(layer -> new TableName(layer, text.substring(dot + 1)));
  }

  public static TableName bronze(String name) {
    return new TableName(Layer.BRONZE, name);
  }

  public static TableName silver(String name) {
    return new TableName(Layer.SILVER, name);
  }

  public static TableName quarantine(String name) {
    return new TableName(Layer.QUARANTINE, name);
  }

  public static TableName goldExact(String name) {
    return new TableName(Layer.GOLD_EXACT, name);
  }

  public static TableName ops(String name) {
    return new TableName(Layer.OPS, name);
  }

  @Override
  public int compareTo(TableName other) {
    return Comparator.comparing(TableName::layer)
        .thenComparing(TableName::name)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return layer.schema() + "." + name;
  }
}
