package org.assay.expectations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.assay.common.config.Section;
import org.assay.expectations.Rule.OnFail;

/** Reads the expectations of an extract; names and arguments are those of Great Expectations. */
public final class SuiteReader {
  private final Map<String, ColumnType> types;
  private final Map<String, Function<Section, Optional<Expectation>>> readers = new TreeMap<>();

  /**
   * @param types declared type by column
   */
  public SuiteReader(Map<String, ColumnType> types) {
    this.types = Map.copyOf(types);
    readers.put(Expectation.NotNull.TYPE, this::notNull);
    readers.put(Expectation.InSet.TYPE, this::inSet);
    readers.put(Expectation.Between.TYPE, this::between);
    readers.put(Expectation.Unique.TYPE, this::unique);
    readers.put(Expectation.PairGreater.TYPE, this::pairGreater);
    readers.put(Expectation.RowCountBetween.TYPE, this::rowCountBetween);
  }

  /** Reads the list {@code expectations} of an extract; problems are recorded in the section. */
  public ExpectationSuite read(Section extract) {
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section entry : extract.list("expectations")) {
      Optional<Rule> rule = rule(entry);
      rule.filter(r -> !ids.add(r.id()))
          .ifPresent(
              r ->
                  entry.problem(
                      "id", "\"%s\" is declared twice; give one of them an id.".formatted(r.id())));
      rule.ifPresent(rules::add);
    }
    return new ExpectationSuite(rules, types);
  }

  private Optional<Rule> rule(Section entry) {
    String type = entry.reference("expect", readers.keySet());
    if (!readers.containsKey(type)) {
      entry.acceptTheRest();
    }
    OnFail onFail = entry.choice("on_fail", OnFail.class);
    double mostly = entry.decimal("mostly", 1.0);
    Optional<String> id = entry.optionalText("id");
    Optional<Expectation> expectation =
        Optional.ofNullable(readers.get(type)).flatMap(reader -> reader.apply(entry));
    return entry
        .build(
            () ->
                expectation.map(e -> new Rule(id.orElseGet(() -> Rule.idOf(e)), e, onFail, mostly)))
        .flatMap(rule -> rule);
  }

  private Optional<Expectation> notNull(Section entry) {
    String column = column(entry, "column");
    return entry.build(() -> new Expectation.NotNull(column));
  }

  private Optional<Expectation> inSet(Section entry) {
    String column = column(entry, "column");
    List<String> values = entry.texts("value_set");
    values.forEach(value -> checkType(entry, column, "value_set", value));
    return entry.build(() -> new Expectation.InSet(column, values));
  }

  private Optional<Expectation> between(Section entry) {
    String column = column(entry, "column");
    Optional<String> min = entry.optionalText("min_value");
    Optional<String> max = entry.optionalText("max_value");
    refuseText(entry, "column", column);
    min.ifPresent(value -> checkType(entry, column, "min_value", value));
    max.ifPresent(value -> checkType(entry, column, "max_value", value));
    return entry.build(() -> new Expectation.Between(column, min, max));
  }

  private Optional<Expectation> unique(Section entry) {
    String column = column(entry, "column");
    return entry.build(() -> new Expectation.Unique(column));
  }

  private Optional<Expectation> pairGreater(Section entry) {
    String a = column(entry, "column_A");
    String b = column(entry, "column_B");
    boolean orEqual = entry.flag("or_equal", false);
    refuseText(entry, "column_A", a);
    if (types.get(a) != types.get(b)) {
      entry.problem(
          "column_B",
          "%s is %s and %s is %s; only equal types compare."
              .formatted(a, types.get(a), b, types.get(b)));
    }
    return entry.build(() -> new Expectation.PairGreater(a, b, orEqual));
  }

  private Optional<Expectation> rowCountBetween(Section entry) {
    OptionalLong min = bound(entry, "min_value");
    OptionalLong max = bound(entry, "max_value");
    return entry.build(() -> new Expectation.RowCountBetween(min, max));
  }

  private String column(Section entry, String key) {
    return entry.reference(key, types.keySet().stream().sorted().toList());
  }

  /** Texts compare letter by letter, so that "45" is more than "120". */
  private void refuseText(Section entry, String key, String column) {
    if (types.get(column) == ColumnType.STRING) {
      entry.problem(
          key,
          "%s is declared as a string, and strings have no order here; give it type = int, bigint, double or date."
              .formatted(column));
    }
  }

  private void checkType(Section entry, String column, String key, String value) {
    ColumnType type = types.get(column);
    if (type != null && !type.accepts(value)) {
      entry.problem(
          key, "\"%s\" is not a %s, which %s is declared as.".formatted(value, type.sql(), column));
    }
  }

  private static OptionalLong bound(Section entry, String key) {
    return entry.optionalNumber(key).map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
