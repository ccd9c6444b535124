package org.assay.bronze.extract;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;
import org.assay.common.delivery.Load;
import org.assay.common.privacy.DataClass;
import org.assay.common.table.TableName;

/**
 * An upstream feed, as bronze needs to know it.
 *
 * @param name names its tables
 * @param path a file, or a folder of files, each of which is a delivery
 * @param format how the files are written
 * @param load what a delivery is
 * @param extractDate the day the content speaks of
 * @param sourceColumns the columns that a delivery must have
 * @param namesPeople whether it has identifiers; of a delivery without a header the first person
 *     would stand where the columns' names are looked for
 */
public record Extract(
    String name,
    String path,
    Format format,
    Load load,
    LocalDate extractDate,
    List<String> sourceColumns,
    boolean namesPeople) {

  /** How a delivery is written. */
  public enum Format {
    CSV,
    PARQUET
  }

  public Extract {
    requireNonNull(path, "path is null");
    requireNonNull(extractDate, "extractDate is null");
    sourceColumns = List.copyOf(sourceColumns);
    if (!TableName.isValid(name)) {
      throw new IllegalArgumentException(
          "an extract's name names tables: use lower-case letters, digits and _.");
    }
  }

  /** The table that keeps it. */
  public TableName table() {
    return TableName.bronze(name);
  }

  /** Reads {@code extracts.<name>}; what is wrong is recorded in the section. */
  public static Optional<Extract> from(Section section) {
    String path = section.location("path");
    Format format = section.choice("format", Format.class);
    Load load = section.choice("load", Load.class);
    LocalDate extractDate = date(section, "extract_date");
    List<String> columns =
        section.list("columns").stream()
            .map(column -> column.text("from", column.text("name", "")))
            .toList();
    boolean namesPeople =
        section.list("columns").stream()
            .map(column -> column.choice("class", DataClass.class, DataClass.NONE))
            .anyMatch(DataClass.IDENTIFIER::equals);
    return section.build(
        () -> new Extract(section.name(), path, format, load, extractDate, columns, namesPeople));
  }

  private static LocalDate date(Section section, String key) {
    String text = section.text(key);
    try {
      return text.isEmpty() ? LocalDate.EPOCH : LocalDate.parse(text);
    } catch (DateTimeException e) {
      section.problem(key, "\"%s\" is not a date like 2026-03-31.".formatted(text));
      return LocalDate.EPOCH;
    }
  }
}
