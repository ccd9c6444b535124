package org.assay.expectations.profile;

import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assay.expectations.ColumnType;

/**
 * A suite to start from, written as in a configuration. What a delivery is like says what to ask
 * about, not what is right: every line is to be read by somebody who knows.
 */
public final class SuggestedSuite {
  private static final double NEARLY_ALL = 0.95;
  private static final double LESS = 0.8;
  private static final double MORE = 1.25;

  private final Map<String, ColumnType> types;

  /**
   * @param types declared type by column
   */
  public SuggestedSuite(Map<String, ColumnType> types) {
    this.types = Map.copyOf(types);
  }

  /** The lines of {@code expectations} and {@code drift}. */
  public List<String> lines(long rows, List<ColumnProfile> profiles) {
    List<String> lines = new ArrayList<>();
    lines.add("expectations = [");
    lines.add(
        "  { expect = expect_table_row_count_to_be_between, min_value = %d, on_fail = refuse }   # %s"
            .formatted((long) (rows * LESS), format("%,d rows were seen", rows)));
    profiles.forEach(profile -> expectations(profile).forEach(line -> lines.add("  " + line)));
    lines.add("]");
    lines.add("drift = [");
    lines.add(
        "  { metric = row_count, strategy = relative_rate_of_change, max_rate_decrease = %s, max_rate_increase = %s }"
            .formatted(LESS, MORE));
    for (ColumnProfile profile : profiles) {
      if (isSet(profile)) {
        lines.add("  { metric = new_levels, column = %s }".formatted(profile.column()));
        lines.add(
            "  { metric = level_shares, column = %s, upper_bound = 0.05 }"
                .formatted(profile.column()));
      }
    }
    lines.add("]");
    return lines;
  }

  private List<String> expectations(ColumnProfile profile) {
    List<String> lines = new ArrayList<>();
    String column = profile.column();
    if (profile.completeness() == 1) {
      lines.add(line("expect_column_values_to_not_be_null", column, "on_fail = quarantine"));
    } else if (profile.completeness() >= NEARLY_ALL) {
      lines.add(
          line(
              "expect_column_values_to_not_be_null",
              column,
              format(
                  "mostly = %.2f, on_fail = warn",
                  Math.floor(profile.completeness() * 100) / 100)));
    }
    if (profile.isUnique()) {
      lines.add(line("expect_column_values_to_be_unique", column, "on_fail = quarantine"));
    }
    if (isSet(profile)) {
      lines.add(
          line(
                  "expect_column_values_to_be_in_set",
                  column,
                  "value_set = [%s], on_fail = %s"
                      .formatted(
                          quoted(profile.values().keySet()),
                          profile.isWhole() ? "quarantine" : "warn"))
              + (profile.isWhole()
                  ? ""
                  : "   # without values that may be of few people: add those that are right"));
    }
    profile
        .range()
        .filter(range -> !isSet(profile))
        .ifPresent(
            range ->
                lines.add(
                    line(
                        "expect_column_values_to_be_between",
                        column,
                        "min_value = %s, max_value = %s, on_fail = warn"
                            .formatted(
                                shown(column, range.least()), shown(column, range.greatest())))));
    return lines;
  }

  /** Few texts are a set; few numbers are only few numbers. */
  private boolean isSet(ColumnProfile profile) {
    return !profile.values().isEmpty()
        && types.get(profile.column()) == ColumnType.STRING
        && !profile.isUnique();
  }

  private String shown(String column, double number) {
    return types.get(column) == ColumnType.DOUBLE
        ? Double.toString(number)
        : Long.toString((long) number);
  }

  private static String line(String expect, String column, String rest) {
    return "{ expect = %s, column = %s, %s }".formatted(expect, column, rest);
  }

  private static String quoted(Set<String> values) {
    return values.stream()
        .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .map(value -> value.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"))
        .collect(Collectors.joining(", "));
  }
}
