package org.assay.bronze.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.bronze.extract.Extract;
import org.assay.common.contract.OpsContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.delivery.Standings;
import org.assay.common.delivery.State;

/**
 * When each column of an extract came and went, by extract date: a pure function of the deliveries,
 * whatever the order in which they arrived.
 */
final class SchemaHistory {
  private SchemaHistory() {}

  /**
   * A column while it is there.
   *
   * @param column the column
   * @param from the first delivery that has it
   * @param until the first later delivery that has it not; empty while it is there
   */
  record Presence(SourceColumn column, Delivery from, Optional<Delivery> until) {}

  /** The presences of one extract's columns. */
  static List<Presence> of(Collection<Delivery> deliveries) {
    List<Delivery> inOrder =
        deliveries.stream()
            .filter(delivery -> delivery.state() != State.SUPERSEDED)
            .sorted(Standings.inOrder())
            .toList();
    List<Presence> presences = new ArrayList<>();
    Map<SourceColumn, Delivery> there = new LinkedHashMap<>();
    for (Delivery delivery : inOrder) {
      List<SourceColumn> now = delivery.receipt().columns();
      List<SourceColumn> gone = there.keySet().stream().filter(c -> !now.contains(c)).toList();
      for (SourceColumn column : gone) {
        presences.add(new Presence(column, there.remove(column), Optional.of(delivery)));
      }
      now.forEach(column -> there.putIfAbsent(column, delivery));
    }
    there.forEach((column, from) -> presences.add(new Presence(column, from, Optional.empty())));
    return presences;
  }

  /** A row of {@code ops.schemas}. */
  static Row row(Extract extract, Presence presence) {
    Optional<Delivery> until = presence.until();
    return OpsContract.SCHEMAS
        .row()
        .set("extract", extract.name())
        .set("column_name", presence.column().name())
        .set("type", presence.column().type())
        .set("came_on", presence.from().extractDate())
        .set("came_with", presence.from().file().name())
        .set("went_on", until.map(Delivery::extractDate).orElse(null))
        .set("went_with", until.map(delivery -> delivery.file().name()).orElse(null))
        .set("declared", extract.declares(presence.column().name()))
        .build();
  }
}
