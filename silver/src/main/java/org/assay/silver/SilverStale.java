package org.assay.silver;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assay.common.cohort.Cohort;
import org.assay.common.cohort.Population;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.State;
import org.assay.silver.conform.ExtractRules;

/** Tells which cohorts stand on older data, because a later delivery cannot be used. */
public final class SilverStale {
  private SilverStale() {}

  /**
   * A cohort that keeps its last result.
   *
   * @param cohort the cohort
   * @param extract the extract whose latest delivery cannot be used
   * @param uses the extract date of what it was counted from; empty if nothing was ever accepted
   * @param since the extract date from which it is stale; empty where the file has none
   * @param because why, in one sentence
   */
  public record Stale(
      String cohort,
      String extract,
      Optional<LocalDate> uses,
      Optional<LocalDate> since,
      String because) {}

  /** Refused deliveries, and what stands because of them. */
  public static List<Stale> of(SilverSettings settings, DeliveryRegister register) {
    List<Stale> stale = new ArrayList<>();
    for (Population population : settings.cohorts().populations()) {
      for (ExtractRules extract : settings.sources().needed(population)) {
        if (register.isRefusedAtTheEnd(extract.name())) {
          for (Cohort cohort : settings.cohorts().on(population)) {
            stale.add(stale(cohort, extract.name(), register));
          }
        }
      }
    }
    return stale;
  }

  /** One refusal: of a delivery in bronze, or of a file that is still in landing. */
  private record Refusal(Optional<LocalDate> date, String reason) {}

  private static Stale stale(Cohort cohort, String extract, DeliveryRegister register) {
    Optional<LocalDate> uses =
        register.of(extract).stream()
            .filter(delivery -> delivery.state() == State.COMPLETE)
            .map(Delivery::extractDate)
            .max(Comparator.naturalOrder());
    Stream<Refusal> inBronze =
        register.of(extract).stream()
            .filter(d -> d.state() == State.REFUSED && !register.isReplaced(d))
            .map(d -> new Refusal(Optional.of(d.extractDate()), d.reason()));
    Stream<Refusal> inLanding =
        register.pending(extract).stream()
            .filter(p -> p.state() == State.REFUSED && !register.isReplaced(p))
            .map(p -> new Refusal(p.extractDate(), p.reason()));
    Optional<Refusal> first =
        Stream.concat(inBronze, inLanding)
            .min(Comparator.comparing(refusal -> refusal.date().orElse(LocalDate.MAX)));
    return new Stale(
        cohort.name(),
        extract,
        uses,
        first.flatMap(Refusal::date),
        first.map(Refusal::reason).orElse(""));
  }
}
