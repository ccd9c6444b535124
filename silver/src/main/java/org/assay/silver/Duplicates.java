package org.assay.silver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.table.NotedValues;
import org.assay.common.table.TableState;

/** How many rows of each delivery count as repeats; kept in the note of silver's commits. */
final class Duplicates {
  /** The part of the note. */
  static final String PART = "duplicates";

  private Duplicates() {}

  /** Those that a table's note tells. */
  static Map<String, Long> in(Optional<TableState> silver) {
    Map<String, Long> duplicates = new TreeMap<>();
    NotedValues.in(silver, PART).forEach((id, rows) -> duplicates.put(id, Long.valueOf(rows)));
    return duplicates;
  }

  /** As a note has them; a delivery without any is left out. */
  static String text(Map<String, Long> duplicates) {
    Map<String, Long> some = new TreeMap<>(duplicates);
    some.values().removeIf(rows -> rows == 0);
    return NotedValues.text(some);
  }
}
