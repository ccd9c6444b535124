package org.assay.silver;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.literal;

import java.util.ArrayList;
import java.util.Collection;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
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
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.silver.cohort.CurrentExtracts;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.Assessment;
import org.assay.silver.quarantine.DeliveryOrder;
import org.assay.silver.quarantine.HeldRows;
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
  private static final TableName QUARANTINE = TableName.quarantine("rows");
  private static final String RULES = "rules";

  /** What the extract's part of quarantine was made of when its accepted rows were written. */
  private static final String HELD = "quarantine";

  /** The id of the key that made the pseudonyms. */
  private static final String KEY = "key";

  private final RunContext context;
  private final ExtractRules rules;
  private final DeliveryRegister register;
  private final Judging judging;

  RefineExtract(
      RunContext context, ExtractRules rules, DeliveryRegister register, Judging judging) {
    this.context = context;
    this.rules = rules;
    this.register = register;
    this.judging = judging;
  }

  /** Refines what is new; whether what depends on the extract may go on. */
  boolean run() {
    String fingerprint = fingerprint();
    Optional<TableState> silver = context.tables().state(rules.silver());
    boolean rebuild =
        silver
            .filter(state -> state.isMadeOf(RULES, fingerprint))
            .filter(state -> state.isMadeOf(HELD, heldPart()))
            .isEmpty();
    Map<String, String> done = rebuild ? Map.of() : silver.map(Judged::in).orElse(Map.of());
    List<Shipment> pending = pending(done, rebuild);
    Set<String> removed = new TreeSet<>(done.keySet());
    standing().forEach(delivery -> removed.remove(delivery.id()));
    boolean isLeftOver = rebuild && !silver.map(Judged::in).orElse(Map.of()).isEmpty();
    if (!pending.isEmpty() || !removed.isEmpty() || isLeftOver) {
      Task task = new Task(pending, done, removed, rebuild, fingerprint);
      boolean isDone =
          context
              .journal()
              .attempt("silver", rules.name(), step -> refine(task, silver, step))
              .isPresent();
      return isDone && !isRefusedAtTheEnd();
    }
    return !isRefusedAtTheEnd();
  }

  /** What the extract's rows are made of, besides the deliveries. */
  String fingerprint() {
    return Fingerprint.of(rules, keyId(), context.code(), references());
  }

  /** What the extracts that the rules look into are made of now: with them, verdicts change. */
  private Map<String, String> references() {
    Map<String, String> references = new TreeMap<>();
    for (String extract : rules.suite().references()) {
      Optional<CommitNote> note =
          context.tables().state(TableName.silver(extract)).flatMap(TableState::note);
      references.put(
          extract,
          note.map(n -> n.madeOf(RULES).orElse("") + n.madeOf(CurrentExtracts.CURRENT).orElse(""))
              .orElse("none"));
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
  private List<Shipment> pending(Map<String, String> done, boolean rebuild) {
    Set<String> measured = judging.history().kept(rules.name()); // a kill may have come before
    return Shipment.of(standing()).stream()
        .filter(
            shipment ->
                isRefused(shipment)
                    || !Judged.contains(done, shipment)
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

  /**
   * What is to be done.
   *
   * @param pending what is to be judged, in the order of extract date and revision
   * @param done what was judged before, by these rules
   * @param removed ids of those that no longer stand
   * @param rebuild whether the tables are made anew
   * @param fingerprint what they are made of
   */
  private record Task(
      List<Shipment> pending,
      Map<String, String> done,
      Set<String> removed,
      boolean rebuild,
      String fingerprint) {

    /** The same, where these have been refused: what silver has of them is taken out. */
    Task without(Collection<Shipment> refused) {
      Set<String> out = new TreeSet<>(removed);
      refused.stream()
          .flatMap(shipment -> shipment.ids().stream())
          .filter(done::containsKey)
          .forEach(out::add);
      return new Task(pending, done, out, rebuild, fingerprint);
    }
  }

  private String heldPart() {
    return context
        .tables()
        .state(QUARANTINE)
        .flatMap(TableState::note)
        .flatMap(note -> note.madeOf(rules.name()))
        .orElse("none");
  }

  private Counts refine(Task given, Optional<TableState> silver, Step step) {
    Map<Shipment, JudgedDelivery> judged = new LinkedHashMap<>();
    Map<Shipment, DataRefusedException> refused = new LinkedHashMap<>();
    try {
      given.pending().forEach(shipment -> judge(shipment, given, judged, refused));
      note(judged, refused);
      Task task = given.without(refused.keySet());
      Counts counts = total(judged.values());
      if (!judged.isEmpty()
          || !task.removed().isEmpty()
          || (task.rebuild() && silver.isPresent())) {
        hold(judged, counts.held(), task, step);
        accept(judged, counts.accepted(), task, silver, step);
        tell(judged.values(), counts, step);
        keepWhole(judged, task);
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
      return counts;
    } finally {
      judged.values().forEach(JudgedDelivery::close);
    }
  }

  private static void refuse(DataRefusedException refusal) {
    throw refusal;
  }

  private void judge(
      Shipment shipment,
      Task task,
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
      List<Shipment> earlier = earlier(shipment, accepted(judged, task).accepted());
      judged.put(shipment, JudgedDelivery.judge(raw, shipment, rules, judging, earlier));
    } catch (DataRefusedException e) {
      if (shipment.parts().stream().allMatch(part -> part.reason().equals(e.getMessage()))) {
        Assessment.forget(rules, shipment, judging); // it was told when it was judged first
      }
      refused.put(shipment, e);
    }
  }

  /** The deliveries whose rows are used: those that were judged before, and these. */
  private DeliveryOrder accepted(Map<Shipment, JudgedDelivery> judged, Task task) {
    return new DeliveryOrder(
        Shipment.of(standing()).stream()
            .filter(
                s ->
                    judged.containsKey(s)
                        || (!task.rebuild()
                            && task.done().keySet().containsAll(s.ids())
                            && s.ids().stream().noneMatch(task.removed()::contains)
                            && !task.pending().contains(s)))
            .sorted(DeliveryOrder.BY_DATE)
            .toList());
  }

  private static List<Shipment> earlier(Shipment shipment, List<Shipment> accepted) {
    return accepted.stream()
        .filter(other -> DeliveryOrder.BY_DATE.compare(other, shipment) < 0)
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

  private static Counts total(Collection<JudgedDelivery> judged) {
    return judged.stream().map(JudgedDelivery::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** The ids of deliveries whose rows are written or taken out. */
  private static Set<String> touched(Map<Shipment, JudgedDelivery> judged, Task task) {
    Set<String> ids = new TreeSet<>(task.removed());
    judged.keySet().forEach(shipment -> ids.addAll(shipment.ids()));
    return ids;
  }

  private static String oneOf(String column, Collection<String> ids) {
    return "%s IN (%s)"
        .formatted(column, ids.stream().map(id -> literal(id)).collect(joining(", ")));
  }

  /**
   * Written before the accepted rows, whose note says which version of this part they belong to.
   * The extract's part is replaced as a whole, so that a run that was killed in between doubles
   * nothing.
   */
  private void hold(Map<Shipment, JudgedDelivery> judged, long held, Task task, Step step) {
    Optional<TableState> before = context.tables().state(QUARANTINE);
    String where = "extract = " + literal(rules.name());
    boolean replaces =
        before.isPresent() && !context.tables().read(QUARANTINE).filter(where).isEmpty();
    if (held == 0 && !replaces) {
      return;
    }
    List<Dataset<Row>> occurrences = new ArrayList<>();
    if (replaces && !task.rebuild()) {
      occurrences.add(
          HeldRows.occurrences(
              context.tables().read(QUARANTINE).filter(where), untouched(judged, task)));
    }
    judged.values().forEach(delivery -> occurrences.add(delivery.held()));
    Map<String, String> parts =
        new TreeMap<>(before.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()));
    parts.put(rules.name(), task.fingerprint());
    DeliveryOrder order = accepted(judged, task);
    Dataset<Row> rows =
        occurrences.isEmpty()
            ? context.tables().read(QUARANTINE).limit(0)
            : HeldRows.standing(union(occurrences), order, rightKeys(judged, task, order));
    step.wrote(before, context.tables().replaceWhere(QUARANTINE, rows, where, step.note(parts)));
  }

  /** The ids of deliveries whose rows stay as they are. */
  private Set<String> untouched(Map<Shipment, JudgedDelivery> judged, Task task) {
    Set<String> ids = new TreeSet<>();
    accepted(judged, task).accepted().forEach(shipment -> ids.addAll(shipment.ids()));
    ids.removeAll(touched(judged, task));
    return ids;
  }

  /** The keys of accepted rows, where a DELTA may have brought a held row right. */
  private Optional<Dataset<Row>> rightKeys(
      Map<Shipment, JudgedDelivery> judged, Task task, DeliveryOrder order) {
    if (rules.key().isEmpty() || !order.hasDelta()) {
      return Optional.empty();
    }
    List<Dataset<Row>> accepted = new ArrayList<>();
    if (!task.rebuild() && context.tables().state(rules.silver()).isPresent()) {
      accepted.add(
          context
              .tables()
              .read(rules.silver())
              .filter("NOT " + oneOf("_delivery_id", touched(judged, task))));
    }
    judged.values().forEach(delivery -> accepted.add(delivery.accepted()));
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(HeldRows.keys(union(accepted), rules, order));
  }

  private void accept(
      Map<Shipment, JudgedDelivery> judged,
      long acceptedRows,
      Task task,
      Optional<TableState> before,
      Step step) {
    CommitNote note = step.note(madeOf(judged, task, before));
    Set<String> touched = touched(judged, task);
    boolean replaces =
        !task.rebuild() && touched.stream().anyMatch(id -> task.done().containsKey(id));
    if (task.rebuild()) {
      Dataset<Row> rows = judged.isEmpty() ? nothing() : accepted(judged);
      step.wrote(before, context.tables().overwrite(rules.silver(), rows, note));
    } else if (replaces) {
      Dataset<Row> rows =
          judged.isEmpty() ? context.tables().read(rules.silver()).limit(0) : accepted(judged);
      step.wrote(
          before,
          context
              .tables()
              .replaceWhere(rules.silver(), rows, oneOf("_delivery_id", touched), note));
    } else if (acceptedRows > 0) {
      step.wrote(before, context.tables().append(rules.silver(), accepted(judged), note));
    } else {
      // no rows, but a note of what was judged
      step.wrote(before, context.tables().append(rules.silver(), accepted(judged), note));
    }
  }

  /** No rows, in the columns that are declared now. */
  private Dataset<Row> nothing() {
    StructType schema = SilverContract.EXTRACT.schema();
    for (StructField field : rules.schema().fields()) {
      schema = schema.add(field);
    }
    return context.spark().createDataFrame(List.of(), schema);
  }

  private static Dataset<Row> accepted(Map<Shipment, JudgedDelivery> judged) {
    return union(judged.values().stream().map(JudgedDelivery::accepted).toList());
  }

  private Map<String, String> madeOf(
      Map<Shipment, JudgedDelivery> judged, Task task, Optional<TableState> before) {
    Map<String, String> accepted = new TreeMap<>(task.done());
    accepted.keySet().removeAll(task.removed());
    judged.keySet().forEach(shipment -> accepted.putAll(Judged.of(shipment)));
    Map<String, Long> duplicates = new TreeMap<>();
    if (!task.rebuild()) {
      duplicates.putAll(Duplicates.in(before));
    }
    duplicates.keySet().retainAll(accepted.keySet());
    judged.values().forEach(delivery -> duplicates.putAll(delivery.duplicates()));
    List<Delivery> current =
        register.of(rules.name()).stream().filter(d -> accepted.containsKey(d.id())).toList();
    return Map.of(
        RULES,
        task.fingerprint(),
        Judged.PART,
        Judged.text(accepted),
        HELD,
        heldPart(),
        KEY,
        keyId(),
        Duplicates.PART,
        Duplicates.text(duplicates),
        CurrentExtracts.CURRENT,
        CurrentDeliveries.of(current).text());
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
  private void keepWhole(Map<Shipment, JudgedDelivery> judged, Task task) {
    if (rules.load() == Load.DELTA) {
      judging
          .history()
          .keepMerged(
              rules.name(),
              current(accepted(judged, task)).stream()
                  .map(shipment -> Assessment.key(rules, shipment))
                  .toList(),
              judging.instruments().merge());
    }
  }

  private void tell(Collection<JudgedDelivery> judged, Counts counts, Step step) {
    step.say("%,d in", counts.rows());
    step.say("%,d accepted", counts.accepted());
    step.say("%,d held", counts.held());
    if (counts.duplicates() > 0) {
      step.remark(
          Remark.Kind.WARNING,
          rules.name(),
          format(
              "%s repeat another row of their delivery exactly and count once.",
              count(counts.duplicates(), "row", "rows")));
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
    judged.stream()
        .flatMap(delivery -> delivery.warnings().stream())
        .forEach(warning -> step.remark(Remark.Kind.WARNING, rules.name(), warning));
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }
}
