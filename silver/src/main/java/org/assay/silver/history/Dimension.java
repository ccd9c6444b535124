package org.assay.silver.history;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;
import org.assay.common.contract.SilverContract;
import org.assay.common.contract.TableContract.ContractColumn;
import org.assay.common.table.TableName;
import org.assay.expectations.Expectation;
import org.assay.expectations.Rule.OnFail;
import org.assay.silver.conform.ExtractRules;

/**
 * A slowly changing dimension, as Kimball names them.
 *
 * @param name names its table
 * @param from the extract whose deliveries it is made of
 * @param type what becomes of a change
 * @param key columns that name a member, among those of the extract's key
 * @param tracked columns whose change begins a version; empty for type 1
 * @param others columns that are carried with their latest values
 * @param effective the column that says from when a row holds; empty where it is the extract date
 * @param listsHistory whether the extract may have several rows of a member, one for each date from
 *     when it holds, because its key has the effective column
 * @param deletes what becomes of a member that is absent from a FULL delivery
 * @param maxClosed the share of members that one delivery may close, 0 to 1
 */
public record Dimension(
    String name,
    String from,
    Type type,
    List<String> key,
    List<String> tracked,
    List<String> others,
    Optional<String> effective,
    boolean listsHistory,
    Deletes deletes,
    double maxClosed) {
  private static final List<String> RESERVED =
      SilverContract.DIMENSION.columns().stream().map(ContractColumn::name).toList();

  /** What becomes of a change. */
  public enum Type {
    /** It overwrites: a row per member. */
    OVERWRITE,
    /** It begins a version: a row per member and time. */
    VERSIONS
  }

  /** What becomes of a member that a FULL, exhaustive delivery does not have. */
  public enum Deletes {
    /** Its version ends. */
    CLOSE,
    /** Nothing: absence says nothing. */
    IGNORE
  }

  public Dimension {
    requireNonNull(type, "type is null");
    requireNonNull(deletes, "deletes is null");
    key = List.copyOf(key);
    tracked = List.copyOf(tracked);
    others = List.copyOf(others);
    if (!TableName.isValid(name)) {
      throw new IllegalArgumentException(
          "a dimension's name names its table: use lower-case letters, digits and _.");
    }
    if (key.isEmpty()) {
      throw new IllegalArgumentException("key is empty; name the columns that name a member.");
    }
    if (type == Type.VERSIONS && tracked.isEmpty()) {
      throw new IllegalArgumentException(
          "tracked is empty; name the columns whose change begins a version, or use type = 1.");
    }
    if (type == Type.OVERWRITE && !tracked.isEmpty()) {
      throw new IllegalArgumentException(
          "tracked is for type = 2; a dimension of type 1 keeps no versions.");
    }
    if (!(maxClosed >= 0 && maxClosed <= 1)) {
      throw new IllegalArgumentException(
          "max_closed is a share from 0 to 1, not %s.".formatted(maxClosed));
    }
    List<String> columns = Stream.of(key, tracked, others).flatMap(List::stream).toList();
    if (!Lists.repeated(columns).isEmpty()) {
      throw new IllegalArgumentException(
          "%s is named more than once among key, tracked and attributes."
              .formatted(String.join(", ", Lists.repeated(columns))));
    }
    List<String> reserved = columns.stream().filter(RESERVED::contains).toList();
    if (!reserved.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is a name of the dimension's own; give the extract's column another one."
              .formatted(String.join(", ", reserved)));
    }
  }

  /** Its table. */
  public TableName table() {
    return TableName.silver(name);
  }

  /** All attributes: tracked ones first. */
  public List<String> attributes() {
    return Stream.concat(tracked.stream(), others.stream()).toList();
  }

  /** All columns that come from the extract. */
  public List<String> columns() {
    return Stream.concat(key.stream(), attributes().stream()).toList();
  }

  /** The columns that name a row. */
  public List<String> rowKey() {
    List<String> names = new ArrayList<>(key);
    if (type == Type.VERSIONS) {
      names.add(Versions.VALID_FROM);
    }
    return names;
  }

  /**
   * Reads {@code dimensions.<name>}; what is wrong is recorded in the section.
   *
   * @param declared names of all extracts, those with problems included
   * @param extracts the extracts without problems
   */
  public static Optional<Dimension> from(
      Section section, Collection<String> declared, List<ExtractRules> extracts) {
    String from = section.reference("from", declared);
    long number = section.number("type");
    if (number != 1 && number != 2) {
      section.problem("type", "%d is not 1 or 2.".formatted(number));
    }
    List<String> key = section.texts("key");
    List<String> tracked = section.texts("tracked");
    boolean hasAttributes = section.has("attributes");
    List<String> named = hasAttributes ? section.texts("attributes") : List.of();
    String effective = section.text("effective", EXTRACT_DATE);
    Deletes deletes = section.choice("deletes", Deletes.class, Deletes.IGNORE);
    double maxClosed = section.decimal("max_closed", 0.1);
    Optional<ExtractRules> extract =
        extracts.stream().filter(rules -> rules.name().equals(from)).findFirst();
    extract.ifPresent(rules -> check(section, rules, key, tracked, named, effective));
    List<String> others =
        hasAttributes
            ? named
            : extract.map(ExtractRules::columnNames).orElse(List.of()).stream()
                .filter(column -> !key.contains(column) && !tracked.contains(column))
                .toList();
    return section.build(
        () ->
            new Dimension(
                section.name(),
                from,
                number == 1 ? Type.OVERWRITE : Type.VERSIONS,
                key,
                tracked,
                others,
                Optional.of(effective).filter(column -> !column.equals(EXTRACT_DATE)),
                extract.filter(rules -> rules.key().contains(effective)).isPresent(),
                deletes,
                maxClosed));
  }

  private static final String EXTRACT_DATE = "extract_date";

  private static void check(
      Section section,
      ExtractRules extract,
      List<String> key,
      List<String> tracked,
      List<String> named,
      String effective) {
    columns(section, "tracked", tracked, extract);
    columns(section, "attributes", named, extract);
    for (String part : key) {
      if (!extract.key().contains(part)) {
        section.problem(
            "key",
            "\"%s\" is not in the key of %s (%s), by which rows without one are held."
                .formatted(part, extract.name(), String.join(", ", extract.key())));
      }
    }
    if (effective.equals(EXTRACT_DATE)) {
      return;
    }
    columns(section, "effective", List.of(effective), extract);
    if (extract.columnNames().contains(effective)) {
      if (extract.schema().apply(effective).dataType() != DataTypes.DateType) {
        section.problem("effective", "%s must have type = date.".formatted(effective));
      }
      if (!extract.key().contains(effective) && !isNeverNull(extract, effective)) {
        section.problem(
            "effective",
            "a row without %s could not be placed in time; expect_column_values_to_not_be_null of it with on_fail = quarantine."
                .formatted(effective));
      }
    }
  }

  private static boolean isNeverNull(ExtractRules extract, String column) {
    return extract.suite().rules().stream()
        .filter(rule -> rule.onFail() == OnFail.QUARANTINE)
        .map(rule -> rule.expectation())
        .filter(Expectation.OfRow.class::isInstance)
        .anyMatch(
            e ->
                e.columns().equals(List.of(column))
                    && e.type().equals("expect_column_values_to_not_be_null"));
  }

  private static void columns(
      Section section, String key, List<String> columns, ExtractRules extract) {
    for (String column : columns) {
      if (!extract.columnNames().contains(column)) {
        section.problem(
            key,
            "\"%s\" is not a column of %s; it has %s."
                .formatted(column, extract.name(), String.join(", ", extract.columnNames())));
      }
    }
  }
}
