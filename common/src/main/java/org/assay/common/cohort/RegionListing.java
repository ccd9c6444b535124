package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.assay.common.config.Section;

/** Where the regions that there are stand written. */
public sealed interface RegionListing {

  /** They are in the configuration. */
  record Codes(List<String> codes) implements RegionListing {
    public Codes {
      codes = List.copyOf(codes);
      if (codes.isEmpty()) {
        throw new IllegalArgumentException(
            "list is empty, so every region would be held; name regions, or leave it out.");
      }
    }
  }

  /**
   * They are in an extract of their own, each perhaps for a time.
   *
   * @param extract the extract
   * @param column its column with the codes
   * @param name its column with the names by which people know the regions
   * @param validity the columns that say from when and until when a region is one, half-open, and
   *     the day that counts; empty where all rows count
   */
  record OfExtract(
      String extract, String column, Optional<String> name, Optional<Validity> validity)
      implements RegionListing {
    public OfExtract {
      requireNonNull(extract, "extract is null");
      requireNonNull(column, "column is null");
    }
  }

  /**
   * When a row of a list is valid.
   *
   * @param from the column of the first day; no value there means always before
   * @param to the column of the first day after; no value there means until further notice
   * @param on the day that counts
   */
  record Validity(Optional<String> from, Optional<String> to, Day on) {}

  /**
   * The day on which a region must be valid.
   *
   * @param fixed the same day whatever the period
   * @param ofPeriod a day of each period, where none is fixed
   */
  record Day(Optional<LocalDate> fixed, Optional<PeriodDate> ofPeriod) {
    /** The day in a period; empty where the period has no dates. */
    public Optional<LocalDate> in(Period period) {
      return fixed.or(() -> ofPeriod.flatMap(period::date));
    }
  }

  /** The extract it is in, if it is in one. */
  default Optional<String> extractName() {
    return this instanceof OfExtract of ? Optional.of(of.extract()) : Optional.empty();
  }

  /**
   * Reads {@code region.list}: texts, the name of an extract, or a block.
   *
   * @param extracts names of all extracts
   */
  static Optional<RegionListing> from(Section region, Collection<String> extracts) {
    if (!region.has("list")) {
      return Optional.empty();
    }
    if (region.isBlock("list")) {
      return ofBlock(region.section("list"), region.optionalText("name"), extracts);
    }
    List<String> texts = region.textOrTexts("list");
    if (texts.size() == 1 && extracts.contains(texts.get(0))) {
      return Optional.of(
          new OfExtract(
              texts.get(0), region.text("code"), region.optionalText("name"), Optional.empty()));
    }
    return region.build(() -> new Codes(texts));
  }

  private static Optional<RegionListing> ofBlock(
      Section list, Optional<String> name, Collection<String> extracts) {
    String extract = list.reference("extract", extracts);
    String column = list.text("code");
    Optional<String> from = list.optionalText("valid_from");
    Optional<String> to = list.optionalText("valid_to");
    Optional<Day> on = list.optionalText("on").flatMap(text -> day(list, text));
    boolean isDated = from.isPresent() || to.isPresent();
    if (isDated && !list.has("on")) {
      list.problem("on", "is missing: the day on which the regions must be valid.");
    }
    return list.build(
        () ->
            new OfExtract(
                extract,
                column,
                name,
                isDated ? on.map(day -> new Validity(from, to, day)) : Optional.empty()));
  }

  private static Optional<Day> day(Section list, String text) {
    for (PeriodDate which : PeriodDate.values()) {
      if (which.text().equals(text)) {
        return Optional.of(new Day(Optional.empty(), Optional.of(which)));
      }
    }
    try {
      return Optional.of(new Day(Optional.of(LocalDate.parse(text)), Optional.empty()));
    } catch (DateTimeParseException e) {
      list.problem(
          "on",
          "\"%s\" is not a date such as 2026-03-31, nor index_date, start or end.".formatted(text));
      return Optional.empty();
    }
  }
}
