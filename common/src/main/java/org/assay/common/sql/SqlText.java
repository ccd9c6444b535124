package org.assay.common.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the code of a SQL text from its literals and comments. */
public final class SqlText {
  /** In the order in which they are tried: comments, raw and plain texts, quoted names. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)(?<comment>--[^\\n]*|/\\*.*?(?:\\*/|$))"
              + "|(?<text>\\b[rR]'[^']*'?|\\b[rR]\"[^\"]*\"?"
              + "|'(?:[^'\\\\]|\\\\.)*'?|\"(?:[^\"\\\\]|\\\\.)*\"?)"
              + "|(?<name>`(?:[^`]|``)*`?)"
              + "|(?<number>(?<![\\w`.])[0-9][\\w.]*)");

  private SqlText() {}

  /** The text with comments and literals blanked out, every other character in its place. */
  public static String code(String sql) {
    return replaced(sql, SqlText::blank, SqlText::blank);
  }

  /** The text with a question mark for each literal and without comments: safe to keep. */
  public static String withoutLiterals(String sql) {
    return replaced(sql, comment -> " ", literal -> "?").replaceAll("\\s+", " ").strip();
  }

  /**
   * A text in quotes.
   *
   * @param line where it begins, from 1
   * @param text with its quotes
   */
  record Literal(int line, String text) {}

  /** The texts in quotes, in order. */
  static List<Literal> literals(String sql) {
    List<Literal> literals = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      if (token.group("text") != null) {
        literals.add(new Literal(line(sql, token.start()), token.group()));
      }
    }
    return literals;
  }

  /** The line of a position, from 1. */
  public static int line(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  /** How many lines a text has. */
  public static int lines(String text) {
    return line(text, text.length());
  }

  private static String replaced(
      String sql, UnaryOperator<String> comment, UnaryOperator<String> literal) {
    Matcher token = TOKEN.matcher(sql);
    StringBuilder result = new StringBuilder();
    while (token.find()) {
      String found = token.group();
      String by = found;
      if (token.group("comment") != null) {
        by = comment.apply(found);
      } else if (token.group("name") == null) {
        by = literal.apply(found);
      }
      token.appendReplacement(result, Matcher.quoteReplacement(by));
    }
    return token.appendTail(result).toString();
  }

  private static String blank(String text) {
    return text.replaceAll("[^\\n]", " ");
  }
}
