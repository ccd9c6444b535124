package org.assay.common.run;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How few people are spoken of where everybody may listen: on terminals, in logs and journals. What
 * is kept for stewards, in quarantine, has the numbers.
 */
public final class SmallCounts {
  private static final String FEWER = "fewer than 8 ";

  /** As sentences write them: "1 person", "2 people", "3 events", "4 rows", "5 of 2,000 rows". */
  private static final Pattern SMALL =
      Pattern.compile(
          "(?<![\\d,.])([1-7]) (person(?: is| was)?\\b|people\\b|events?\\b|rows?\\b"
              + "|of (?=(?:its )?[\\d,]+ (?:people|rows?)))");

  private static final Pattern ALL = Pattern.compile("\\bAll fewer than 8 (people|events),?");

  /** Of how many some are left tells how many are not. */
  private static final Pattern LEFT_OF =
      Pattern.compile("([\\d,]+) (person|people|events) left of ([\\d,]*\\d)");

  /** How many there were before. */
  private static final Pattern BEFORE = Pattern.compile("\\b(up|down) from [1-7](?![\\d,.])");

  /** A share of people of whom few are left tells how many. */
  private static final Pattern SHARE = Pattern.compile(" \\([+-]?[\\d.,]+ %\\)");

  private SmallCounts() {}

  /** The sentence with counts from 1 to 7 told as fewer than 8. */
  public static String masked(String sentence) {
    String masked = SMALL.matcher(sentence).replaceAll(SmallCounts::fewer);
    masked = LEFT_OF.matcher(masked).replaceAll(SmallCounts::left);
    masked = BEFORE.matcher(masked).replaceAll("$1 from fewer than 8");
    if (masked.equals(sentence)) {
      return sentence;
    }
    masked = ALL.matcher(masked).replaceAll("All $1, fewer than 8,");
    masked = SHARE.matcher(masked).replaceAll("");
    return Character.toUpperCase(masked.charAt(0)) + masked.substring(1);
  }

  private static String fewer(MatchResult found) {
    String whom = found.group(2);
    if (whom.startsWith("of ")) {
      return FEWER + whom;
    }
    if (whom.startsWith("person ")) {
      return FEWER + "people" + (whom.endsWith("is") ? " are" : " were");
    }
    return FEWER
        + (whom.startsWith("event") ? "events" : whom.startsWith("row") ? "rows" : "people");
  }

  private static String left(MatchResult found) {
    long left = number(found.group(1));
    long of = number(found.group(3));
    boolean tells = of < 8 || (of > left && of - left < 8);
    return tells ? "%s %s".formatted(found.group(1), found.group(2)) : found.group();
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
