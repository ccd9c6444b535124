package org.assay.common.table;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values by name, such as one for each delivery, as one part of a {@link CommitNote}. */
public final class NotedValues {
  private NotedValues() {}

  /**
   * As a part of a note: {@code a:1,b:2}, in the order of the names.
   *
   * @param values by names without colon or comma; values without comma
   */
  public static String text(Map<String, ?> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(joining(","));
  }

  /** Those that a table's note has in a part; none if it has no such part. */
  public static Map<String, String> in(Optional<TableState> table, String part) {
    Map<String, String> values = new TreeMap<>();
    String text = table.flatMap(TableState::note).flatMap(note -> note.madeOf(part)).orElse("");
    for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
      int colon = entry.indexOf(':');
      values.put(entry.substring(0, colon), entry.substring(colon + 1));
    }
    return values;
  }
}
