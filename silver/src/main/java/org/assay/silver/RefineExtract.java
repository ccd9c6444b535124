package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.contract.BronzeContract;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.CurrentDeliveries;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.delivery.Standings;
import org.assay.common.delivery.State;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.Assessment;
import org.assay.silver.quarantine.DeliveryOrder;
import org.assay.silver.quarantine.JudgedDelivery;
import org.assay.silver.quarantine.JudgedDelivery.Counts;
import org.assay.silver.quarantine.Judging;

/**
 * Brings {@code silver.<extract>} and its part of {@code quarantine.rows} up to date: a pure
 * function of the deliveries that stand. Each is judged by itself, with all its parts; with
 * unchanged rules only new ones are, with changed rules all are again. What no longer stands is
 * taken out.
 */
final class RefineExtract {
  private static final int ATTEMPTS = 5;

  private final RunContext context;
  private final ExtractRules rules;
  private final DeliveryRegister register;
  private final Judging judging;
  private final ExtractTables tables;
  private final boolean anew;

  RefineExtract(
      RunContext context,
      ExtractRules rules,
      DeliveryRegister register,
      Judging judging,
      boolean anew) {
    this.context = context;
    this.rules = rules;
    this.register = register;
    this.judging = judging;
    this.anew = anew;
    this.tables = new ExtractTables(context, rules, register, keyId());
  }

