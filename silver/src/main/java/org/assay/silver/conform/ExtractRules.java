package org.assay.silver.conform;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Load;
import org.assay.common.table.TableName;
import org.assay.expectations.ColumnType;
import org.assay.expectations.Expectation;
import org.assay.expectations.ExpectationSuite;
import org.assay.expectations.Rule;
import org.assay.expectations.drift.DriftCheck;
import org.assay.expectations.vocabulary.SuiteReader;

/**
 * An extract, as silver needs to know it.
 *
 * @param name names its tables
 * @param load what a delivery is
 * @param key columns that name a row; empty where nothing does
 * @param dimensionKeys by dimension made of it, the columns that name a member
 * @param columns in order
 * @param missingAsNull whether a declared column that a delivery does not have is null
 * @param nullTokens source texts that mean "no value"
 * @param suite its expectations
 * @param drift what is compared with earlier deliveries
 * @param maxQuarantined the share of rows that may be held before a delivery is refused, 0 to 1
 * @param owner who owns it
 * @param contact whom to ask
 */
public record ExtractRules(
    String name,
    Load load,
    List<String> key,
    Map<String, List<String>> dimensionKeys,
    List<DeclaredColumn> columns,
    boolean missingAsNull,
    List<String> nullTokens,
    ExpectationSuite suite,
    List<DriftCheck> drift,
    double maxQuarantined,
    Optional<String> owner,
    Optional<String> contact) {
  /** The metadata that tells a column's class; a query that passes the column on keeps it. */
  public static final String DATA_CLASS = "assay.class";

  /** SQL condition: the rows that have values to judge. */
  public static final String JUDGED = "`%s` IS NULL".formatted(BronzeContract.MALFORMED);

  public ExtractRules {
    requireNonNull(suite, "suite is null");
    key = List.copyOf(key);
    dimensionKeys = Collections.unmodifiableMap(new TreeMap<>(dimensionKeys));
    columns = List.copyOf(columns);
    nullTokens = List.copyOf(nullTokens);
    drift = List.copyOf(drift);
    if (!(maxQuarantined >= 0 && maxQuarantined <= 1)) {
      throw new IllegalArgumentException(
          "max_quarantined is a share from 0 to 1, not %s.".formatted(maxQuarantined));
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns is empty; declare the columns that are used.");
    }
    List<String> names = columns.stream().map(DeclaredColumn::name).toList();
    if (!Lists.repeated(names).isEmpty()) {
      throw new IllegalArgumentException(
          "columns declares %s more than once."
              .formatted(String.join(", ", Lists.repeated(names))));
    }
    refuseExposed(columns);
    refuseIdentifying(columns, watched(suite, drift));
    for (String part : key) {
      if (!names.contains(part)) {
        throw new IllegalArgumentException(
            "key names \"%s\"; the columns are %s.".formatted(part, String.join(", ", names)));
      }
    }
  }

  /** An identifier that also came as another column would leave bronze as it is. */
  private static void refuseExposed(List<DeclaredColumn> columns) {
    List<String> identifying =
        columns.stream().filter(DeclaredColumn::isIdentifier).map(DeclaredColumn::from).toList();
    for (DeclaredColumn column : columns) {
      if (!column.isIdentifier() && identifying.contains(column.from())) {
        throw new IllegalArgumentException(
            "%s comes from \"%s\", which another column says is an identifier; it must be one too."
                .formatted(column.name(), column.from()));
      }
    }
  }

  /** The values of an identifier would stand in the history of metrics. */
  private static void refuseIdentifying(List<DeclaredColumn> columns, List<String> watched) {
    for (DeclaredColumn column : columns) {
      if (column.isIdentifier() && watched.contains(column.name())) {
        throw new IllegalArgumentException(
            "%s is an identifier, and what is asked of it keeps its values; watch its completeness instead."
                .formatted(column.name()));
      }
    }
  }

  /** The same with the dimensions that are made of it. */
  public ExtractRules withDimensions(Map<String, List<String>> keys) {
    return new ExtractRules(
        name,
        load,
        key,
        keys,
        columns,
        missingAsNull,
        nullTokens,
        suite,
        drift,
        maxQuarantined,
        owner,
        contact);
  }

  /** Whether any column names people by itself. */
  public boolean hasIdentifiers() {
    return columns.stream().anyMatch(DeclaredColumn::isIdentifier);
  }

  /** Whether a column of a file is used; small and capital letters are the same. */
  public boolean declares(String source) {
    return columns.stream().anyMatch(column -> column.from().equalsIgnoreCase(source));
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
   * The condition each row must satisfy; a malformed row has no values to judge. Nor has a rule one
   * of whose columns did not convert: that is held for that, and neither missing nor anything else.
   */
  public String condition(Expectation.OfRow ofRow) {
    return "NOT (%s) OR (%s)".formatted(judged(ofRow), ofRow.condition());
  }

  /** Whether a row is judged at all. */
  public String applies(Expectation.OfRow ofRow) {
    return "%s AND (%s)".formatted(judged(ofRow), ofRow.applies());
  }

  private String judged(Expectation.OfRow ofRow) {
    return Stream.concat(
            Stream.of(JUDGED),
            convertible(ofRow.columns().stream())
                .map(column -> "NOT `%s`".formatted(Conform.unconverted(column))))
        .collect(Collectors.joining(" AND "));
  }

  /** The columns that rules about rows name and that may not convert. */
  public Set<String> convertible() {
    return convertible(
            suite.rowRules().values().stream().flatMap(ofRow -> ofRow.columns().stream()))
        .collect(Collectors.toSet());
  }

  private Stream<String> convertible(Stream<String> named) {
    Set<String> convertible =
        columns.stream()
            .filter(column -> column.type() != ColumnType.STRING || column.isIdentifier())
            .map(DeclaredColumn::name)
            .collect(Collectors.toSet());
    return named.filter(convertible::contains).distinct();
  }

  /** A declared column by its name. */
  public DeclaredColumn column(String named) {
    return columns.stream().filter(c -> c.name().equals(named)).findFirst().orElseThrow();
  }

  /** The columns whose levels are kept. */
  public List<String> watched() {
    return watched(suite, drift);
  }

  private static List<String> watched(ExpectationSuite suite, List<DriftCheck> drift) {
    Stream<String> drifting =
        drift.stream().filter(DriftCheck::isAboutLevels).map(DriftCheck::column);
    Stream<String> modes =
        suite.rules().stream()
            .map(Rule::expectation)
            .filter(Expectation.OfMode.class::isInstance)
            .flatMap(expectation -> expectation.columns().stream());
    return Stream.concat(drifting, modes).distinct().toList();
  }

  /** Names of the conformed columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(DeclaredColumn::name).toList();
  }

  /** The conformed columns with their types, each with its class as {@link #DATA_CLASS}. */
  public StructType schema() {
    StructType schema = new StructType();
    for (DeclaredColumn column : columns) {
      Metadata metadata =
          new MetadataBuilder().putString(DATA_CLASS, column.dataClass().name()).build();
      schema =
          schema.add(
              new StructField(
                  column.name(), DataType.fromDDL(column.type().sql()), true, metadata));
    }
    return schema;
  }

  /** What becomes of a declared column that a delivery does not have. */
  private enum OnMissing {
    REFUSE,
    NULL
  }

  /**
   * Reads {@code extracts.<name>}; what is wrong is recorded in the section.
   *
   * @param extracts the columns of every extract
   */
  public static Optional<ExtractRules> from(
      Section section, List<String> projectsNullTokens, Map<String, List<String>> extracts) {
    Load load = section.choice("load", Load.class);
    List<String> key = section.texts("key");
    List<Optional<DeclaredColumn>> columns =
        section.list("columns").stream().map(DeclaredColumn::from).toList();
    List<String> nullTokens =
        section.has("null_tokens") ? section.texts("null_tokens") : projectsNullTokens;
    Map<String, ColumnType> types = new LinkedHashMap<>();
    section
        .list("columns")
        .forEach(
            column ->
                types.put(
                    column.text("name", ""),
                    column.choice("type", ColumnType.class, ColumnType.STRING)));
    ExpectationSuite suite = new SuiteReader(types, extracts).read(section);
    List<DriftCheck> drift = DriftCheck.from(section, types);
    double maxQuarantined = section.decimal("max_quarantined", 1.0);
    Optional<String> owner = section.optionalText("owner");
    Optional<String> contact = section.optionalText("contact");
    boolean missingAsNull =
        section.choice("on_missing_column", OnMissing.class, OnMissing.REFUSE) == OnMissing.NULL;
    section.optionalText("title"); // for people who read the file
    return section.build(
        () ->
            new ExtractRules(
                section.name(),
                load,
                key,
                Map.of(),
                columns.stream().map(Optional::orElseThrow).toList(),
                missingAsNull,
                nullTokens,
                suite,
                drift,
                maxQuarantined,
                owner,
                contact));
  }
}
