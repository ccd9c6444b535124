package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.assay.common.contract.OpsContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Shipment;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.RunContext;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.silver.conform.ExtractRules;

/**
 * Conservation: every row of bronze is in exactly one class. What the tables have is counted for
 * each delivery that has moved, must add up to what was ingested, and is kept in {@code
 * ops.ledger}.
 */
final class Ledger {
  private static final TableName TABLE = TableName.ops("ledger");
  private static final int ATTEMPTS = 5;

  private final RunContext context;
  private final DeliveryRegister register;

  Ledger(RunContext context, DeliveryRegister register) {
    this.context = context;
    this.register = register;
  }

  /** The classes, in the order in which they are told. */
  private enum RowClass {
    ACCEPTED,
    QUARANTINED,
    DUPLICATE,
    REPLACED,
    NOT_ACCEPTED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the ledger says of a delivery. */
  private record Known(String standing, Map<String, Long> rows) {}

  /** What the ledger says, by extract and delivery. */
  private record Recorded(Map<List<String>, Known> known) {
    static final Recorded NOTHING = new Recorded(Map.of());

    /** A row of the ledger, later than those before it. */
    void add(Row row) {
      List<String> of = List.of(row.getAs("extract"), row.getAs("delivery_id"));
      Known before = known.get(of);
      Map<String, Long> rows = before == null ? new HashMap<>() : new HashMap<>(before.rows());
      rows.put(row.getAs("class"), row.<Long>getAs("rows"));
      known.put(of, new Known(row.getAs("standing"), rows));
    }

    Optional<Known> of(Delivery delivery) {
      return Optional.ofNullable(known.get(List.of(delivery.extract(), delivery.id())));
    }

    boolean says(Delivery delivery, String standing) {
      return of(delivery).filter(k -> k.standing().equals(standing)).isPresent();
    }
  }

