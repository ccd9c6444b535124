package org.assay.common.delivery;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The deliveries that make an extract's current state: the latest FULL one with all its parts, and
 * the later DELTAs in order.
 *
 * @param full ids of the parts of the latest FULL delivery; empty if there was none
 * @param deltas ids of the DELTA deliveries after it, in the order in which they apply
 */
public record CurrentDeliveries(List<String> full, List<String> deltas) {
  public CurrentDeliveries {
    full = List.copyOf(full);
    deltas = List.copyOf(deltas);
  }

  /** Of these accepted deliveries; a DELTA of the day of the FULL one is taken to be in it. */
  public static CurrentDeliveries of(Collection<Delivery> accepted) {
    Optional<LocalDate> date =
        accepted.stream()
            .filter(delivery -> delivery.load() == Load.FULL)
            .map(Delivery::extractDate)
            .max(Comparator.naturalOrder());
    List<Delivery> inOrder = accepted.stream().sorted(Standings.inOrder()).toList();
    return new CurrentDeliveries(
        inOrder.stream()
            .filter(d -> d.load() == Load.FULL && date.filter(d.extractDate()::equals).isPresent())
            .map(Delivery::id)
            .toList(),
        inOrder.stream()
            .filter(
                d ->
                    d.load() == Load.DELTA
                        && date.filter(day -> !d.extractDate().isAfter(day)).isEmpty())
            .map(Delivery::id)
            .toList());
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return full.isEmpty() && deltas.isEmpty();
  }

  /** As a commit's note has it; {@link #parse} reads it. */
  public String text() {
    return String.join(",", full) + ";" + String.join(",", deltas);
  }

  /** Reads what {@link #text} wrote. */
  public static CurrentDeliveries parse(String text) {
    String[] parts = text.split(";", -1);
    return new CurrentDeliveries(ids(parts[0]), ids(parts[1]));
  }

  private static List<String> ids(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
