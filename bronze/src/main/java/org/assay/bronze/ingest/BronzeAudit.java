package org.assay.bronze.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.bronze.extract.Extract;
import org.assay.common.contract.BronzeContract;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Sentences;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableState;

/**
 * Brings the register and the bronze table together again: what was appended and not registered,
 * because a run was killed in between, and what somebody took away, by RESTORE or DELETE.
 */
final class BronzeAudit {
  private final RunContext context;
  private final Extract extract;
  private final DeliveryRegister register;

  BronzeAudit(RunContext context, Extract extract, DeliveryRegister register) {
    this.context = context;
    this.extract = extract;
    this.register = register;
  }

  /** Rows of a delivery, and how many of them are malformed. */
  record Rows(long rows, long malformed) {
    static final Rows NONE = new Rows(0, 0);
  }

  /**
   * Looks at the commits since the last registered one; normally there is none.
   *
   * @return whether bronze has everything that was registered
   * @throws DataRefusedException if a part of a delivery's rows is gone
   */
  boolean run() {
    int before = register.of(extract.name()).size();
    if (context.tables().state(extract.table()).isEmpty()) {
      forgetWhatHasNoTable();
    } else {
      compare();
    }
    return register.of(extract.name()).size() >= before;
  }

  private void compare() {
    List<Delivery> registered = register.of(extract.name());
    long last = registered.stream().mapToLong(d -> d.receipt().bronzeVersion()).max().orElse(-1);
    List<TableState> since = context.tables().since(extract.table(), last);
    boolean isForeign = since.stream().anyMatch(state -> noted(state).isEmpty());
    List<Delivery> orphans = orphans(since, registered);
    if (isForeign) {
      audit(registered);
    }
    if (!orphans.isEmpty()) {
      adopt(orphans);
    }
  }

  private static List<Delivery> noted(TableState state) {
    return state
        .note()
        .flatMap(note -> note.madeOf(DeliveryNote.PART))
        .map(
            text ->
                DeliveryNote.read(
                    text, state.version(), state.note().map(CommitNote::run).orElse("")))
        .orElse(List.of());
  }

  private static List<Delivery> orphans(List<TableState> since, List<Delivery> registered) {
    Set<String> known = registered.stream().map(Delivery::id).collect(Collectors.toSet());
    return since.stream()
        .flatMap(state -> noted(state).stream())
        .filter(delivery -> !known.contains(delivery.id()))
        .toList();
  }

  private void forgetWhatHasNoTable() {
    lose(register.of(extract.name()));
  }

  /** Rows by delivery, in one scan of two columns. */
  static Map<String, Rows> rows(Dataset<Row> bronze, Collection<String> ids) {
    Map<String, Rows> rows = new HashMap<>();
    bronze
        .filter(col(BronzeContract.DELIVERY_ID).isInCollection(ids))
        .groupBy(BronzeContract.DELIVERY_ID)
        .agg(count(lit(1)), count(col(BronzeContract.MALFORMED)))
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), new Rows(row.getLong(1), row.getLong(2))));
    return rows;
  }

  private void audit(List<Delivery> registered) {
    Map<String, Rows> there =
        rows(
            context.tables().read(extract.table()), registered.stream().map(Delivery::id).toList());
    List<String> lost = new ArrayList<>();
    for (Delivery delivery : registered) {
      long rows = there.getOrDefault(delivery.id(), Rows.NONE).rows();
      if (rows == 0 && delivery.rows() > 0) {
        lost.add(delivery.id());
      } else if (rows != delivery.rows()) {
        throw new DataRefusedException(
            format(
                "%s has %s of %s, and %,d were ingested: somebody changed the table. Restore it to version %d or later, or to before that delivery.",
                extract.table(),
                count(rows, "row", "rows"),
                delivery.file().name(),
                delivery.rows(),
                delivery.receipt().bronzeVersion()));
      }
    }
    lose(registered.stream().filter(delivery -> lost.contains(delivery.id())).toList());
  }

  /** Somebody has restored or deleted a table: what landing has no more is gone for good. */
  private void lose(List<Delivery> lost) {
    if (lost.isEmpty()) {
      return;
    }
    register.lost(extract.name(), lost.stream().map(Delivery::id).toList());
    context
        .journal()
        .remark(
            Remark.Kind.WARNING,
            extract.name(),
            "%s no longer has the rows of %s. What landing still has is ingested again; what it does not have counts no more."
                .formatted(
                    extract.table(),
                    Sentences.list(
                        lost.stream()
                            .map(d -> "%s of %s".formatted(d.file().name(), d.extractDate()))
                            .toList())));
  }

  private void adopt(List<Delivery> orphans) {
    Map<String, Rows> there =
        rows(context.tables().read(extract.table()), orphans.stream().map(Delivery::id).toList());
    register.arrived(
        extract.name(),
        orphans.stream()
            .filter(delivery -> there.containsKey(delivery.id()))
            .map(delivery -> delivery.with(receipt(delivery, there.get(delivery.id()))))
            .toList(),
        extract.resupply());
  }

  private static Delivery.Receipt receipt(Delivery delivery, Rows rows) {
    Delivery.Receipt noted = delivery.receipt();
    return new Delivery.Receipt(
        rows.rows(),
        rows.malformed(),
        noted.columns(),
        noted.bronzeVersion(),
        noted.ingestedAt(),
        noted.run());
  }
}
