package org.assay.bronze.extract;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assay.common.config.Section;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Resupply;
import org.assay.common.privacy.DataClass;
import org.assay.common.table.TableName;

/**
 * An upstream feed, as bronze needs to know it.
 *
 * @param name names its tables
 * @param path where its files are
 * @param format how they are written
 * @param dialect how they are written, if they are CSV
 * @param load what a delivery is, unless its manifest says otherwise
 * @param extractDate where the day comes from that a file speaks of
 * @param manifest whether a file needs a manifest
 * @param resupply which of two FULL deliveries of one date counts
 * @param drift what happens where a file's columns are not those declared
 * @param allowEmpty whether a FULL delivery without rows means that there is nobody
 * @param ingest how new files are found
 * @param rhythm how often it is expected
 * @param sourceColumns the columns that a delivery must have
 * @param namesPeople whether it has identifiers; of a delivery without a header the first person
 *     would stand where the columns' names are looked for
 */
public record Extract(
    String name,
    LandingPath path,
    Format format,
    Dialect dialect,
    Load load,
    DateRule extractDate,
    ManifestRule manifest,
    Resupply resupply,
    Drift drift,
    boolean allowEmpty,
    Ingest ingest,
    Optional<Rhythm> rhythm,
    List<String> sourceColumns,
    boolean namesPeople) {

  /** How new files are found. */
  public enum Ingest {
    /** By listing landing. */
    BATCH,
    /** By Structured Streaming, which remembers what it has seen. */
    STREAM
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

  /** Whether the configuration uses a column; small and capital letters are the same. */
  public boolean declares(String column) {
    return sourceColumns.stream().anyMatch(column::equalsIgnoreCase);
  }

  /** Reads {@code extracts.<name>}; what is wrong is recorded in the section. */
  public static Optional<Extract> from(Section section) {
    LandingPath path = path(section);
    Format format = section.choice("format", Format.class);
    Optional<Section> csv = section.optionalSection("csv");
    if (csv.isPresent() && format != Format.CSV) {
      section.problem(
          "csv",
          "is about CSV, and format is %s.".formatted(format.name().toLowerCase(Locale.ROOT)));
    }
    Optional<Dialect> dialect = Dialect.from(csv);
    Load load = section.choice("load", Load.class);
    ManifestRule manifest = section.choice("manifest", ManifestRule.class, ManifestRule.OPTIONAL);
    DateRule date = DateRule.from(section, path, manifest);
    Resupply resupply = section.choice("resupply_order", Resupply.class, Resupply.NONE);
    Drift drift = Drift.from(section);
    boolean allowEmpty = section.flag("allow_empty", false);
    Ingest ingest = section.choice("ingest", Ingest.class, Ingest.BATCH);
    Optional<Rhythm> rhythm = Rhythm.from(section);
    List<String> columns =
        section.list("columns").stream()
            .map(column -> column.text("from", column.text("name", "")))
            .distinct()
            .toList();
    boolean namesPeople =
        section.list("columns").stream()
            .map(column -> column.choice("class", DataClass.class, DataClass.NONE))
            .anyMatch(DataClass.IDENTIFIER::equals);
    return section.build(
        () ->
            new Extract(
                section.name(),
                path,
                format,
                dialect.orElse(Dialect.STANDARD),
                load,
                date,
                manifest,
                resupply,
                drift,
                allowEmpty,
                ingest,
                rhythm,
                columns,
                namesPeople));
  }

  private static LandingPath path(Section section) {
    try {
      return LandingPath.of(section.location("path"));
    } catch (IllegalArgumentException e) {
      section.problem("path", e.getMessage());
      return LandingPath.of("");
    }
  }
}
