package org.assay.bronze.extract;

import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assay.common.config.Section;

/**
 * How often an extract is expected.
 *
 * @param every the time from one extract date to the next
 * @param grace how long after that it may arrive
 */
public record Rhythm(Period every, Period grace) {
  private static final Pattern WORDS = Pattern.compile("([1-9]\\d{0,3}) (day|week|month|year)s?");

  /** The day after which the delivery that follows this one is overdue. */
  public LocalDate due(LocalDate last) {
    return last.plus(every).plus(grace);
  }

  static Optional<Rhythm> from(Section extract) {
    if (!extract.has("expected_every")) {
      if (extract.has("late_after")) {
        extract.problem("late_after", "needs expected_every, such as \"1 month\".");
      }
      return Optional.empty();
    }
    Period every = period(extract, "expected_every");
    Period grace = extract.has("late_after") ? period(extract, "late_after") : Period.ZERO;
    return Optional.of(new Rhythm(every, grace));
  }

  private static Period period(Section extract, String key) {
    Matcher words = WORDS.matcher(extract.text(key));
    if (!words.matches()) {
      extract.problem(key, "must be a time such as \"7 days\", \"1 month\" or \"1 year\".");
      return Period.ofDays(1);
    }
    int number = Integer.parseInt(words.group(1));
    return switch (words.group(2)) {
      case "day" -> Period.ofDays(number);
      case "week" -> Period.ofWeeks(number);
      case "month" -> Period.ofMonths(number);
      default -> Period.ofYears(number);
    };
  }
}
