package org.assay.bronze.landing;

import java.util.ArrayList;
import java.util.List;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Pending;

/**
 * What is to be done about an extract's landing.
 *
 * @param ready files to ingest, all parts of a delivery or none
 * @param told deliveries in bronze of which a manifest came late
 * @param pending files that stay in landing, each with why
 * @param found how many files there are
 */
public record Plan(List<Arrival> ready, List<Delivery> told, List<Pending> pending, int found) {
  public Plan {
    ready = List.copyOf(ready);
    told = List.copyOf(told);
    pending = List.copyOf(pending);
  }

  /** The same plan where a file turned out not to be ready, and with it the other parts. */
  public Plan without(Arrival arrival, Pending why) {
    List<Arrival> left = new ArrayList<>();
    List<Pending> waiting = new ArrayList<>(pending);
    waiting.add(why);
    for (Arrival other : ready) {
      if (other.equals(arrival)) {
        continue;
      }
      if (other.comesWith(arrival)) {
        waiting.add(other.waitsFor(arrival.file().name(), why.firstSeen()));
      } else {
        left.add(other);
      }
    }
    return new Plan(left, told, waiting, found);
  }
}
