package org.assay.gold.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assay.common.contract.SilverContract;
import org.assay.common.run.Fingerprint;
import org.assay.common.spark.CellTables;
import org.assay.gold.fit.RegionFit;

/**
 * A row of {@code quarantine.regions}.
 *
 * @param key period, cohort and region
 * @param model the model
 * @param reasons code and sentence of each reason
 * @param n people in the region
 * @param events events among them
 * @param status held, or resolved when the region no longer is
 * @param firstSeen when it was first held
 * @param lastSeen when it was last held for new reasons or counts, or resolved
 */
record HeldRegion(
    CellTables.Key key,
    String model,
    List<Why> reasons,
    long n,
    long events,
    String status,
    Instant firstSeen,
    Instant lastSeen) {
  private static final String HELD = "held";
  private static final String RESOLVED = "resolved";

  /** A reason, as the table keeps it. */
  record Why(String code, String sentence) {}

  HeldRegion {
    reasons = List.copyOf(reasons);
  }

  /** A region that is held now. */
  static HeldRegion of(RegionFit fit, Instant now) {
    List<Why> reasons =
        fit.reasons().stream().map(r -> new Why(r.code().name(), r.sentence())).toList();
    return new HeldRegion(
        fit.region().key(),
        fit.region().model(),
        reasons,
        fit.total().n(),
        fit.total().events(),
        HELD,
        now,
        now);
  }

  /** Reads a row of the table. */
  static HeldRegion of(Row row) {
    Optional<String> region = Optional.ofNullable(row.getAs("region"));
    List<Row> reasons = row.getList(row.fieldIndex("reasons"));
    return new HeldRegion(
        new CellTables.Key(row.getAs("period"), row.getAs("cohort"), region),
        row.getAs("model"),
        reasons.stream().map(r -> new Why(r.getString(0), r.getString(1))).toList(),
        row.<Long>getAs("n"),
        row.<Long>getAs("events"),
        row.getAs("status"),
        row.<Instant>getAs("first_seen"),
        row.<Instant>getAs("last_seen"));
  }

  /** The identity of the holding, the same from run to run. */
  String id() {
    return Fingerprint.of(key, model);
  }

  /** This row after the region was found held again; unchanged if nothing about it is new. */
  HeldRegion seenAgain(HeldRegion now) {
    boolean same =
        status.equals(HELD) && reasons.equals(now.reasons) && n == now.n && events == now.events;
    return same
        ? this
        : new HeldRegion(key, model, now.reasons, now.n, now.events, HELD, firstSeen, now.lastSeen);
  }

  /** This row after the region was found fit. */
  HeldRegion resolved(Instant now) {
    return status.equals(RESOLVED)
        ? this
        : new HeldRegion(key, model, reasons, n, events, RESOLVED, firstSeen, now);
  }

  /** The row as the table keeps it. */
  Row toRow() {
    return SilverContract.QUARANTINE_REGIONS
        .row()
        .set("quarantine_id", id())
        .set("period", key.period())
        .set("cohort", key.outcome())
        .set("model", model)
        .set("region", key.region().orElse(null))
        .set(
            "reasons",
            reasons.stream().map(r -> RowFactory.create(r.code(), r.sentence())).toArray())
        .set("n", n)
        .set("events", events)
        .set("status", status)
        .set("first_seen", firstSeen)
        .set("last_seen", lastSeen)
        .build();
  }
}
