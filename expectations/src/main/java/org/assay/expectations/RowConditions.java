package org.assay.expectations;

import static org.assay.common.spark.Columns.quoted;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compiles a row expectation to the one SQL condition that both labels the rows and is measured. A
 * condition is never null: what a missing value means is written out in it.
 */
final class RowConditions implements Expectation.Cases<Optional<String>> {
  private final Map<String, ColumnType> types;

  /**
   * @param types declared type by column
   */
  RowConditions(Map<String, ColumnType> types) {
    this.types = Map.copyOf(types);
  }

  @Override
  public Optional<String> notNull(Expectation.NotNull expectation) {
    return Optional.of(quoted(expectation.column()) + " IS NOT NULL");
  }

  @Override
  public Optional<String> inSet(Expectation.InSet expectation) {
    ColumnType type = types.get(expectation.column());
    String values =
        expectation.valueSet().stream().map(type::literal).collect(Collectors.joining(", "));
    return Optional.of(
        "coalesce(%s IN (%s), true)".formatted(quoted(expectation.column()), values));
  }

  @Override
  public Optional<String> between(Expectation.Between expectation) {
    String column = quoted(expectation.column());
    ColumnType type = types.get(expectation.column());
    String low = expectation.minValue().map(v -> column + " >= " + type.literal(v)).orElse("true");
    String high = expectation.maxValue().map(v -> column + " <= " + type.literal(v)).orElse("true");
    return Optional.of("coalesce(%s AND %s, true)".formatted(low, high));
  }

  @Override
  public Optional<String> unique(Expectation.Unique expectation) {
    return Optional.of(quoted(UniqueColumns.label(expectation.column())));
  }

  @Override
  public Optional<String> pairGreater(Expectation.PairGreater expectation) {
    String a = quoted(expectation.columnA());
    String b = quoted(expectation.columnB());
    return Optional.of(
        "CASE WHEN %1$s IS NULL AND %2$s IS NULL THEN true ELSE coalesce(%1$s %3$s %2$s, false) END"
            .formatted(a, b, expectation.orEqual() ? ">=" : ">"));
  }

  @Override
  public Optional<String> rowCountBetween(Expectation.RowCountBetween expectation) {
    return Optional.empty();
  }
}
