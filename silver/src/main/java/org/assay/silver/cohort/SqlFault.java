package org.assay.silver.cohort;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;

/**
 * What Spark found wrong with a SQL text, in Assay's words.
 *
 * @param line the line in what Spark was given, from 1; empty if Spark does not say
 * @param sentence what was found, and what there is
 */
public record SqlFault(Optional<Integer> line, String sentence) {

  /**
   * Reads an exception.
   *
   * @param columns what the text may name, such as "health has: sector, region"
   * @param tables the tables it may read
   */
  public static SqlFault of(AnalysisException e, List<String> columns, List<String> tables) {
    Optional<Integer> line =
        e.line().isDefined() ? Optional.of((Integer) e.line().get()) : Optional.empty();
    return new SqlFault(line, sentence(e, columns, tables));
  }

  private static String sentence(AnalysisException e, List<String> columns, List<String> tables) {
    String kind = Optional.ofNullable(e.getErrorClass()).orElse("");
    Map<String, String> found = e.getMessageParameters();
    if (kind.startsWith("UNRESOLVED_COLUMN") || kind.startsWith("UNRESOLVED_FIELD")) {
      return "column %s does not exist; %s."
          .formatted(
              plain(found.getOrDefault("objectName", found.get("fieldName"))),
              String.join("; ", columns));
    }
    if (kind.equals("TABLE_OR_VIEW_NOT_FOUND")) {
      return "there is no extract %s; there %s."
          .formatted(
              plain(found.get("relationName")),
              tables.size() == 1
                  ? "is only " + tables.get(0)
                  : "are " + tables.stream().collect(Collectors.joining(", ")));
    }
    if (kind.equals("UNRESOLVED_ROUTINE")) {
      return "there is no function %s.".formatted(plain(found.get("routineName")));
    }
    if (kind.equals("PARSE_SYNTAX_ERROR")) {
      return "the SQL cannot be read at or near %s; check what stands before it."
          .formatted(found.get("error"));
    }
    return firstSentence(e.getSimpleMessage());
  }

  private static String plain(String quoted) {
    return quoted == null ? "" : quoted.replace("`", "");
  }

  /** Spark's message without its error class, the position and the plan it prints below. */
  private static String firstSentence(String message) {
    return message
        .strip()
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("")
        .replaceFirst("^\\[[A-Z_.]+] ", "")
        .replaceFirst(";? ?line \\d+,? pos \\d+.*$", "");
  }
}
