package org.assay.bronze.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.ingest.SchemaHistory.Presence;
import org.assay.common.contract.OpsContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.SourceColumn;
import org.assay.common.run.Fingerprint;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;

/** Keeps {@code ops.schemas}, and tells when columns come and go. */
public final class SchemaRecorder {
  private static final TableName TABLE = TableName.ops("schemas");

  private final RunContext context;
  private final DeliveryRegister register;

  public SchemaRecorder(RunContext context, DeliveryRegister register) {
    this.context = context;
    this.register = register;
  }

  /** Writes the history of all extracts' columns, in one commit; none if it is the same. */
  public void record(List<Extract> extracts, Step step) {
    Map<Extract, List<Presence>> presences = new LinkedHashMap<>();
    extracts.forEach(e -> presences.put(e, SchemaHistory.of(register.of(e.name()))));
    List<Row> rows = new ArrayList<>();
    presences.forEach(
        (extract, all) -> all.forEach(one -> rows.add(SchemaHistory.row(extract, one))));
    String fingerprint = Fingerprint.of(rows.stream().map(Row::toString).toList());
    Optional<TableState> before = context.tables().state(TABLE);
    boolean isSame = before.filter(s -> s.isMadeOf(CommitNote.WHOLE, fingerprint)).isPresent();
    if (isSame || rows.isEmpty()) {
      return;
    }
    step.wrote(
        before,
        context
            .tables()
            .overwrite(
                TABLE, OpsContract.SCHEMAS.rows(context.spark(), rows), step.note(fingerprint)));
    presences.forEach((extract, all) -> all.forEach(one -> tell(extract, one, step)));
  }

  /** Tells what this run's deliveries changed; what came with the first of all is no change. */
  private void tell(Extract extract, Presence presence, Step step) {
    SourceColumn column = presence.column();
    LocalDate first = register.of(extract.name()).get(0).extractDate();
    if (isNew(presence.from()) && presence.from().extractDate().isAfter(first)) {
      step.remark(
          Remark.Kind.WARNING,
          extract.name(),
          "Column \"%s\" (%s) came with %s."
              .formatted(shown(extract, column), column.type(), presence.from().file().name()));
    }
    presence
        .until()
        .filter(this::isNew)
        .ifPresent(
            until ->
                step.remark(
                    Remark.Kind.WARNING,
                    extract.name(),
                    "Column \"%s\" (%s) went: %s does not have it."
                        .formatted(shown(extract, column), column.type(), until.file().name())));
  }

  /** A name may be a person where a file came without its header. */
  private static String shown(Extract extract, SourceColumn column) {
    return extract.namesPeople() && !extract.declares(column.name()) ? "…" : column.name();
  }

  private boolean isNew(Delivery delivery) {
    return delivery.receipt().run().equals(context.journal().run());
  }
}