  /**
   * Checks and records whatever has moved, in one commit for all extracts.
   *
   * @param fingerprints what each extract's rows are made of, besides the deliveries
   * @return by extract, what does not add up
   */
  Map<String, DataRefusedException> run(Map<ExtractRules, String> fingerprints) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      long turn = context.tables().turn(TABLE) + 1;
      Optional<TableState> before = context.tables().state(TABLE);
      Map<String, String> parts =
          new TreeMap<>(before.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()));
      Map<ExtractRules, String> moved = moved(fingerprints, parts);
      Map<String, DataRefusedException> broken = new TreeMap<>();
      List<Row> movements = new ArrayList<>();
      if (!moved.isEmpty()) {
        Recorded recorded = before.isPresent() ? recorded(moved.keySet()) : Recorded.NOTHING;
        Map<ExtractRules, List<Delivery>> touched = touched(moved.keySet(), fingerprints, recorded);
        StoredRows stored = StoredRows.of(context.tables(), ids(touched));
        touched.forEach(
            (rules, deliveries) -> {
              Map<String, String> standings = standings(rules, fingerprints.get(rules));
              try {
                movements.addAll(movements(rules, deliveries, stored, recorded, standings));
                parts.put(rules.name(), moved.get(rules));
              } catch (DataRefusedException e) {
                broken.put(rules.name(), e);
              }
            });
      }
      if (movements.isEmpty() || append(movements, parts, before, turn)) {
        return broken;
      }
    }
    throw new IllegalStateException(
        "%s could not be written: other runs wrote it each time.".formatted(TABLE));
  }

  /** Extracts of which the ledger does not know how their deliveries stand, and how that is. */
  private Map<ExtractRules, String> moved(
      Map<ExtractRules, String> fingerprints, Map<String, String> parts) {
    Map<ExtractRules, String> moved = new LinkedHashMap<>();
    fingerprints.forEach(
        (rules, fingerprint) -> {
          String whole = Fingerprint.of(standings(rules, fingerprint));
          if (!whole.equals(parts.get(rules.name())) && !register.of(rules.name()).isEmpty()) {
            moved.put(rules, whole);
          }
        });
    return moved;
  }

  private boolean append(
      List<Row> movements, Map<String, String> parts, Optional<TableState> before, long turn) {
    List<TableState> written = new ArrayList<>();
    context
        .journal()
        .quietStep(
            "silver",
            "ledger",
            step ->
                context
                    .tables()
                    .appendInTurn(
                        TABLE,
                        OpsContract.LEDGER.rows(context.spark(), movements),
                        step.note(parts),
                        turn)
                    .ifPresent(
                        state -> {
                          step.wrote(before, state);
                          written.add(state);
                        }));
    return !written.isEmpty();
  }

  private Map<String, String> standings(ExtractRules rules, String fingerprint) {
    Map<String, String> standings = new LinkedHashMap<>();
    for (Shipment shipment : Shipment.of(register.of(rules.name()))) {
      for (Delivery part : shipment.parts()) {
        standings.put(part.id(), standing(part, shipment, fingerprint));
      }
    }
    return standings;
  }

  /** What the place of a delivery's rows follows from; its other parts are of it. */
  private static String standing(Delivery delivery, Shipment shipment, String fingerprint) {
    List<String> states =
        shipment.parts().stream().map(part -> part.id() + part.state().text()).toList();
    return Fingerprint.of(delivery.id(), delivery.load(), states, fingerprint).substring(0, 16);
  }

  /** Deliveries that do not stand as the ledger says. */
  private Map<ExtractRules, List<Delivery>> touched(
      Collection<ExtractRules> moved, Map<ExtractRules, String> fingerprints, Recorded recorded) {
    Map<ExtractRules, List<Delivery>> touched = new LinkedHashMap<>();
    for (ExtractRules rules : moved) {
      Map<String, String> standings = standings(rules, fingerprints.get(rules));
      touched.put(
          rules,
          register.of(rules.name()).stream()
              .filter(d -> !recorded.says(d, standings.get(d.id())))
              .toList());
    }
    return touched;
  }

  private static Map<ExtractRules, List<String>> ids(Map<ExtractRules, List<Delivery>> touched) {
    Map<ExtractRules, List<String>> ids = new LinkedHashMap<>();
    touched.forEach((rules, all) -> ids.put(rules, all.stream().map(Delivery::id).toList()));
    return ids;
  }

  private List<Row> movements(
      ExtractRules rules,
      List<Delivery> touched,
      StoredRows stored,
      Recorded recorded,
      Map<String, String> standings) {
    Map<String, Long> duplicates = Duplicates.in(context.tables().state(rules.silver()));
    List<Row> movements = new ArrayList<>();
    for (Delivery delivery : touched) {
      String id = delivery.id();
      Map<RowClass, Long> now = new LinkedHashMap<>();
      now.put(RowClass.ACCEPTED, stored.accepted(rules, id));
      now.put(RowClass.QUARANTINED, stored.held(id));
      now.put(RowClass.DUPLICATE, duplicates.getOrDefault(id, 0L));
      Optional<RowClass> whole = wholeClass(delivery);
      whole.ifPresent(rowClass -> now.put(rowClass, delivery.rows()));
      refuseUnlessConserved(delivery, now);
      movements.addAll(movements(delivery, now, recorded.of(delivery), standings.get(id)));
    }
    return movements;
  }

  /** The class of all rows of a delivery that is not used. */
  private static Optional<RowClass> wholeClass(Delivery delivery) {
    return switch (delivery.state()) {
      case SUPERSEDED -> Optional.of(RowClass.REPLACED);
      case REFUSED -> Optional.of(RowClass.NOT_ACCEPTED);
      default -> Optional.empty();
    };
  }

  private void refuseUnlessConserved(Delivery delivery, Map<RowClass, Long> now) {
    long sum = now.values().stream().mapToLong(Long::longValue).sum();
    long announced = delivery.terms().rows().orElse(delivery.rows());
    boolean isAsAnnounced = announced == delivery.rows() || !delivery.reason().isEmpty();
    if (sum != delivery.rows() || !isAsAnnounced) {
      StringBuilder classes = new StringBuilder();
      now.forEach(
          (rowClass, rows) ->
              classes.append(
                  format("%s%,d %s", classes.isEmpty() ? "" : ", ", rows, rowClass.text())));
      throw new DataRefusedException(
          format(
              "Rows of %s do not add up: %,d were ingested, and there are %s, a difference of %,d. What depends on %s keeps its last result. Restore silver.%5$s and quarantine.rows, or run in a new lake.",
              delivery.file().name(),
              delivery.rows(),
              classes,
              delivery.rows() - sum,
              delivery.extract()));
    }
  }

  private List<Row> movements(
      Delivery delivery, Map<RowClass, Long> now, Optional<Known> known, String standing) {
    List<Row> movements = new ArrayList<>();
    for (RowClass rowClass : RowClass.values()) {
      long before = known.map(k -> k.rows().getOrDefault(rowClass.text(), 0L)).orElse(0L);
      long rows = now.getOrDefault(rowClass, 0L);
      boolean isAnchor = rowClass == RowClass.ACCEPTED; // told even where nothing was accepted
      if (rows != before || isAnchor) {
        movements.add(
            OpsContract.LEDGER
                .row()
                .set("run_id", context.journal().run())
                .set("recorded_at", context.clock().instant())
                .set("extract", delivery.extract())
                .set("delivery_id", delivery.id())
                .set("class", rowClass.text())
                .set("rows", rows)
                .set("rows_before", before)
                .set("standing", standing)
                .build());
      }
    }
    return movements;
  }

  private Recorded recorded(Collection<ExtractRules> moved) {
    Recorded recorded = new Recorded(new HashMap<>());
    context
        .tables()
        .read(TABLE)
        .filter(col("extract").isInCollection(moved.stream().map(ExtractRules::name).toList()))
        .orderBy("recorded_at", "run_id")
        .collectAsList()
        .forEach(recorded::add);
    return recorded;
  }
}
