package org.assay.silver.conform;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.config.Section;
import org.assay.common.privacy.DataClass;
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
 * @param dataClass how close it comes to naming a person
 * @param pseudonymise how it becomes a pseudonym; there for identifiers, and only for them
 */
public record DeclaredColumn(
    String name,
    String from,
    ColumnType type,
    Optional<String> format,
    Map<String, String> recode,
    DataClass dataClass,
    Optional<Pseudonymise> pseudonymise) {
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
    format
        .flatMap(DatePattern::fault)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException("format \"%s\" %s".formatted(format.get(), fault));
            });
    boolean identifier = dataClass == DataClass.IDENTIFIER;
    if (identifier && pseudonymise.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is an identifier and leaves bronze only as a pseudonym; add pseudonymise { domain = … }."
              .formatted(name));
    }
    if (!identifier && pseudonymise.isPresent()) {
      throw new IllegalArgumentException(
          "%s has a block pseudonymise but is not an identifier; add class = identifier."
              .formatted(name));
    }
    if (identifier && type != ColumnType.STRING) {
      throw new IllegalArgumentException(
          "%s is an identifier, whose pseudonym is a text; leave out type = %s."
              .formatted(name, type.sql()));
    }
  }

  /** Whether it names a person by itself. */
  public boolean isIdentifier() {
    return dataClass == DataClass.IDENTIFIER;
  }

  static Optional<DeclaredColumn> from(Section section) {
    String name = section.text("name");
    String from = section.text("from", name);
    ColumnType type = section.choice("type", ColumnType.class, ColumnType.STRING);
    Optional<String> format = section.optionalText("format");
    Map<String, String> recode = section.textMap("recode");
    DataClass dataClass = section.choice("class", DataClass.class, DataClass.NONE);
    Optional<Pseudonymise> pseudonymise =
        section.optionalSection("pseudonymise").flatMap(Pseudonymise::from);
    return section.build(
        () -> new DeclaredColumn(name, from, type, format, recode, dataClass, pseudonymise));
  }
}
