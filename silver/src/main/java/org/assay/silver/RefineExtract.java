package org.assay.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.spark.Columns.literal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.common.contract.BronzeContract;
import org.assay.common.contract.SilverContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.expectations.Verifier;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.quarantine.JudgedDelivery;

/**
 * Brings {@code silver.<extract>} and its part of {@code quarantine.rows} up to date. Each delivery
 * is judged by itself; with unchanged rules only new ones are, with changed rules all are again.
 */
final class RefineExtract {
  private static final TableName QUARANTINE = TableName.quarantine("rows");
  private static final String RULES = "rules";
  private static final String BRONZE = "bronze";

  private final RunContext context;
  private final ExtractRules rules;
  private final DeliveryRegister register;
  private final Verifier verifier;

  RefineExtract(
      RunContext context, ExtractRules rules, DeliveryRegister register, Verifier verifier) {
    this.context = context;
    this.rules = rules;
    this.register = register;
    this.verifier = verifier;
  }

  void run() {
    Optional<TableState> bronze = context.tables().state(rules.bronze());
    Optional<TableState> silver = context.tables().state(rules.silver());
    if (bronze.isEmpty()) {
      return; // nothing has ever been delivered
    }
    String fingerprint = Fingerprint.of(rules, context.code());
    String upTo = Long.toString(bronze.get().dataVersion());
    boolean sameRules = silver.filter(state -> state.isMadeOf(RULES, fingerprint)).isPresent();
    if (sameRules && silver.get().isMadeOf(BRONZE, upTo)) {
      return;
    }
    long after =
        sameRules
            ? Long.parseLong(silver.get().note().orElseThrow().madeOf(BRONZE).orElseThrow())
            : -1;
    Map<String, String> madeOf = Map.of(RULES, fingerprint, BRONZE, upTo);
    context.journal().step("silver", rules.name(), step -> refine(after, silver, madeOf, step));
  }

  private JudgedDelivery.Counts refine(
      long after, Optional<TableState> silver, Map<String, String> madeOf, Step step) {
    List<Delivery> deliveries =
        register.of(rules.name()).stream().filter(d -> d.bronzeVersion() > after).toList();
    List<JudgedDelivery> judged = new ArrayList<>();
    try {
      deliveries.forEach(delivery -> judged.add(judge(delivery)));
      JudgedDelivery.Counts counts =
          judged.stream()
              .map(JudgedDelivery::counts)
              .reduce(new JudgedDelivery.Counts(0, 0, 0), JudgedDelivery.Counts::plus);
      boolean rebuild = after < 0;
      hold(judged, counts.held(), rebuild, step);
      accept(judged, counts.accepted(), rebuild, step.note(madeOf), silver, step);
      tell(judged, counts, step);
      return counts;
    } finally {
      judged.forEach(JudgedDelivery::close);
    }
  }

  private JudgedDelivery judge(Delivery delivery) {
    Dataset<Row> raw =
        context
            .tables()
            .read(rules.bronze())
            .filter(col(BronzeContract.DELIVERY_ID).equalTo(lit(delivery.id())));
    return JudgedDelivery.judge(raw, delivery, rules, verifier);
  }

  /** Written before the accepted rows, so that no row is ever missing from both tables. */
  private void hold(List<JudgedDelivery> judged, long held, boolean rebuild, Step step) {
    Optional<TableState> before = context.tables().state(QUARANTINE);
    boolean heldBefore = rebuild && before.isPresent();
    if (held == 0 && !heldBefore) {
      return;
    }
    Dataset<Row> rows = union(judged.stream().map(JudgedDelivery::held).toList());
    if (!rebuild) {
      step.wrote(before, context.tables().append(QUARANTINE, rows, step.note()));
      return;
    }
    String where = "extract = " + literal(rules.name());
    boolean replaces =
        before.isPresent() && !context.tables().read(QUARANTINE).filter(where).isEmpty();
    if (held > 0 || replaces) {
      step.wrote(before, context.tables().replaceWhere(QUARANTINE, rows, where, step.note()));
    }
  }

  private void accept(
      List<JudgedDelivery> judged,
      long accepted,
      boolean rebuild,
      CommitNote note,
      Optional<TableState> before,
      Step step) {
    Dataset<Row> rows = union(judged.stream().map(JudgedDelivery::accepted).toList());
    if (rebuild) {
      step.wrote(before, context.tables().overwrite(rules.silver(), rows, note));
    } else if (accepted > 0) {
      step.wrote(before, context.tables().append(rules.silver(), rows, note));
    } else {
      // an append of no rows leaves no commit, and so no note of what was judged
      Dataset<Row> same = context.tables().read(rules.silver());
      step.wrote(before, context.tables().overwrite(rules.silver(), same, note));
    }
  }

  private void tell(List<JudgedDelivery> judged, JudgedDelivery.Counts counts, Step step) {
    step.say("%,d in", counts.rows());
    step.say("%,d accepted", counts.accepted());
    step.say("%,d held", counts.held());
    if (counts.duplicates() > 0) {
      step.remark(
          Remark.Kind.WARNING,
          rules.name(),
          "%,d rows repeat another row of their delivery exactly and count once."
              .formatted(counts.duplicates()));
    }
    if (counts.held() > 0) {
      step.remark(
          Remark.Kind.HELD,
          rules.name(),
          "%,d of %,d rows are held; see %s."
              .formatted(counts.held(), counts.rows(), SilverContract.QUARANTINE_ROWS.table()));
    }
    judged.stream()
        .flatMap(delivery -> delivery.warnings().stream())
        .forEach(warning -> step.remark(Remark.Kind.WARNING, rules.name(), warning));
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }
}
