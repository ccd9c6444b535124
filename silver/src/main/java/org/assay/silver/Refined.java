package org.assay.silver;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.delivery.Shipment;
import org.assay.silver.quarantine.DeliveryOrder;
import org.assay.silver.quarantine.JudgedDelivery;
import org.assay.silver.quarantine.JudgedDelivery.Counts;

/**
 * What is to be written of an extract.
 *
 * @param task what was to be done, without what was refused
 * @param judged what was judged and accepted
 */
record Refined(RefineTask task, Map<Shipment, JudgedDelivery> judged) {

  /** Whether nothing is added and nothing taken out. */
  boolean isNothing() {
    return judged.isEmpty() && task.removed().isEmpty();
  }

  /** Rows in, accepted, held and repeated. */
  Counts counts() {
    return judged.values().stream().map(JudgedDelivery::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** All deliveries whose rows are used now. */
  DeliveryOrder order() {
    return task.accepted(judged.keySet());
  }

  /** Ids of deliveries whose rows are written or taken out. */
  Set<String> touched() {
    Set<String> ids = new TreeSet<>(task.removed());
    judged.keySet().forEach(shipment -> ids.addAll(shipment.ids()));
    return ids;
  }

  /** Ids of deliveries whose rows stay as they are. */
  Set<String> untouched() {
    Set<String> ids = new TreeSet<>();
    order().accepted().forEach(shipment -> ids.addAll(shipment.ids()));
    ids.removeAll(touched());
    return ids;
  }

  /** The ids whose rows are in silver after it, each with what it was judged with. */
  Map<String, String> accepted() {
    Map<String, String> accepted = new TreeMap<>(task.done());
    accepted.keySet().removeAll(task.removed());
    judged.keySet().forEach(shipment -> accepted.putAll(JudgedParts.of(shipment)));
    return accepted;
  }

  /** The accepted rows of what was judged; there must be a delivery. */
  Dataset<Row> rows() {
    return judged.values().stream()
        .map(JudgedDelivery::accepted)
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }
}
