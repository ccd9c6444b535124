package org.assay.silver;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assay.common.delivery.Shipment;
import org.assay.common.run.Fingerprint;
import org.assay.common.table.NotedValues;
import org.assay.common.table.TableState;

/**
 * Which deliveries silver has judged, and with which others: kept in the note of its commits. What
 * becomes of a part's rows depends on the other parts, and on whether it is a FULL or a DELTA.
 */
final class JudgedParts {
  /** The part of the note. */
  static final String PART = "judged";

  private static final int DIGITS = 8;

  private JudgedParts() {}

  /** The parts of a delivery, each with what it is judged with. */
  static Map<String, String> of(Shipment shipment) {
    String with = Fingerprint.of(shipment.load(), shipment.ids()).substring(0, DIGITS);
    Map<String, String> judged = new TreeMap<>();
    shipment.ids().forEach(id -> judged.put(id, with));
    return judged;
  }

  /** Whether a delivery was judged as it is now. */
  static boolean contains(Map<String, String> judged, Shipment shipment) {
    return judged.entrySet().containsAll(of(shipment).entrySet());
  }

  /** What a table's note tells. */
  static Map<String, String> in(TableState silver) {
    return NotedValues.in(Optional.of(silver), PART);
  }
}
