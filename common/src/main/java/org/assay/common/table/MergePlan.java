package org.assay.common.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows of a table are replaced by which others.
 *
 * @param key columns that must be equal; a null is equal to nothing
 * @param only SQL condition over the table's rows, {@code table.<column>}: others are not looked at
 */
public record MergePlan(List<String> key, Optional<String> only) {
  public MergePlan {
    key = List.copyOf(key);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("A merge needs a key");
    }
  }

  /** SQL condition over {@code table} and {@code rows}. */
  public String condition() {
    return Stream.concat(
            only.stream(), key.stream().map(name -> "table.`%s` = rows.`%1$s`".formatted(name)))
        .collect(Collectors.joining(" AND "));
  }
}