  /** Refines what is new; whether what depends on the extract may go on. */
  boolean run() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      tables.takeTurns();
      register.refresh();
      Optional<Boolean> isUsable = runInTurn();
      if (isUsable.isPresent()) {
        return isUsable.get();
      }
    }
    throw new IllegalStateException(
        "%s could not be written: other runs wrote it each time.".formatted(rules.silver()));
  }

  /** Empty if another run wrote meanwhile: what is new then is to be looked at again. */
  private Optional<Boolean> runInTurn() {
    String fingerprint = fingerprint();
    Map<String, String> stored = tables.silver().map(JudgedParts::in).orElse(Map.of());
    boolean rebuild = anew || !tables.areMadeOf(fingerprint);
    Map<String, String> done = rebuild ? Map.of() : stored;
    List<Delivery> standing = standing();
    Set<String> removed = new TreeSet<>(done.keySet());
    standing.forEach(delivery -> removed.remove(delivery.id()));
    List<Shipment> shipments = Shipment.of(standing);
    RefineTask task =
        new RefineTask(
            shipments, pending(shipments, done, rebuild), done, removed, rebuild, fingerprint);
    boolean isLeftOver = rebuild && !stored.isEmpty();
    if (!task.pending().isEmpty() || !removed.isEmpty() || isLeftOver) {
      Optional<Boolean> isWritten =
          context.journal().attempt("silver", rules.name(), step -> refine(task, step));
      if (isWritten.isPresent() && !isWritten.get()) {
        return Optional.empty();
      }
      return Optional.of(isWritten.isPresent() && !isRefusedAtTheEnd());
    }
    return Optional.of(!isRefusedAtTheEnd());
  }

  /** What the extract's rows are made of, besides the deliveries. */
  String fingerprint() {
    return Fingerprint.of(rules, keyId(), context.code(), references());
  }

  /** What the extracts that the rules look into are made of now: with them, verdicts change. */
  private Map<String, String> references() {
    Map<String, String> references = new TreeMap<>();
    for (String extract : rules.suite().references()) {
      references.put(extract, ExtractTables.madeOf(context, extract));
    }
    return references;
  }

  private String keyId() {
    return judging.pseudonyms().map(Pseudonyms::keyId).orElse("none");
  }

  /** The deliveries that may be used, if their rows can. */
  private List<Delivery> standing() {
    return register.of(rules.name()).stream()
        .filter(delivery -> delivery.state() != State.SUPERSEDED)
        .filter(delivery -> !Standings.isRefusedUnread(delivery))
        .toList();
  }

  /**
   * What was not judged as it stands now: a part may have joined it or left it. One that was
   * refused is judged again, unless something later replaces it anyway.
   */
  private List<Shipment> pending(
      List<Shipment> standing, Map<String, String> done, boolean rebuild) {
    Set<String> measured = judging.history().kept(rules.name()); // a kill may have come before
    return standing.stream()
        .filter(
            shipment ->
                isRefused(shipment)
                    || !JudgedParts.contains(done, shipment)
                    || !measured.contains(shipment.ids().get(0)))
        .filter(shipment -> rebuild || !isPast(shipment))
        .toList();
  }

  private static boolean isRefused(Shipment shipment) {
    return shipment.parts().stream().anyMatch(part -> part.state() == State.REFUSED);
  }

  private boolean isPast(Shipment shipment) {
    return shipment.parts().stream().allMatch(part -> part.state() == State.REFUSED)
        && isReplaced(shipment);
  }

  private boolean isReplaced(Shipment shipment) {
    return shipment.parts().stream().allMatch(register::isReplaced);
  }

  /** Whether the latest that was sent cannot be used: what depends on it keeps its last result. */
  private boolean isRefusedAtTheEnd() {
    return register.isRefusedAtTheEnd(rules.name());
  }

  /** Whether all is written that could be; not if another run wrote meanwhile. */
  private boolean refine(RefineTask task, Step step) {
    Map<Shipment, JudgedDelivery> judged = new LinkedHashMap<>();
    Map<Shipment, DataRefusedException> refused = new LinkedHashMap<>();
    try {
      task.pending().forEach(shipment -> judge(shipment, task, judged, refused));
      note(judged, refused);
      Refined refined = new Refined(task.without(refused.keySet()), judged);
      if (!refined.isNothing() || (task.rebuild() && tables.silver().isPresent())) {
        if (!tables.write(refined, step)) {
          step.say("another run wrote it meanwhile");
          return false;
        }
        tell(refined, step);
        keepWhole(refined);
      }
      List<DataRefusedException> atTheEnd = new ArrayList<>();
      refused.forEach(
          (shipment, e) -> {
            if (isReplaced(shipment)) {
              step.remark(Remark.Kind.WARNING, rules.name(), e.getMessage());
            } else {
              atTheEnd.add(e);
            }
          });
      atTheEnd.forEach(e -> context.journal().refused(e.getMessage()));
      atTheEnd.stream().findFirst().ifPresent(RefineExtract::refuse);
      return true;
    } finally {
      judged.values().forEach(JudgedDelivery::close);
    }
  }

  private static void refuse(DataRefusedException refusal) {
    throw refusal;
  }

  private void judge(
      Shipment shipment,
      RefineTask task,
      Map<Shipment, JudgedDelivery> judged,
      Map<Shipment, DataRefusedException> refused) {
    try {
      Dataset<Row> raw =
          RawRows.of(
              context
                  .tables()
                  .read(rules.bronze())
                  .filter(col(BronzeContract.DELIVERY_ID).isInCollection(shipment.ids())),
              shipment,
              rules);
      List<Shipment> earlier = earlier(shipment, task.accepted(judged.keySet()));
      judged.put(shipment, JudgedDelivery.judge(raw, shipment, rules, judging, earlier));
    } catch (DataRefusedException e) {
      if (shipment.parts().stream().allMatch(part -> part.reason().equals(e.getMessage()))) {
        Assessment.forget(rules, shipment, judging); // it was told when it was judged first
      }
      refused.put(shipment, e);
    }
  }

  /** What it is compared with: the whole with the whole, and what changed with what changed. */
  private static List<Shipment> earlier(Shipment shipment, DeliveryOrder order) {
    return order.accepted().stream()
        .filter(other -> DeliveryOrder.BY_DATE.compare(other, shipment) < 0)
        .filter(other -> other.load() == shipment.load() && other.rows() > 0)
        .toList();
  }

  private void note(
      Map<Shipment, JudgedDelivery> judged, Map<Shipment, DataRefusedException> refused) {
    Map<String, String> sentences = new HashMap<>();
    judged.keySet().forEach(shipment -> shipment.ids().forEach(id -> sentences.put(id, "")));
    refused.forEach(
        (shipment, e) -> shipment.ids().forEach(id -> sentences.put(id, e.getMessage())));
    register.judged(rules.name(), sentences);
  }

  /** The deliveries with rows that make the current state. */
  private static List<Shipment> current(DeliveryOrder order) {
    List<Delivery> parts =
        order.accepted().stream().flatMap(shipment -> shipment.parts().stream()).toList();
    CurrentDeliveries current = CurrentDeliveries.of(parts);
    return order.accepted().stream()
        .filter(shipment -> shipment.rows() > 0)
        .filter(
            shipment ->
                current.full().contains(shipment.ids().get(0))
                    || current.deltas().contains(shipment.ids().get(0)))
        .toList();
  }

  /** Of an extract that comes in DELTAs, no delivery is the whole. */
  private void keepWhole(Refined refined) {
    if (rules.load() == Load.DELTA) {
      judging
          .history()
          .keepMerged(
              rules.name(),
              current(refined.order()).stream()
                  .map(shipment -> Assessment.key(rules, shipment))
                  .toList(),
              judging.instruments().merge());
    }
  }

  private void tell(Refined refined, Step step) {
    Counts counts = refined.counts();
    step.say("%,d in", counts.rows());
    step.say("%,d accepted", counts.accepted());
    step.say("%,d held", counts.held());
    if (counts.duplicates() > 0) {
      step.remark(
          Remark.Kind.WARNING,
          rules.name(),
          format(
              "%s not counted again.",
              count(
                  counts.duplicates(), "exact repeat of a row was", "exact repeats of rows were")));
    }
    if (counts.held() > 0) {
      step.remark(
          Remark.Kind.HELD,
          rules.name(),
          format(
              "%,d of %,d rows are held; see %s.",
              counts.held(), counts.rows(), SilverContract.QUARANTINE_ROWS.table()));
    }
    rules
        .suite()
        .unsupported()
        .forEach(sentence -> step.remark(Remark.Kind.WARNING, rules.name(), sentence));
    refined.judged().values().stream()
        .flatMap(delivery -> delivery.warnings().stream())
        .forEach(warning -> step.remark(Remark.Kind.WARNING, rules.name(), warning));
  }
}
