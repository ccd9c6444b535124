package org.assay.bronze.extract;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an extract's files are: a file, a folder, or a pattern such as {@code
 * patients_{yyyy-MM-dd}_r{revision}_{part}.csv} below a folder.
 *
 * @param text as it is configured, resolved
 * @param folder the folder above the pattern; the whole text where there is none
 * @param pattern what follows the folder; empty where there is no pattern
 */
public record LandingPath(String text, String folder, String pattern) {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
  private static final String REVISION = "revision";
  private static final String PART = "part";

  public LandingPath {
    requireNonNull(folder, "folder is null");
  }

  /**
   * What a path says about its file.
   *
   * @param dateText the date as it is written; empty if the pattern has none
   * @param date the date; empty if there is none or what is written is no date
   * @param revision 0 if the pattern has none
   * @param part empty if the pattern has none
   */
  public record Match(String dateText, Optional<LocalDate> date, long revision, String part) {
    static final Match NOTHING = new Match("", Optional.empty(), 0, "");
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if its pattern cannot be understood
   */
  public static LandingPath of(String text) {
    int brace = text.indexOf('{');
    if (brace < 0) {
      return new LandingPath(text, text, "");
    }
    int slash = text.lastIndexOf('/', brace);
    LandingPath path =
        new LandingPath(
            text, slash < 0 ? "." : text.substring(0, slash), text.substring(slash + 1));
    path.regex(); // what cannot be understood is told now
    return path;
  }

  /** Whether files are chosen by a pattern. */
  public boolean isPattern() {
    return !pattern.isEmpty();
  }

  /** Whether the pattern has the extract date. */
  public boolean hasDate() {
    return datePattern().isPresent();
  }

  /**
   * What the path of a file says.
   *
   * @param relative the path below the folder
   * @return empty if the file is not one of the extract's
   */
  public Optional<Match> match(String relative) {
    if (!isPattern()) {
      return Optional.of(Match.NOTHING);
    }
    Matcher matcher = regex().matcher(relative);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String date = datePattern().isPresent() ? matcher.group("date") : "";
    return Optional.of(
        new Match(
            date,
            date(date),
            pattern.contains("{" + REVISION + "}") ? Long.parseLong(matcher.group(REVISION)) : 0,
            pattern.contains("{" + PART + "}") ? matcher.group(PART) : ""));
  }

  private Optional<LocalDate> date(String text) {
    try {
      return datePattern()
          .map(
              letters ->
                  LocalDate.parse(
                      text,
                      DateTimeFormatter.ofPattern(letters.replace('y', 'u'), Locale.ROOT)
                          .withResolverStyle(ResolverStyle.STRICT)));
    } catch (DateTimeException e) {
      return Optional.empty(); // told as the reason for which the file is refused
    }
  }

  private Optional<String> datePattern() {
    return PLACE
        .matcher(pattern)
        .results()
        .map(result -> result.group(1))
        .filter(place -> !place.equals(REVISION) && !place.equals(PART))
        .findFirst();
  }

  private Pattern regex() {
    StringBuilder regex = new StringBuilder();
    Matcher place = PLACE.matcher(pattern);
    int end = 0;
    while (place.find()) {
      regex.append(Pattern.quote(pattern.substring(end, place.start())));
      regex.append(group(place.group(1)));
      end = place.end();
    }
    regex.append(Pattern.quote(pattern.substring(end)));
    try {
      return Pattern.compile(regex.toString());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "path has the same pattern twice; each of date, {revision} and {part} may stand once.",
          e);
    }
  }

  private static String group(String place) {
    if (place.equals(REVISION)) {
      return "(?<revision>[0-9]{1,18})";
    }
    if (place.equals(PART)) {
      return "(?<part>[^/]+?)";
    }
    boolean isDate =
        place.matches("[yMd_./ -]+")
            && place.contains("yyyy")
            && place.contains("MM")
            && place.contains("dd");
    if (!isDate) {
      throw new IllegalArgumentException(
          "path has {%s}; allowed are a date such as {yyyy-MM-dd}, {revision} and {part}."
              .formatted(place));
    }
    return "(?<date>" + place.replaceAll("[yMd]", "[0-9]").replace(".", "\\.") + ")";
  }
}
