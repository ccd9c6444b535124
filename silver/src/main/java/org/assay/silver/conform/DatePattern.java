package org.assay.silver.conform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a date's format may be, so that each text is at most one date, and all of it. */
final class DatePattern {
  private static final Pattern LETTERS = Pattern.compile("'[^']*'|(([A-Za-z])\\2*)");

  private DatePattern() {}

  /** What is wrong with a format; empty if nothing is. */
  static Optional<String> fault(String format) {
    if (format.matches(".*[\\[\\]{}#].*") || format.replaceAll("[^']", "").length() % 2 == 1) {
      return Optional.of("has brackets, # or a single quote without its second; leave them out.");
    }
    boolean year = false;
    boolean month = false;
    boolean day = false;
    Matcher letters = LETTERS.matcher(format);
    while (letters.find()) {
      String field = letters.group(1);
      if (field == null) {
        continue; // quoted
      }
      if (field.equals("yy")) {
        return Optional.of("has years of two digits, which do not say which century; use yyyy.");
      }
      if (!field.matches("yyyy|M{1,4}|dd?")) {
        return Optional.of(
            "has \"%s\"; a date's format is made of yyyy, M, MM, MMM, MMMM, d and dd, other letters in single quotes."
                .formatted(field));
      }
      year |= field.startsWith("y");
      month |= field.startsWith("M");
      day |= field.startsWith("d");
    }
    return year && month && day
        ? Optional.empty()
        : Optional.of("must have a year, a month and a day, such as dd/MM/yyyy.");
  }
}
