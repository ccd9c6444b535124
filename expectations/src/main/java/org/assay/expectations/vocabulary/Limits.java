package org.assay.expectations.vocabulary;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;
import org.assay.expectations.Bounds;
import org.assay.expectations.ColumnType;

/**
 * The limits in the arguments of an expectation. Dates count as days since 1970; a text that is no
 * limit is recorded as a problem.
 *
 * @param section the expectation
 */
record Limits(Section section) {

  /** {@code min_value} and {@code max_value}, either of which may be strict. */
  Optional<Bounds> bounds(ColumnType type) {
    return section.build(
        () ->
            new Bounds(
                limit("min_value", "strict_min", type), limit("max_value", "strict_max", type)));
  }

  private Optional<Bounds.Limit> limit(String key, String strictKey, ColumnType type) {
    boolean strict = section.flag(strictKey, false);
    return section.optionalText(key).flatMap(text -> limit(key, text, type, strict));
  }

  /** One pair of limits, of which one may be missing. */
  Optional<Bounds> bounds(String key, List<Optional<String>> pair, ColumnType type) {
    if (pair.size() != 2) {
      section.problem(key, "must have two limits, of which one may be null.");
      return Optional.empty();
    }
    Optional<Bounds.Limit> least = pair.get(0).flatMap(text -> limit(key, text, type, false));
    Optional<Bounds.Limit> most = pair.get(1).flatMap(text -> limit(key, text, type, false));
    return section.build(() -> new Bounds(least, most));
  }

  private Optional<Bounds.Limit> limit(String key, String text, ColumnType type, boolean strict) {
    if (type == ColumnType.DATE && type.accepts(text)) {
      return Optional.of(new Bounds.Limit(LocalDate.parse(text).toEpochDay(), text, strict));
    }
    if (type != ColumnType.DATE && ColumnType.DOUBLE.accepts(text)) {
      return Optional.of(new Bounds.Limit(Double.parseDouble(text), text, strict));
    }
    section.problem(
        key, "\"%s\" is not a %s.".formatted(text, type == ColumnType.DATE ? "date" : "number"));
    return Optional.empty();
  }
}
