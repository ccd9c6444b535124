package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;
import org.assay.common.contract.SilverContract;

/**
 * A period for which populations are counted.
 *
 * @param name names it in gold
 * @param dates its dates; none in a project that lists no periods
 */
public record Period(String name, Map<PeriodDate, LocalDate> dates) {
  /** The period of a project that lists none. */
  public static final Period ALL = new Period(SilverContract.ALL_TIME, Map.of());

  public Period {
    requireNonNull(name, "name is null");
    dates = Map.copyOf(dates);
    LocalDate start = dates.get(PeriodDate.START);
    LocalDate end = dates.get(PeriodDate.END);
    if (start != null && end != null && !start.isBefore(end)) {
      throw new IllegalArgumentException(
          "start %s is not before end %s, which is the first day after the period."
              .formatted(start, end));
    }
    if (name.isBlank() || name.contains("'") || name.contains("*")) {
      throw new IllegalArgumentException("name must be a text without quotes and asterisks.");
    }
  }

  /** One of its dates; empty in a project that lists no periods. */
  public Optional<LocalDate> date(PeriodDate which) {
    return Optional.ofNullable(dates.get(which));
  }

  /** Reads {@code periods}, in order; what is wrong is recorded in the sections. */
  static List<Period> from(Section root) {
    if (!root.has("periods")) {
      return List.of(ALL);
    }
    List<Optional<Period>> periods = root.list("periods").stream().map(Period::of).toList();
    List<Period> sound = periods.stream().flatMap(Optional::stream).toList();
    List<String> repeated = Lists.repeated(sound.stream().map(Period::name).toList());
    if (!repeated.isEmpty()) {
      root.problem("periods", "has more than one named %s.".formatted(String.join(", ", repeated)));
    }
    if (periods.isEmpty()) {
      root.problem("periods", "is empty; list periods, or leave it out.");
    }
    return sound;
  }

  private static Optional<Period> of(Section section) {
    String name = section.text("name");
    Map<PeriodDate, LocalDate> dates = new EnumMap<>(PeriodDate.class);
    Arrays.stream(PeriodDate.values())
        .forEach(which -> date(section, which).ifPresent(date -> dates.put(which, date)));
    return section.build(() -> new Period(name, dates));
  }

  private static Optional<LocalDate> date(Section section, PeriodDate which) {
    String text = section.text(which.text());
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      section.problem(which.text(), "\"%s\" is not a date such as 2026-03-31.".formatted(text));
      return Optional.empty();
    }
  }
}
