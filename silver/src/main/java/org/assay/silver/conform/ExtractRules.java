package org.assay.silver.conform;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Load;
import org.assay.common.table.TableName;
import org.assay.expectations.ColumnType;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Rule;
import org.assay.expectations.SuiteReader;

/**
 * An extract, as silver needs to know it.
 *
 * @param name names its tables
 * @param load what a delivery is
 * @param key columns that name a row; empty where nothing does
 * @param columns in order
 * @param nullTokens source texts that mean "no value"
 * @param suite its expectations
 * @param owner who owns it
 * @param contact whom to ask
 */
public record ExtractRules(
    String name,
    Load load,
    List<String> key,
    List<DeclaredColumn> columns,
    List<String> nullTokens,
    ExpectationSuite suite,
    Optional<String> owner,
    Optional<String> contact) {
  public ExtractRules {
    requireNonNull(suite, "suite is null");
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    nullTokens = List.copyOf(nullTokens);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns is empty; declare the columns that are used.");
    }
    List<String> names = columns.stream().map(DeclaredColumn::name).toList();
    if (!Lists.repeated(names).isEmpty()) {
      throw new IllegalArgumentException(
          "columns declares %s more than once."
              .formatted(String.join(", ", Lists.repeated(names))));
    }
    for (String part : key) {
      if (!names.contains(part)) {
        throw new IllegalArgumentException(
            "key names \"%s\"; the columns are %s.".formatted(part, String.join(", ", names)));
      }
    }
  }

  /** The table of its raw rows. */
  public TableName bronze() {
    return TableName.bronze(name);
  }

  /** The table of its accepted rows. */
  public TableName silver() {
    return TableName.silver(name);
  }

  /**
   * The condition each row must satisfy for each row rule; a malformed row has no values to judge.
   */
  public Map<Rule, String> rowConditions() {
    Map<Rule, String> conditions = new LinkedHashMap<>();
    suite
        .rowConditions()
        .forEach(
            (rule, condition) ->
                conditions.put(
                    rule, "`%s` IS NOT NULL OR (%s)".formatted(BronzeContract.RESCUED, condition)));
    return conditions;
  }

  /** Names of the conformed columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(DeclaredColumn::name).toList();
  }

  /** The conformed columns with their types. */
  public StructType schema() {
    StructType schema = new StructType();
    for (DeclaredColumn column : columns) {
      schema = schema.add(column.name(), column.type().sql());
    }
    return schema;
  }

  /** Reads {@code extracts.<name>}; what is wrong is recorded in the section. */
  public static Optional<ExtractRules> from(Section section, List<String> projectsNullTokens) {
    Load load = section.choice("load", Load.class);
    List<String> key = section.texts("key");
    List<Optional<DeclaredColumn>> columns =
        section.list("columns").stream().map(DeclaredColumn::from).toList();
    List<String> nullTokens =
        section.has("null_tokens") ? section.texts("null_tokens") : projectsNullTokens;
    Map<String, ColumnType> types = new LinkedHashMap<>();
    columns.stream().flatMap(Optional::stream).forEach(c -> types.put(c.name(), c.type()));
    ExpectationSuite suite = new SuiteReader(types).read(section);
    Optional<String> owner = section.optionalText("owner");
    Optional<String> contact = section.optionalText("contact");
    section.optionalText("title"); // for people who read the file
    return section.build(
        () ->
            new ExtractRules(
                section.name(),
                load,
                key,
                columns.stream().map(Optional::orElseThrow).toList(),
                nullTokens,
                suite,
                owner,
                contact));
  }
}
