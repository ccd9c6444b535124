package org.assay.silver;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assay.common.delivery.Shipment;
import org.assay.silver.quarantine.DeliveryOrder;

/**
 * What is to be done with an extract's deliveries.
 *
 * @param standing all that may be used, if their rows can
 * @param pending what is to be judged, in the order of extract date and revision
 * @param done ids of what was judged before, by these rules, each with what it was judged with
 * @param removed ids of those that no longer stand
 * @param rebuild whether the tables are made anew
 * @param fingerprint what they are made of
 */
record RefineTask(
    List<Shipment> standing,
    List<Shipment> pending,
    Map<String, String> done,
    Set<String> removed,
    boolean rebuild,
    String fingerprint) {

  /** The same, where these have been refused: what silver has of them is taken out. */
  RefineTask without(Collection<Shipment> refused) {
    Set<String> out = new TreeSet<>(removed);
    refused.stream()
        .flatMap(shipment -> shipment.ids().stream())
        .filter(done::containsKey)
        .forEach(out::add);
    return new RefineTask(standing, pending, done, out, rebuild, fingerprint);
  }

  /** The deliveries whose rows are used: those that were judged before, and these. */
  DeliveryOrder accepted(Set<Shipment> judged) {
    return new DeliveryOrder(
        standing.stream()
            .filter(shipment -> judged.contains(shipment) || isKept(shipment))
            .sorted(DeliveryOrder.BY_DATE)
            .toList());
  }

  private boolean isKept(Shipment shipment) {
    return !rebuild
        && done.keySet().containsAll(shipment.ids())
        && shipment.ids().stream().noneMatch(removed::contains)
        && !pending.contains(shipment);
  }
}
