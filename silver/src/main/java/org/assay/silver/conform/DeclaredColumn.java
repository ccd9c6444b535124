package org.assay.silver.conform;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.config.Section;
import org.assay.common.table.TableName;
import org.assay.expectations.ColumnType;

/**
 * A column of a conformed extract.
 *
 * @param name its name in silver
 * @param from its name in the source
 * @param type what its values must be
 * @param format how a date is written, as Spark's date patterns; empty for 2026-03-31
 * @param recode values that are replaced before they are converted
 */
public record DeclaredColumn(
    String name,
    String from,
    ColumnType type,
    Optional<String> format,
    Map<String, String> recode) {
  public DeclaredColumn {
    requireNonNull(from, "from is null");
    recode = Collections.unmodifiableMap(new TreeMap<>(recode)); // in one order, for fingerprints
    if (!TableName.isValid(name)) {
      throw new IllegalArgumentException(
          "\"%s\" cannot name a column; use lower-case letters, digits and _.".formatted(name));
    }
    if (format.isPresent() && type != ColumnType.DATE) {
      throw new IllegalArgumentException("format is for type = date.");
    }
  }

  static Optional<DeclaredColumn> from(Section section) {
    String name = section.text("name");
    String from = section.text("from", name);
    ColumnType type = section.choice("type", ColumnType.class, ColumnType.STRING);
    Optional<String> format = section.optionalText("format");
    Map<String, String> recode = section.textMap("recode");
    return section.build(() -> new DeclaredColumn(name, from, type, format, recode));
  }
}
