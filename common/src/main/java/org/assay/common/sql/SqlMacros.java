package org.assay.common.sql;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes out what Assay adds to SQL: a period's dates as {@code :index_date}, dimensions as of a
 * day as {@code patient_at(date)}, {@code valid_on(valid_from, valid_to, date)}, and {@code
 * person_years(valid_from, valid_to, start, end)}. What is left is plain Spark SQL, which the
 * optimizer sees through.
 */
public final class SqlMacros {
  private static final double DAYS_IN_A_YEAR = 365.25;
  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");

  private final Map<String, LocalDate> parameters;
  private final List<String> dimensions;
  private final Pattern call;

  /**
   * @param parameters dates by name
   * @param dimensions names of dimensions
   */
  public SqlMacros(Map<String, LocalDate> parameters, Collection<String> dimensions) {
    this.parameters = Map.copyOf(parameters);
    this.dimensions = List.copyOf(dimensions);
    String names =
        Stream.concat(
                Stream.of("valid_on", "person_years"),
                this.dimensions.stream().map(name -> name + "_at"))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    this.call = Pattern.compile("(?i)(?<![\\w.`])(" + names + ")\\s*\\(");
  }

  /**
   * The text with everything written out.
   *
   * @throws IllegalArgumentException if a date is not known, or a call has other arguments
   */
  public String expand(String sql) {
    String expanded = withDates(sql);
    for (Optional<String> next = lastCall(expanded); next.isPresent(); next = lastCall(expanded)) {
      expanded = next.get();
    }
    return expanded;
  }

  private String withDates(String sql) {
    Matcher parameter = PARAMETER.matcher(SqlText.code(sql));
    StringBuilder expanded = new StringBuilder();
    int done = 0;
    while (parameter.find()) {
      LocalDate date = parameters.get(parameter.group(1));
      if (date == null) {
        throw new IllegalArgumentException(
            "names :%s, which no period has; %s."
                .formatted(
                    parameter.group(1),
                    parameters.isEmpty()
                        ? "list periods, each with name, index_date, start and end"
                        : "there are :index_date, :start and :end"));
      }
      expanded.append(sql, done, parameter.start()).append("DATE '").append(date).append('\'');
      done = parameter.end();
    }
    return expanded.append(sql.substring(done)).toString();
  }

  /** The last call holds no other, so its arguments are written out already. */
  private Optional<String> lastCall(String sql) {
    String code = SqlText.code(sql);
    Matcher calls = call.matcher(code);
    int start = -1;
    int open = -1;
    String name = "";
    while (calls.find()) {
      start = calls.start();
      open = calls.end();
      name = calls.group(1).toLowerCase(Locale.ROOT);
    }
    if (start < 0) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    int end = arguments(sql, code, open, arguments);
    return Optional.of(sql.substring(0, start) + written(name, arguments) + sql.substring(end));
  }

  /** Collects what stands between commas of the outermost bracket; the place after it. */
  private static int arguments(String sql, String code, int open, List<String> arguments) {
    int depth = 1;
    int from = open;
    for (int at = open; at < code.length(); at++) {
      char c = code.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 || depth == 1 && c == ',') {
        arguments.add(sql.substring(from, at).strip());
        from = at + 1;
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("opens a bracket that is never closed.");
  }

  private String written(String name, List<String> arguments) {
    return switch (name) {
      case "valid_on" -> {
        require(name, arguments, "valid_from", "valid_to", "date");
        yield validOn(arguments.get(0), arguments.get(1), arguments.get(2));
      }
      case "person_years" -> {
        require(name, arguments, "valid_from", "valid_to", "start", "end");
        // whoever has no version has no time either: greatest would pass over a null
        yield "(if((%1$s) IS NULL, NULL, greatest(0, datediff(least(coalesce(%2$s, %4$s), %4$s), greatest(%1$s, %3$s)))) / %5$s)"
            .formatted(
                arguments.get(0),
                arguments.get(1),
                arguments.get(2),
                arguments.get(3),
                DAYS_IN_A_YEAR + "D");
      }
      default -> {
        require(name, arguments, "date");
        yield "(SELECT * FROM %s WHERE %s)"
            .formatted(
                name.substring(0, name.length() - "_at".length()),
                validOn("valid_from", "valid_to", arguments.get(0)));
      }
    };
  }

  /** Half-open: a version holds on its first day, and no more on the day after its last. */
  private static String validOn(String from, String to, String date) {
    return "((%1$s) <= (%3$s) AND ((%2$s) IS NULL OR (%3$s) < (%2$s)))".formatted(from, to, date);
  }

  private static void require(String name, List<String> arguments, String... names) {
    if (arguments.size() != names.length || arguments.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "calls %s with %d arguments; it is %1$s(%s)."
              .formatted(name, arguments.size(), String.join(", ", names)));
    }
  }
}
