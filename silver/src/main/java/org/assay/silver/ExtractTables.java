package org.assay.silver;

import static java.util.stream.Collectors.joining;
import static org.assay.common.spark.Columns.literal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.CurrentDeliveries;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.NotedValues;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.silver.cohort.CurrentExtracts;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.HeldRows;
import org.assay.silver.quarantine.JudgedDelivery;

/** The two tables of an extract's rows: {@code silver.<extract>} and its part of quarantine. */
final class ExtractTables {
  private static final TableName QUARANTINE = TableName.quarantine("rows");
  private static final String RULES = "rules";

  /** What the extract's part of quarantine was made of when its accepted rows were written. */
  private static final String HELD = "quarantine";

  /** The id of the key that made the pseudonyms. */
  private static final String KEY = "key";

  private final RunContext context;
  private final ExtractRules rules;
  private final DeliveryRegister register;
  private final String keyId;
  private long turn;
  private long turnOfQuarantine;

  ExtractTables(RunContext context, ExtractRules rules, DeliveryRegister register, String keyId) {
    this.context = context;
    this.rules = rules;
    this.register = register;
    this.keyId = keyId;
  }

  /** Before anything is looked at: what another run writes from now on, this one cannot. */
  void takeTurns() {
    turn = context.tables().turn(rules.silver()) + 1;
    turnOfQuarantine = context.tables().turn(QUARANTINE) + 1;
  }

  /** The accepted rows, as they stand. */
  Optional<TableState> silver() {
    return context.tables().state(rules.silver());
  }

  /** Whether both tables are made by these rules, and belong together. */
  boolean areMadeOf(String fingerprint) {
    return silver()
        .filter(state -> state.isMadeOf(RULES, fingerprint))
        .filter(state -> state.isMadeOf(HELD, heldPart()))
        .isPresent();
  }

  /** What another extract's rows are made of; with it, verdicts that look into it change. */
  static String madeOf(RunContext context, String extract) {
    return context
        .tables()
        .state(TableName.silver(extract))
        .flatMap(TableState::note)
        .map(n -> n.madeOf(RULES).orElse("") + n.madeOf(CurrentExtracts.CURRENT).orElse(""))
        .orElse("none");
  }

  /** What accepted rows say they are made of, besides the deliveries. */
  static String rulesOf(Optional<TableState> silver) {
    return silver.flatMap(TableState::note).flatMap(note -> note.madeOf(RULES)).orElse("none");
  }

  private String heldPart() {
    return partOfQuarantine().orElse("none");
  }

  private Optional<String> partOfQuarantine() {
    return context
        .tables()
        .state(QUARANTINE)
        .flatMap(TableState::note)
        .flatMap(note -> note.madeOf(rules.name()));
  }

  /**
   * Writes both. The held rows come first, and the accepted rows' note says which version of them
   * it belongs to; each is replaced as a whole, so that a run that was killed in between doubles
   * nothing.
   *
   * @return whether both are written; not if another run has written one since the turns were taken
   */
  boolean write(Refined refined, Step step) {
    Optional<TableState> before = silver();
    return hold(refined, step) && accept(refined, before, step);
  }

  private boolean hold(Refined refined, Step step) {
    boolean replaces = partOfQuarantine().isPresent();
    if (refined.counts().held() == 0 && !replaces) {
      return true;
    }
    Optional<TableState> before = context.tables().state(QUARANTINE);
    String where = "extract = " + literal(rules.name());
    List<Dataset<Row>> occurrences = new ArrayList<>();
    if (replaces && !refined.task().rebuild()) {
      occurrences.add(
          HeldRows.occurrences(
              context.tables().read(QUARANTINE).filter(where), refined.untouched()));
    }
    refined.judged().values().forEach(delivery -> occurrences.add(delivery.held()));
    Map<String, String> parts =
        new TreeMap<>(before.flatMap(TableState::note).map(CommitNote::madeOf).orElse(Map.of()));
    parts.put(rules.name(), refined.task().fingerprint());
    Dataset<Row> rows =
        occurrences.isEmpty()
            ? context.tables().read(QUARANTINE).limit(0)
            : HeldRows.standing(union(occurrences), refined.order(), rightKeys(refined));
    Optional<TableState> after =
        context.tables().replaceInTurn(QUARANTINE, rows, where, step.note(parts), turnOfQuarantine);
    after.ifPresent(state -> step.wrote(before, state));
    return after.isPresent();
  }

  /** The keys of accepted rows, where a DELTA may have brought a held row right. */
  private Optional<Dataset<Row>> rightKeys(Refined refined) {
    if (rules.key().isEmpty() || !refined.order().hasDelta()) {
      return Optional.empty();
    }
    List<Dataset<Row>> accepted = new ArrayList<>();
    if (!refined.task().rebuild() && silver().isPresent()) {
      Dataset<Row> stored = context.tables().read(rules.silver());
      accepted.add(
          refined.touched().isEmpty()
              ? stored
              : stored.filter("NOT " + oneOf("_delivery_id", refined.touched())));
    }
    refined.judged().values().stream().map(JudgedDelivery::accepted).forEach(accepted::add);
    return accepted.isEmpty()
        ? Optional.empty()
        : Optional.of(HeldRows.keys(union(accepted), rules, refined.order()));
  }

  private boolean accept(Refined refined, Optional<TableState> before, Step step) {
    CommitNote note = step.note(madeOf(refined, before));
    boolean replaces =
        refined.touched().stream().anyMatch(id -> refined.task().done().containsKey(id));
    Dataset<Row> rows = refined.judged().isEmpty() ? nothing() : refined.rows();
    Optional<TableState> after;
    if (refined.task().rebuild()) {
      after = context.tables().overwriteInTurn(rules.silver(), rows, note, turn);
    } else if (replaces) {
      String where = oneOf("_delivery_id", refined.touched());
      after = context.tables().replaceInTurn(rules.silver(), rows, where, note, turn);
    } else { // without rows too: the note says what was judged
      after = context.tables().appendInTurn(rules.silver(), rows, note, turn);
    }
    after.ifPresent(state -> step.wrote(before, state));
    return after.isPresent();
  }

  /** No rows, in the columns that are declared now. */
  private Dataset<Row> nothing() {
    StructType schema = SilverContract.EXTRACT.schema();
    for (StructField field : rules.schema().fields()) {
      schema = schema.add(field);
    }
    return context.spark().createDataFrame(List.of(), schema);
  }

  private Map<String, String> madeOf(Refined refined, Optional<TableState> before) {
    Map<String, String> accepted = refined.accepted();
    Map<String, Long> duplicates = new TreeMap<>();
    if (!refined.task().rebuild()) {
      duplicates.putAll(Duplicates.in(before));
    }
    duplicates.keySet().retainAll(accepted.keySet());
    refined.judged().values().forEach(delivery -> duplicates.putAll(delivery.duplicates()));
    List<Delivery> current =
        register.of(rules.name()).stream().filter(d -> accepted.containsKey(d.id())).toList();
    return Map.of(
        RULES,
        refined.task().fingerprint(),
        JudgedParts.PART,
        NotedValues.text(accepted),
        HELD,
        heldPart(),
        KEY,
        keyId,
        Duplicates.PART,
        Duplicates.text(duplicates),
        CurrentExtracts.CURRENT,
        CurrentDeliveries.of(current).text());
  }

  private static String oneOf(String column, Collection<String> ids) {
    return "%s IN (%s)"
        .formatted(column, ids.stream().map(id -> literal(id)).collect(joining(", ")));
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }
}
