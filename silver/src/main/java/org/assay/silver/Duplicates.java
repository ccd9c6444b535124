package org.assay.silver;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.table.TableState;

/** How many rows of each delivery count as repeats; kept in the note of silver's commits. */
final class Duplicates {
  /** The part of the note. */
  static final String PART = "duplicates";

  private Duplicates() {}

  /** Those that a table's note tells. */
  static Map<String, Long> in(Optional<TableState> silver) {
    Map<String, Long> duplicates = new TreeMap<>();
    String text = silver.flatMap(TableState::note).flatMap(note -> note.madeOf(PART)).orElse("");
    for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
      int colon = entry.indexOf(':');
      duplicates.put(entry.substring(0, colon), Long.valueOf(entry.substring(colon + 1)));
    }
    return duplicates;
  }

  /** As a note has them; a delivery without any is left out. */
  static String text(Map<String, Long> duplicates) {
    return duplicates.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(joining(","));
  }
}
