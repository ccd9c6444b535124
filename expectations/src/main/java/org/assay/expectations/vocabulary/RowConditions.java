package org.assay.expectations.vocabulary;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.assay.common.config.Section;
import org.assay.common.sql.ForbiddenFunctions;
import org.assay.common.sql.SqlText;

/**
 * SQL in the arguments of an expectation that must be true or false of one row, whenever it is
 * asked: what is more than that is recorded as a problem.
 *
 * @param section the expectation
 */
record RowConditions(Section section) {
  /** What stands in SQL that is more than a condition about one row. */
  private static final Pattern MORE_THAN_A_ROW =
      Pattern.compile("(?i)(?<![`\\w])(select|over)(?![`\\w])");

  /** The rows that the expectation is about: SQL condition, never null; empty for all. */
  Optional<String> where() {
    section.optionalText("condition_parser").ifPresent(this::refuseParser);
    return section
        .optionalText("row_condition")
        .map(sql -> checked("row_condition", sql))
        .map("coalesce((%s\n), false)"::formatted); // it may end with a comment
  }

  private void refuseParser(String parser) {
    if (!parser.equals("spark")) {
      section.problem(
          "condition_parser",
          "\"%s\" is not spark; row_condition is written in Spark SQL, such as \"sex = 'F'\"."
              .formatted(parser));
    }
  }

  /** The same SQL; functions that ask clock or chance are recorded, as is what cannot be read. */
  String checked(String key, String sql) {
    ForbiddenFunctions.in(sql).forEach(use -> section.problem(key, use.sentence()));
    if (MORE_THAN_A_ROW.matcher(SqlText.code(sql)).find()) {
      section.problem(key, "must be a condition about one row, without SELECT or OVER.");
    }
    try {
      new CatalystSqlParser().parseExpression(sql);
    } catch (Exception e) { // ParseException is checked, and Scala does not declare it
      section.problem(key, "\"%s\" cannot be read as a condition in SQL.".formatted(sql));
    }
    return sql;
  }
}
