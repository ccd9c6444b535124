package org.assay.common.delivery;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All parts of one delivery, which are judged together: a key may be repeated in another part.
 *
 * @param parts one or more, in the order of {@link Standings#inOrder}
 */
public record Shipment(List<Delivery> parts) {
  public Shipment {
    parts = List.copyOf(parts);
  }

  /** The deliveries by what they belong to, in the order of extract date and revision. */
  public static List<Shipment> of(Collection<Delivery> deliveries) {
    Map<List<Object>, List<Delivery>> shipments = new LinkedHashMap<>();
    deliveries.stream()
        .sorted(Standings.inOrder())
        .forEach(
            d ->
                shipments
                    .computeIfAbsent(
                        List.of(d.extractDate(), d.load(), d.revision(), d.shipment()),
                        key -> new ArrayList<>())
                    .add(d));
    return shipments.values().stream().map(Shipment::new).toList();
  }

  /** Ids of the parts. */
  public List<String> ids() {
    return parts.stream().map(Delivery::id).toList();
  }

  /** What it is. */
  public Load load() {
    return parts.get(0).load();
  }

  /** The day it speaks of. */
  public LocalDate extractDate() {
    return parts.get(0).extractDate();
  }

  /** Rows in bronze. */
  public long rows() {
    return parts.stream().mapToLong(Delivery::rows).sum();
  }

  /** Its file, or files. */
  public String fileName() {
    return parts.stream().map(part -> part.file().name()).collect(Collectors.joining(" and "));
  }
}
