package org.assay.expectations.readiness;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.run.Sentences.people;
import static org.assay.expectations.readiness.Wording.named;
import static org.assay.expectations.readiness.Wording.spoken;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assay.common.cells.Cell;

/** The sentences about a region as a whole, and about what it was before. */
final class RegionWording {
  private RegionWording() {}

  static String unlisted(String region, RegionList list, long n) {
    return format(
        "\"%s\" is not one of the %s of %s; %s came for it.",
        region, count(list.codes().size(), "region", "regions"), list.says(), people(n));
  }

  static String missing(RegionList list) {
    return format("Nobody came for it, and %s has it.", list.says());
  }

  static String gone() {
    return "Nobody came for it, and it was published before.";
  }

  static String vanished(long was) {
    return format("Nobody came for it; at the last publication there were %s.", people(was));
  }

  static String outcomeNotKnown(long missing, long all, double allowed) {
    return format(
        "The outcome is not known for %,d of %s (%s); at most %s may be.",
        missing, people(all), percent(missing / (double) all), percent(allowed));
  }

  static String repeats(long repeats, long all) {
    return format(
        "%s of %,d %s of people who are counted already; a model takes each row for another person.",
        count(repeats, "row", "rows"), all, repeats == 1 ? "is" : "are");
  }

  static String notKnown(String factor, long missing, long all, double allowed) {
    return format(
        "%s is not known for %,d of %s (%s); at most %s may be.",
        Wording.capital(spoken(factor)),
        missing,
        people(all),
        percent(missing / (double) all),
        percent(allowed));
  }

  static String size(long was, long is) {
    return format(
        "%s, %s %,d at the last publication (%s).",
        people(is), is < was ? "down from" : "up from", was, signed(is / (double) was - 1));
  }

  static String rate(Cell was, Cell is) {
    return is.isRate()
        ? format(
            "%.4g events for each unit of exposure, and %.4g at the last publication.",
            is.rate(), was.rate())
        : format(
            "%s had the outcome (%s), and %s (%s) at the last publication.",
            people(is.events()), percent(is.rate()), people(was.events()), percent(was.rate()));
  }

  static String appeared(String factor, String level, long n) {
    return format(
        "%s in %s, where nobody was at the last publication.",
        count(n, "person is", "people are"), named(factor, level));
  }

  static String vanished(String factor, String level, long was) {
    return format(
        "Nobody is in %s, where %s were at the last publication.",
        named(factor, level), people(was));
  }

  static String shares(
      String factor, Map<String, Cell> was, Map<String, Cell> is, double distance, double index) {
    Set<String> levels = new TreeSet<>(was.keySet());
    levels.addAll(is.keySet());
    Comparator<String> byChange =
        Comparator.comparingDouble(
            level -> Math.abs(Drifts.share(is, level) - Drifts.share(was, level)));
    String most = levels.stream().max(byChange.thenComparing(Comparator.naturalOrder())).orElse("");
    return format(
        "The levels of %s have moved by %s since the last publication (stability index %.2f), most of"
            + " all %s: from %s to %s.",
        spoken(factor), percent(distance), index, most, in(was, most), in(is, most));
  }

  static String moved(String factor, String level, Map<String, Cell> was, Map<String, Cell> is) {
    return format(
        "%s in %s (%s), and %s (%s) at the last publication.",
        count(Drifts.n(is, level), "person is", "people are"),
        named(factor, level),
        fine(Drifts.share(is, level)),
        count(Drifts.n(was, level), "person was", "people were"),
        fine(Drifts.share(was, level)));
  }

  /**
   * @param was of how many it was not known
   * @param wasOf among so many
   */
  static String notKnownMoved(String factor, long was, long wasOf, long is, long isOf) {
    return format(
        "%s is not known for %s (%s), and was not for %s (%s) at the last publication.",
        Wording.capital(spoken(factor)),
        people(is),
        percent(is / (double) isOf),
        people(was),
        percent(was / (double) wasOf));
  }

  private static String in(Map<String, Cell> margin, String level) {
    return "%s (%s)"
        .formatted(people(Drifts.n(margin, level)), percent(Drifts.share(margin, level)));
  }

  private static String percent(double share) {
    return format("%.1f %%", 100 * share);
  }

  private static String fine(double share) {
    return format("%.2f %%", 100 * share);
  }

  private static String signed(double change) {
    return format("%+.1f %%", 100 * change);
  }
}
