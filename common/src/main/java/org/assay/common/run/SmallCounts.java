package org.assay.common.run;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How few people are spoken of where everybody may listen: on terminals, in logs and journals. What
 * is kept for stewards, in quarantine, has the numbers.
 */
public final class SmallCounts {
  private static final String FEWER = "fewer than 8 ";

  /** As the sentences of readiness write them: "1 person", "2 people", "3 events". */
  private static final Pattern SMALL =
      Pattern.compile(
          "(?<![\\d,.])([1-7]) (person\\b|people\\b|events?\\b|of (?=[\\d,]+ (?:people|rows?)))");

  private static final Pattern ALL = Pattern.compile("\\bAll fewer than 8 (people|events),?");

  /** Of how many the few are left says hardly more than that they are few. */
  private static final Pattern LEFT_OF = Pattern.compile(" left of [1-7](?![\\d,.])");

  /** How many there were before. */
  private static final Pattern BEFORE = Pattern.compile("\\b(up|down) from [1-7](?![\\d,.])");

  /** A share of people of whom few are left tells how many. */
  private static final Pattern SHARE = Pattern.compile(" \\([+-]?[\\d.,]+ %\\)");

  private SmallCounts() {}

  /** The sentence with counts from 1 to 7 told as fewer than 8. */
  public static String masked(String sentence) {
    String masked = SMALL.matcher(sentence).replaceAll(SmallCounts::fewer);
    masked = LEFT_OF.matcher(masked).replaceAll("");
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
    return FEWER + (whom.startsWith("event") ? "events" : "people");
  }
}
