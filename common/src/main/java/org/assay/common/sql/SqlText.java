package org.assay.common.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells the code of a SQL text from its literals and comments, as Spark's own lexer does. */
public final class SqlText {
  private static final String NUMBER = "(?<![\\w.])[0-9][\\w.]*";

  private enum Kind {
    CODE,
    QUOTED_NAME,
    TEXT,
    COMMENT
  }

  /** A stretch of the text of one kind. */
  private record Token(Kind kind, int start, String text) {}

  /**
   * A text in quotes.
   *
   * @param start where it begins in the SQL, from 0
   * @param line the line where it begins, from 1
   * @param text with its quotes, and without a leading r
   */
  record Literal(int start, int line, String text) {}

  private SqlText() {}

  /** The text with comments and literals blanked out, every other character in its place. */
  public static String code(String sql) {
    return tokens(sql).stream()
        .map(
            token ->
                switch (token.kind()) {
                  case CODE -> blankNumbers(token.text());
                  case QUOTED_NAME -> token.text();
                  case TEXT, COMMENT -> blank(token.text());
                })
        .collect(Collectors.joining());
  }

  /** The text with a question mark for each literal and without comments: safe to keep. */
  public static String withoutLiterals(String sql) {
    return tokens(sql).stream()
        .map(
            token ->
                switch (token.kind()) {
                  case CODE -> token.text().replaceAll(NUMBER, "?");
                  case QUOTED_NAME -> token.text();
                  case TEXT -> "?";
                  case COMMENT -> " ";
                })
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** The texts in quotes, in order. */
  static List<Literal> literals(String sql) {
    return tokens(sql).stream()
        .filter(token -> token.kind() == Kind.TEXT)
        .map(t -> new Literal(t.start(), line(sql, t.start()), t.text().replaceFirst("^[rR]", "")))
        .toList();
  }

  /** The line of a position, from 1. */
  public static int line(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  /** How many lines a text has. */
  public static int lines(String text) {
    return line(text, text.length());
  }

  private static List<Token> tokens(String sql) {
    List<Token> tokens = new ArrayList<>();
    int code = 0;
    int at = 0;
    while (at < sql.length()) {
      int start = at;
      Kind kind = kind(sql, at);
      if (kind == Kind.CODE) {
        at++;
        continue;
      }
      at = end(sql, at, kind);
      tokens.add(new Token(Kind.CODE, code, sql.substring(code, start)));
      tokens.add(new Token(kind, start, sql.substring(start, at)));
      code = at;
    }
    tokens.add(new Token(Kind.CODE, code, sql.substring(code)));
    return tokens;
  }

  private static Kind kind(String sql, int at) {
    if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
      return Kind.COMMENT;
    }
    if (isRaw(sql, at)) {
      return Kind.TEXT;
    }
    return switch (sql.charAt(at)) {
      case '\'', '"' -> Kind.TEXT;
      case '`' -> Kind.QUOTED_NAME;
      default -> Kind.CODE;
    };
  }

  /** Whether r'…' begins here, in which a backslash is only a backslash. */
  private static boolean isRaw(String sql, int at) {
    return (sql.charAt(at) == 'r' || sql.charAt(at) == 'R')
        && at + 1 < sql.length()
        && (sql.charAt(at + 1) == '\'' || sql.charAt(at + 1) == '"')
        && (at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1)));
  }

  private static int end(String sql, int at, Kind kind) {
    if (kind == Kind.COMMENT) {
      return sql.startsWith("--", at) ? endOfLine(sql, at) : endOfComment(sql, at);
    }
    boolean raw = isRaw(sql, at);
    return endOfQuote(sql, raw ? at + 1 : at, kind == Kind.TEXT && !raw);
  }

  private static int endOfLine(String sql, int at) {
    int end = at;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** Comments in brackets may stand in each other. */
  private static int endOfComment(String sql, int at) {
    int depth = 0;
    int end = at;
    while (end < sql.length()) {
      if (sql.startsWith("/*", end)) {
        depth++;
        end += 2;
      } else if (sql.startsWith("*/", end)) {
        depth--;
        end += 2;
        if (depth == 0) {
          return end;
        }
      } else {
        end++;
      }
    }
    return sql.length();
  }

  private static int endOfQuote(String sql, int at, boolean escapes) {
    char quote = sql.charAt(at);
    for (int end = at + 1; end < sql.length(); end++) {
      if (escapes && sql.charAt(end) == '\\') {
        end++;
      } else if (sql.charAt(end) == quote) {
        return end + 1;
      }
    }
    return sql.length();
  }

  private static String blankNumbers(String code) {
    StringBuilder blanked = new StringBuilder(code);
    Matcher number = Pattern.compile(NUMBER).matcher(code);
    while (number.find()) {
      blanked.replace(number.start(), number.end(), " ".repeat(number.group().length()));
    }
    return blanked.toString();
  }

  private static String blank(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }
}
