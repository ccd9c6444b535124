package org.assay.silver.cohort;

import static java.util.stream.Collectors.joining;
import static org.assay.common.spark.Columns.literal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assay.common.cohort.Period;

/**
 * The periods of a population's tables.
 *
 * @param toCount those that are counted now
 * @param wanted what each of them is made of
 * @param kept those that stay as they are, each with what it is made of
 * @param columns fingerprint of the columns that all of them have
 * @param leavesOut whether the tables have others, which are taken out
 */
record CountedPeriods(
    List<Period> toCount,
    Map<String, String> wanted,
    Map<String, String> kept,
    String columns,
    boolean leavesOut) {
  /** The part of the note that is no period, whose names have no asterisk. */
  static final String COLUMNS = "*columns";

  /** Whether the tables are not as they should be. */
  boolean isStale() {
    return !toCount.isEmpty() || leavesOut;
  }

  /** What the tables say they are made of. */
  Map<String, String> note() {
    Map<String, String> parts = new TreeMap<>(kept);
    parts.putAll(wanted);
    parts.put(COLUMNS, columns);
    return parts;
  }

  /** SQL condition: the rows of all periods that do not stay as they are. */
  String others() {
    return "period NOT IN (%s)"
        .formatted(kept.keySet().stream().map(name -> literal(name)).collect(joining(", ")));
  }
}
