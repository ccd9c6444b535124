package org.assay.silver.history;

import static org.assay.common.run.Sentences.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assay.common.delivery.Shipment;

/**
 * Holds deliveries that would close too many members: nothing of them is used. Whether one is held
 * depends only on what came before it, so it is decided in the order of dates; but where rows say
 * themselves from when they hold, also on what later ones {@linkplain Corrections take back}.
 */
final class Brake {
  private final Dimension dimension;
  private final long openBefore;
  private final Map<Shipment, String> held = new LinkedHashMap<>();

  /**
   * @param openBefore current versions before all these deliveries
   */
  Brake(Dimension dimension, long openBefore) {
    this.dimension = dimension;
    this.openBefore = openBefore;
  }

  /** Holds the first delivery that closes too many; empty if none does. */
  Optional<Shipment> hold(VersionFacts facts, Deliveries deliveries) {
    for (VersionFacts.Closing closing : facts.closings()) {
      long open = openBefore - facts.wereOpen() + closing.openBefore();
      if (closing.closed() > dimension.maxClosed() * open) {
        Shipment shipment = deliveries.full(closing.date());
        held.put(shipment, sentence(shipment, closing.closed(), open));
        return Optional.of(shipment);
      }
    }
    return Optional.empty();
  }

  private String sentence(Shipment shipment, long closed, long open) {
    return format(
        "%s would close %,d of %,d members of dimension %s (%.1f %%), and max_closed allows %.1f %%. It is held, and what depends on %4$s keeps its last result. Ask for the whole of it; if so many really left, raise dimensions.%4$s.max_closed.",
        shipment.fileName(),
        closed,
        open,
        dimension.name(),
        100.0 * closed / open,
        100 * dimension.maxClosed());
  }

  /** The deliveries that are held. */
  Set<Shipment> held() {
    return Collections.unmodifiableSet(held.keySet());
  }

  /** Why, by delivery. */
  Map<Shipment, String> sentences() {
    return Collections.unmodifiableMap(held);
  }
}
