package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;
import static org.assay.common.spark.Columns.literal;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.contract.BronzeContract;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Load;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.expectations.Verifier;
import org.assay.silver.cohort.CurrentExtracts;
import org.assay.silver.conform.DeclaredColumn;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.JudgedDelivery;

/**
 * Brings {@code silver.<extract>} and its part of {@code quarantine.rows} up to date. Each delivery
 * is judged by itself; with unchanged rules only new ones are, with changed rules all are again.
 */
final class RefineExtract {
  private static final TableName QUARANTINE = TableName.quarantine("rows");
  private static final String RULES = "rules";
  private static final String JUDGED = "judged";

  /** What the extract's part of quarantine was made of when its accepted rows were written. */
  private static final String HELD = "quarantine";

  /** The id of the key that made the pseudonyms. */
  private static final String KEY = "key";

  private final RunContext context;
  private final ExtractRules rules;
  private final DeliveryRegister register;
  private final Verifier verifier;
  private final Optional<Pseudonyms> pseudonyms;

  RefineExtract(
      RunContext context,
      ExtractRules rules,
      DeliveryRegister register,
      Verifier verifier,
      Optional<Pseudonyms> pseudonyms) {
    this.context = context;
    this.rules = rules;
    this.register = register;
    this.verifier = verifier;
    this.pseudonyms = pseudonyms.filter(p -> rules.hasIdentifiers());
  }

  void run() {
    String fingerprint = Fingerprint.of(rules, keyId(), context.code());
    Optional<TableState> silver = context.tables().state(rules.silver());
    boolean rebuild =
        silver
            .filter(state -> state.isMadeOf(RULES, fingerprint))
            .filter(state -> state.isMadeOf(HELD, heldPart()))
            .isEmpty();
    Set<String> done = rebuild ? Set.of() : judgedBefore(silver.get());
    List<Delivery> pending =
        register.of(rules.name()).stream().filter(d -> !done.contains(d.id())).toList();
    if (!pending.isEmpty()) {
      Task task = new Task(pending, done, rebuild, fingerprint);
      context.journal().step("silver", rules.name(), step -> refine(task, silver, step));
    }
  }

  private String keyId() {
    return pseudonyms.map(Pseudonyms::keyId).orElse("none");
  }

  /**
   * What is to be judged.
   *
   * @param pending deliveries to judge, in the order of extract date and arrival
   * @param done deliveries judged before, by these rules
   * @param rebuild whether the tables are made anew
   * @param fingerprint what they are made of
   */
  private record Task(
      List<Delivery> pending, Set<String> done, boolean rebuild, String fingerprint) {}

  private static Set<String> judgedBefore(TableState silver) {
    String ids = silver.note().flatMap(note -> note.madeOf(JUDGED)).orElse("");
    return new TreeSet<>(Arrays.asList(ids.split(",")));
  }

  private String heldPart() {
    return context
        .tables()
        .state(QUARANTINE)
        .flatMap(TableState::note)
        .flatMap(note -> note.madeOf(rules.name()))
        .orElse("none");
  }

  private JudgedDelivery.Counts refine(Task task, Optional<TableState> silver, Step step) {
    Map<Delivery, JudgedDelivery> judged = new LinkedHashMap<>();
    Map<Delivery, DataRefusedException> refused = new LinkedHashMap<>();
    try {
      task.pending().forEach(delivery -> judge(delivery, judged, refused));
      Set<String> accepted = new TreeSet<>(task.done());
      judged.keySet().forEach(delivery -> accepted.add(delivery.id()));
      Optional<Delivery> current =
          register.of(rules.name()).stream()
              .filter(delivery -> accepted.contains(delivery.id()))
              .reduce((earlier, later) -> later);
      Map<Delivery, DataRefusedException> superseded = superseded(refused, current);
      JudgedDelivery.Counts counts = total(judged.values());
      if (!judged.isEmpty()) {
        superseded.keySet().forEach(delivery -> accepted.add(delivery.id()));
        hold(judged, counts.held(), task, step);
        accept(judged.values(), counts.accepted(), task, accepted, current, silver, step);
        tell(judged.values(), counts, step);
      }
      superseded.forEach(
          (delivery, e) -> step.remark(Remark.Kind.WARNING, rules.name(), e.getMessage()));
      refused.keySet().removeAll(superseded.keySet());
      refused.values().stream().findFirst().ifPresent(RefineExtract::refuse);
      return counts;
    } finally {
      judged.values().forEach(JudgedDelivery::close);
    }
  }

  private static void refuse(DataRefusedException refusal) {
    throw refusal;
  }

