package org.assay.bronze.landing;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assay.bronze.landing.Claims.Claim;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.SourceFile;
import org.assay.common.delivery.Standings;
import org.assay.common.delivery.State;

/** What was found out about an extract's files before. */
final class Known {
  private final List<Delivery> deliveries;
  private final Map<String, Pending> waiting;

  /**
   * @param deliveries those in bronze
   * @param waiting what was found in landing before
   */
  Known(List<Delivery> deliveries, List<Pending> waiting) {
    this.deliveries = List.copyOf(deliveries);
    this.waiting =
        waiting.stream().collect(Collectors.toMap(p -> p.file().path(), p -> p, (a, b) -> a));
  }

  /**
   * Whether a file is in bronze as it is described; of known path, size and time it is not read.
   */
  boolean has(Candidate candidate) {
    return deliveries.stream().anyMatch(d -> candidate.isKnownAs(d) && !isDescribedAnew(d));
  }

  /** Whether a delivery's file has been said to be another since. */
  boolean isDescribedAnew(Delivery delivery) {
    return delivery.state() == State.SUPERSEDED
        && deliveries.stream().anyMatch(other -> Standings.describesAnew(other, delivery));
  }

  /** The day of this very file; of several the last, of those that are not superseded if any is. */
  Optional<LocalDate> date(SourceFile file) {
    return deliveries.stream()
        .filter(delivery -> delivery.file().equals(file))
        .max(
            Comparator.comparing((Delivery delivery) -> delivery.state() != State.SUPERSEDED)
                .thenComparing(Delivery::extractDate))
        .map(Delivery::extractDate);
  }

  /** Whether this very file is in bronze. */
  boolean hasFile(SourceFile file) {
    return !of(file).isEmpty();
  }

  /** What this very file is in bronze. */
  List<Delivery> of(SourceFile file) {
    return deliveries.stream().filter(delivery -> delivery.file().equals(file)).toList();
  }

  /**
   * Whether the file that a manifest speaks of is in bronze, though it has left landing. Names come
   * again from month to month: only one of the same day and terms is meant.
   *
   * @param byRule the day by configuration, where the manifest does not say it
   */
  boolean hasClaimed(String path, Claim claim, Optional<LocalDate> byRule) {
    Optional<LocalDate> date = claim.manifest().extractDate().or(() -> byRule);
    return deliveries.stream()
        .filter(delivery -> delivery.file().path().equals(path))
        .filter(delivery -> delivery.terms().equals(claim.terms()))
        .anyMatch(delivery -> date.filter(day -> !day.equals(delivery.extractDate())).isEmpty());
  }

  /** The delivery of this identity. */
  Optional<Delivery> delivery(String id) {
    return deliveries.stream().filter(delivery -> delivery.id().equals(id)).findFirst();
  }

  /** The digest of a file that was read before. */
  Optional<String> content(SourceFile file) {
    return Optional.ofNullable(waiting.get(file.path()))
        .filter(before -> before.file().equals(file))
        .flatMap(Pending::content)
        .or(
            () ->
                deliveries.stream()
                    .filter(delivery -> delivery.file().equals(file))
                    .map(Delivery::content)
                    .findFirst());
  }

  /** Whether a file waited in landing. */
  boolean waited(String path) {
    return waiting.containsKey(path);
  }

  /** All that waited in landing. */
  Collection<Pending> waiting() {
    return waiting.values();
  }
}
