package org.assay.silver.history;

import static org.apache.spark.sql.functions.broadcast;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.named;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.delivery.Load;
import org.assay.common.delivery.Shipment;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.ProofFailedException;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.MergePlan;
import org.assay.common.table.NotedValues;
import org.assay.common.table.TableState;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.history.Dimension.Deletes;
import org.assay.silver.history.Dimension.Type;
import org.assay.silver.quarantine.DeliveryOrder;

/**
 * Brings a dimension up to date: a pure function of the accepted deliveries of its extract. What is
 * later than all before is merged into the current versions; whatever else has changed, such as a
 * late delivery, makes the table anew from the accepted rows.
 */
public final class RefineDimension {
  private static final String RULES = "rules";
  private static final String DELIVERIES = "deliveries";
  private static final String HELD = "held";
  private static final String OPEN = "open";
  private static final String PROOF = "proof";
  private static final int DIGITS = 8;

  private final RunContext context;
  private final Dimension dimension;
  private final ExtractRules extract;
  private final List<Shipment> accepted;
  private final String extractRules;
  private final long few;

  /**
   * @param accepted the extract's deliveries whose rows are used
   * @param extractRules fingerprint of what the extract's rows are made of, besides deliveries
   */
  public RefineDimension(
      RunContext context,
      Dimension dimension,
      ExtractRules extract,
      Collection<Shipment> accepted,
      String extractRules) {
    this(context, dimension, extract, accepted, extractRules, AffectedMembers.FEW);
  }

  /**
   * @param few with so many rows, whom they affect is found out before anything is derived
   */
  RefineDimension(
      RunContext context,
      Dimension dimension,
      ExtractRules extract,
      Collection<Shipment> accepted,
      String extractRules,
      long few) {
    this.context = context;
    this.dimension = dimension;
    this.extract = extract;
    this.accepted = List.copyOf(accepted);
    this.extractRules = extractRules;
    this.few = few;
  }

  /**
   * Refines what is new.
   *
   * @param anew whether the table is made anew, whatever it is made of
   * @return whether what depends on the dimension may go on
   */
  public boolean run(boolean anew) {
    if (context.tables().state(extract.silver()).isEmpty()) {
      return true; // populations wait for the extract
    }
    Optional<TableState> before = context.tables().state(dimension.table());
    String rules = Fingerprint.of(dimension, extractRules, context.code());
    Map<String, String> delivered = delivered();
    boolean isOurs = !anew && before.filter(state -> state.isMadeOf(RULES, rules)).isPresent();
    if (isOurs && before.get().isMadeOf(DELIVERIES, NotedValues.text(delivered))) {
      return !isHeldAtTheEnd(heldBefore(before.get()));
    }
    Task task =
        isOurs && isLater(before.get(), delivered)
            ? new Task(before, later(before.get()), rules, NotedValues.text(delivered), false)
            : new Task(before, accepted, rules, NotedValues.text(delivered), true);
    boolean isDone =
        context.journal().attempt("silver", dimension.name(), s -> refine(task, s)).isPresent();
    return isDone
        && context
            .tables()
            .state(dimension.table())
            .filter(state -> !isHeldAtTheEnd(heldBefore(state)))
            .isPresent();
  }

  /** What is to be done: with these deliveries, onto what stands or anew. */
  private record Task(
      Optional<TableState> before,
      List<Shipment> deliveries,
      String rules,
      String delivered,
      boolean isRebuild) {}

  /** Each part with what silver judged it with, and with whether its absences say anything. */
  private Map<String, String> delivered() {
    Map<String, String> delivered = new TreeMap<>();
    for (Shipment shipment : accepted) {
      String what = Fingerprint.of(shipment.load(), shipment.ids(), isExhaustive(shipment));
      shipment.ids().forEach(id -> delivered.put(id, what.substring(0, DIGITS)));
    }
    return delivered;
  }

  private static Map<String, String> deliveredBefore(TableState before) {
    return NotedValues.in(Optional.of(before), DELIVERIES);
  }