  /** Refused FULL deliveries that a later, accepted one replaces anyway. */
  private Map<Delivery, DataRefusedException> superseded(
      Map<Delivery, DataRefusedException> refused, Optional<Delivery> current) {
    Map<Delivery, DataRefusedException> superseded = new LinkedHashMap<>();
    List<Delivery> inOrder = register.of(rules.name());
    refused.forEach(
        (delivery, e) -> {
          boolean earlier =
              current.filter(c -> inOrder.indexOf(delivery) < inOrder.indexOf(c)).isPresent();
          if (rules.load() == Load.FULL && earlier) {
            superseded.put(delivery, e);
          }
        });
    return superseded;
  }

  private void judge(
      Delivery delivery,
      Map<Delivery, JudgedDelivery> judged,
      Map<Delivery, DataRefusedException> refused) {
    Dataset<Row> raw =
        context
            .tables()
            .read(rules.bronze())
            .filter(col(BronzeContract.DELIVERY_ID).equalTo(lit(delivery.id())));
    try {
      refuseMissing(raw);
      judged.put(delivery, JudgedDelivery.judge(raw, delivery, rules, verifier, pseudonyms));
    } catch (DataRefusedException e) {
      refused.put(delivery, e);
    }
  }

  /** A column may be asked for only after its delivery was ingested. */
  private void refuseMissing(Dataset<Row> raw) {
    List<String> there = List.of(raw.columns());
    for (DeclaredColumn column : rules.columns()) {
      if (!there.contains(column.from())) {
        throw new DataRefusedException(
            "%s has no column \"%s\". It has: %s. Map it in extracts.%s.columns."
                .formatted(
                    rules.bronze(),
                    column.from(),
                    there.stream()
                        .filter(name -> !name.startsWith("_"))
                        .collect(Collectors.joining(", ")),
                    rules.name()));
      }
    }
  }

  private static JudgedDelivery.Counts total(Collection<JudgedDelivery> judged) {
    return judged.stream()
        .map(JudgedDelivery::counts)
        .reduce(new JudgedDelivery.Counts(0, 0, 0), JudgedDelivery.Counts::plus);
  }

  /**
   * Written before the accepted rows, whose note says which version of this part they belong to.
   * Replacing by delivery, so that a run that was killed in between doubles nothing.
   */
  private void hold(Map<Delivery, JudgedDelivery> judged, long held, Task task, Step step) {
    Optional<TableState> before = context.tables().state(QUARANTINE);
    String ids =
        judged.keySet().stream().map(d -> literal(d.id())).collect(Collectors.joining(", "));
    String where =
        "extract = %s%s"
            .formatted(
                literal(rules.name()),
                task.rebuild() ? "" : " AND delivery_id IN (%s)".formatted(ids));
    boolean replaces =
        before.isPresent() && !context.tables().read(QUARANTINE).filter(where).isEmpty();
    if (held > 0 || replaces) {
      Map<String, String> parts =
          new TreeMap<>(before.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()));
      parts.put(rules.name(), task.fingerprint());
      Dataset<Row> rows = union(judged.values().stream().map(JudgedDelivery::held).toList());
      step.wrote(before, context.tables().replaceWhere(QUARANTINE, rows, where, step.note(parts)));
    }
  }

  private void accept(
      Collection<JudgedDelivery> judged,
      long acceptedRows,
      Task task,
      Set<String> accepted,
      Optional<Delivery> current,
      Optional<TableState> before,
      Step step) {
    CommitNote note =
        step.note(
            Map.of(
                RULES,
                task.fingerprint(),
                JUDGED,
                String.join(",", accepted),
                HELD,
                heldPart(),
                KEY,
                keyId(),
                CurrentExtracts.CURRENT,
                current.map(Delivery::id).orElse("")));
    Dataset<Row> rows = union(judged.stream().map(JudgedDelivery::accepted).toList());
    if (task.rebuild()) {
      step.wrote(before, context.tables().overwrite(rules.silver(), rows, note));
    } else if (acceptedRows > 0) {
      step.wrote(before, context.tables().append(rules.silver(), rows, note));
    } else {
      // an append of no rows leaves no commit, and so no note of what was judged
      Dataset<Row> same = context.tables().read(rules.silver());
      step.wrote(before, context.tables().overwrite(rules.silver(), same, note));
    }
  }

  private void tell(Collection<JudgedDelivery> judged, JudgedDelivery.Counts counts, Step step) {
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
    judged.stream()
        .flatMap(delivery -> delivery.warnings().stream())
        .forEach(warning -> step.remark(Remark.Kind.WARNING, rules.name(), warning));
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }
}
