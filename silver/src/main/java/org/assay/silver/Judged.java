package org.assay.silver;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;
import org.assay.common.delivery.Shipment;
import org.assay.common.run.Fingerprint;
import org.assay.common.table.TableState;

/**
 * Which deliveries silver has judged, and with which others: kept in the note of its commits. What
 * becomes of a part's rows depends on the other parts, and on whether it is a FULL or a DELTA.
 */
final class Judged {
  /** The part of the note. */
  static final String PART = "judged";

  private static final int DIGITS = 8;

  private Judged() {}

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
    String text = silver.note().flatMap(note -> note.madeOf(PART)).orElse("");
    Map<String, String> judged = new TreeMap<>();
    for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
      int colon = entry.indexOf(':');
      judged.put(entry.substring(0, colon), entry.substring(colon + 1));
    }
    return judged;
  }

  /** As a note has it; {@link #in} reads it. */
  static String text(Map<String, String> judged) {
    return judged.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(joining(","));
  }
}