  private static Set<String> heldBefore(TableState before) {
    String text = before.note().flatMap(note -> note.madeOf(HELD)).orElse("");
    return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(",")));
  }

  /**
   * Whether what is new is later than all that the table is made of. By a date of their own rows
   * may be earlier than what they are delivered after.
   */
  private boolean isLater(TableState before, Map<String, String> delivered) {
    Map<String, String> known = deliveredBefore(before);
    Optional<LocalDate> last =
        accepted.stream()
            .filter(shipment -> known.containsKey(shipment.ids().get(0)))
            .map(Shipment::extractDate)
            .max(Comparator.naturalOrder());
    return dimension.effective().isEmpty()
        && delivered.entrySet().containsAll(known.entrySet())
        && last.isPresent()
        && later(before).stream().allMatch(s -> s.extractDate().isAfter(last.get()));
  }

  private List<Shipment> later(TableState before) {
    Map<String, String> known = deliveredBefore(before);
    return accepted.stream().filter(s -> !known.containsKey(s.ids().get(0))).toList();
  }

  private boolean isExhaustive(Shipment shipment) {
    return shipment.parts().stream().allMatch(part -> part.terms().exhaustive());
  }

  /** Whether the last FULL delivery is held: what only changed since does not make it whole. */
  private boolean isHeldAtTheEnd(Set<String> held) {
    return accepted.stream()
        .filter(shipment -> shipment.load() == Load.FULL)
        .max(DeliveryOrder.BY_DATE)
        .filter(last -> held.contains(last.ids().get(0)))
        .isPresent();
  }

  private long refine(Task task, Step step) {
    List<String> ids = task.deliveries().stream().flatMap(s -> s.ids().stream()).toList();
    HeldMembers heldMembers = HeldMembers.of(context.tables(), dimension, extract, ids);
    Deliveries all = Deliveries.of(task.deliveries(), s -> mayClose(s, heldMembers, step));
    Brake brake = new Brake(dimension, openBefore(task));
    Deliveries used = all;
    DerivedVersions derived = derived(task, used, heldMembers);
    try {
      VersionFacts facts = VersionFacts.of(derived.rows(), used);
      for (Optional<Shipment> held = brake.hold(facts, used);
          held.isPresent();
          held = brake.hold(facts, used)) {
        derived.close();
        used = all.without(brake.held());
        derived = derived(task, used, heldMembers);
        facts = VersionFacts.of(derived.rows(), used);
      }
      Dataset<Row> versions = derived.kept();
      IntervalProof proof = IntervalProof.of(touched(task, versions), dimension);
      if (!proof.holds()) {
        throw new ProofFailedException(proof.sentence(dimension.name()));
      }
      write(task, versions, note(task, facts, brake, proof, step), step);
      tell(facts, proof, step);
      refuseOrTell(brake, step);
      return facts.versions();
    } finally {
      derived.close();
    }
  }

  private boolean mayClose(Shipment shipment, HeldMembers held, Step step) {
    if (dimension.deletes() == Deletes.IGNORE) {
      return false;
    }
    long unreadable =
        shipment.ids().stream().mapToLong(id -> held.unreadable().getOrDefault(id, 0L)).sum();
    String because =
        !isExhaustive(shipment)
            ? "no manifest says that it is exhaustive"
            : unreadable > 0
                ? "of %s the key cannot be read".formatted(count(unreadable, "row", "rows"))
                : "";
    if (!because.isEmpty()) {
      step.remark(
          Remark.Kind.WARNING,
          dimension.name(),
          "%s closes nothing: %s.".formatted(shipment.fileName(), because));
    }
    return because.isEmpty();
  }

  private static long openBefore(Task task) {
    return task.isRebuild()
        ? 0
        : task.before()
            .flatMap(TableState::note)
            .flatMap(note -> note.madeOf(OPEN))
            .map(Long::valueOf)
            .orElse(0L);
  }

  private DerivedVersions derived(Task task, Deliveries deliveries, HeldMembers held) {
    Dataset<Row> silver = context.tables().read(extract.silver());
    if (task.isRebuild()) {
      return DerivedVersions.anew(dimension, deliveries, silver, held);
    }
    long told = deliveries.order().accepted().stream().mapToLong(Shipment::rows).sum();
    return DerivedVersions.since(
        asItStood(task), dimension, deliveries, silver, held, told + openBefore(task) >= few);
  }

  /**
   * The table before the merge, whatever is written meanwhile. Of a table at its latest version
   * Spark would plan everything once more that was derived from it, as soon as it is written.
   */
  private Dataset<Row> asItStood(Task task) {
    return context.tables().read(dimension.table(), task.before().orElseThrow().version());
  }

  /** The versions of whoever is touched, as the table will have them. */
  private Dataset<Row> touched(Task task, Dataset<Row> versions) {
    Column[] columns = named(tableColumns());
    if (task.isRebuild() || dimension.type() == Type.OVERWRITE) {
      return versions.select(columns);
    }
    Dataset<Row> members = versions.select(named(dimension.key())).distinct();
    Dataset<Row> closed = asItStood(task).filter("NOT " + Versions.IS_CURRENT);
    return closed
        .join(broadcast(members), dimension.key().toArray(String[]::new), "left_semi")
        .select(columns)
        .unionByName(versions.select(columns));
  }

  private List<String> tableColumns() {
    List<String> columns = new ArrayList<>(dimension.columns());
    columns.addAll(
        List.of(Versions.VALID_FROM, Versions.VALID_TO, Versions.IS_CURRENT, Versions.HELD_SINCE));
    return columns;
  }

  private CommitNote note(
      Task task, VersionFacts facts, Brake brake, IntervalProof proof, Step step) {
    Set<String> held = new TreeSet<>();
    if (!task.isRebuild()) {
      held.addAll(heldBefore(task.before().orElseThrow()));
    }
    brake.held().forEach(shipment -> held.addAll(shipment.ids()));
    return step.note(
        Map.of(
            RULES, task.rules(),
            DELIVERIES, task.delivered(),
            HELD, String.join(",", held),
            OPEN, Long.toString(openBefore(task) - facts.wereOpen() + facts.open()),
            PROOF, proof.text()));
  }

  private void write(Task task, Dataset<Row> versions, CommitNote note, Step step) {
    Dataset<Row> rows = versions.select(named(tableColumns()));
    TableState after =
        task.isRebuild()
            ? context
                .tables()
                .overwrite(dimension.table(), rows, List.of(Versions.IS_CURRENT), note)
            : context.tables().merge(dimension.table(), rows, plan(), note);
    step.wrote(task.before(), after);
  }

  private MergePlan plan() {
    return new MergePlan(
        dimension.rowKey(),
        dimension.type() == Type.VERSIONS
            ? Optional.of("table.%s = true".formatted(Versions.IS_CURRENT))
            : Optional.empty());
  }

  private void tell(VersionFacts facts, IntervalProof proof, Step step) {
    step.say("%s", count(facts.versions(), "version", "versions"));
    step.say("%,d closed", facts.deleted());
    step.say("%s proved", count(proof.members(), "member", "members"));
    if (facts.ties() > 0) {
      step.remark(
          Remark.Kind.WARNING,
          dimension.name(),
          format(
              "Deliveries said different things of one member and day %s; the last of them counts.",
              facts.ties() == 1 ? "once" : format("%,d times", facts.ties())));
    }
  }

  /** A delivery that is held stops what depends on it, unless a later one was used. */
  private void refuseOrTell(Brake brake, Step step) {
    for (Map.Entry<Shipment, String> held : brake.sentences().entrySet()) {
      if (isHeldAtTheEnd(new TreeSet<>(held.getKey().ids()))) {
        throw new DataRefusedException(held.getValue());
      }
      step.remark(Remark.Kind.WARNING, dimension.name(), held.getValue());
    }
  }
}
