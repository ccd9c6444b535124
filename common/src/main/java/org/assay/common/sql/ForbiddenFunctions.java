package org.assay.common.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Functions that make a query answer differently from one run to the next over the same rows, so
 * that nothing computed from it could be rebuilt. Refused by name: to Spark a clock is
 * deterministic.
 */
public final class ForbiddenFunctions {
  private static final String CLOCK =
      "asks the clock, so the same data would give another result tomorrow; write the date itself,"
          + " such as DATE '2026-03-31'";
  private static final String CHANCE =
      "is chance, so the same data would give another result each time; choose by a column instead";
  private static final String FILES =
      "tells where the rows happened to be stored, which is not data; use a column of the extract";
  private static final String SESSION =
      "depends on who runs the query and where; write the value itself";
  private static final String CODE = "hides from Assay what it reads or calls; write it out in SQL";

  private static final Map<String, String> WHY = new LinkedHashMap<>();

  static {
    because(CLOCK, "current_date", "curdate", "current_timestamp", "now", "localtimestamp");
    because(CHANCE, "rand", "random", "randn", "uuid", "shuffle");
    because(
        FILES,
        "input_file_name",
        "input_file_block_start",
        "input_file_block_length",
        "monotonically_increasing_id",
        "spark_partition_id");
    because(
        SESSION,
        "current_user",
        "session_user",
        "user",
        "current_catalog",
        "current_database",
        "current_schema",
        "current_timezone",
        "version");
    because(CODE, "java_method", "reflect", "try_reflect", "identifier");
  }

  /** Functions that may be called without brackets. */
  private static final Pattern BARE =
      Pattern.compile(
          "(?i)(?<![\\w.]|\\.`|\\bas\\s{1,9}`?)`?\\b(current_date|current_timestamp|localtimestamp|current_user)\\b`?(?![\\w.]|\\s*\\()");

  /** Texts that Spark reads as the clock wherever a date or a time is wanted. */
  private static final Pattern SPECIAL =
      Pattern.compile("(?i)['\"]\\s*(now|today|tomorrow|yesterday)(\\s+[\\w/+:-]+)?\\s*['\"]");

  /** What makes the literal after it a date or a time. */
  private static final Pattern TYPED =
      Pattern.compile(
          "(?i)\\b(date|timestamp\\w*)\\s*$|\\b(cast|date|timestamp|to_date|to_timestamp)\\s*\\(\\s*$");

  /** A query that sends its rows through a command; the columns of a join stand in brackets. */
  private static final Pattern SCRIPT = Pattern.compile("(?i)\\busing\\b(?!\\s*\\()");

  private static final Pattern CALL = Pattern.compile("(?i)`?\\b(\\w+)`?\\s*\\(");

  /** These ask the clock only when they are given nothing. */
  private static final Pattern WITHOUT_ARGUMENT =
      Pattern.compile("(?i)`?\\b(unix_timestamp|to_unix_timestamp)`?\\s*\\(\\s*\\)");

  /** Where the rows of a file are; a hidden column of every file that Spark reads. */
  private static final Pattern METADATA = Pattern.compile("(?i)(?<!\\w)_metadata(?!\\w)");

  /** A part of a table chosen by chance; not a function, but the same thing. */
  private static final Pattern SAMPLE = Pattern.compile("(?i)(?<![\\w.`])tablesample\\s*\\(");

  private ForbiddenFunctions() {}

  private static void because(String why, String... names) {
    for (String name : names) {
      WHY.put(name, why);
    }
  }

  /**
   * A use of something forbidden.
   *
   * @param line the line in the text, from 1
   * @param sentence what was found, why it is refused and what to do
   */
  public record Use(int line, String sentence) {}

  /** Every use in a SQL text, in order; texts and comments do not count. */
  public static List<Use> in(String sql) {
    String code = SqlText.code(sql);
    List<Use> uses = new ArrayList<>();
    find(code, CALL, uses, name -> WHY.get(name), "()");
    find(code, WITHOUT_ARGUMENT, uses, name -> CLOCK, "()");
    find(code, BARE, uses, name -> WHY.get(name), "");
    find(code, METADATA, uses, "_metadata", FILES);
    find(code, SAMPLE, uses, "TABLESAMPLE", CHANCE);
    find(code, SCRIPT, uses, "USING a script", CODE);
    for (SqlText.Literal literal : SqlText.literals(sql)) {
      boolean typed = TYPED.matcher(code.substring(0, literal.start())).find();
      if (typed && SPECIAL.matcher(literal.text()).matches()) {
        uses.add(new Use(literal.line(), literal.text() + " " + CLOCK + "."));
      }
    }
    uses.sort(Comparator.comparingInt(Use::line));
    return uses;
  }

  private interface Reason {
    String why(String name);
  }

  private static void find(
      String code, Pattern pattern, List<Use> uses, Reason reason, String brackets) {
    Matcher found = pattern.matcher(code);
    while (found.find()) {
      String name = found.group(1).toLowerCase(Locale.ROOT);
      String why = reason.why(name);
      if (why != null) {
        uses.add(use(code, found.start(1), name + brackets, why));
      }
    }
  }

  private static void find(String code, Pattern pattern, List<Use> uses, String name, String why) {
    Matcher found = pattern.matcher(code);
    while (found.find()) {
      uses.add(use(code, found.start(), name, why));
    }
  }

  private static Use use(String code, int position, String name, String why) {
    return new Use(SqlText.line(code, position), "%s %s.".formatted(name, why));
  }
}
