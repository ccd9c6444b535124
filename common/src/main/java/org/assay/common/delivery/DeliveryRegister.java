package org.assay.common.delivery;

import static java.util.stream.Collectors.joining;
import static org.assay.common.spark.Columns.literal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assay.common.contract.OpsContract;
import org.assay.common.run.Step;
import org.assay.common.table.TableName;
import org.assay.common.table.TableState;
import org.assay.common.table.Tables;

/**
 * The register of deliveries, {@code ops.deliveries}: what has arrived, how far it has come, and
 * why. Reads the table once; what is found out is visible at once and written by {@link #save}.
 * Used by one thread of one run; other runs may write at the same time.
 */
public final class DeliveryRegister {
  private static final TableName TABLE = TableName.ops("deliveries");
  private static final int ATTEMPTS = 5;

  private final SparkSession spark;
  private final Tables tables;
  private final Map<String, List<Book.Entry>> entries = new LinkedHashMap<>();
  private Map<String, Book> known;
  private Map<String, Book> seen;
  private long turn;

  public DeliveryRegister(SparkSession spark, Tables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /** The deliveries of an extract that are in bronze, by extract date, revision and part. */
  public List<Delivery> of(String extract) {
    return book(extract).deliveries();
  }

  /** The files of an extract that are in landing and not in bronze. */
  public List<Pending> pending(String extract) {
    return book(extract).pending();
  }

  /** Whether the latest that was sent of an extract cannot be used. */
  public boolean isRefusedAtTheEnd(String extract) {
    return book(extract).isRefusedAtTheEnd();
  }

  /** Whether something makes a delivery matter no more for the extract's current state. */
  public boolean isReplaced(Delivery delivery) {
    return book(delivery.extract()).isReplaced(delivery);
  }

  /** Whether something makes a file in landing matter no more. */
  public boolean isReplaced(Pending pending) {
    return book(pending.extract()).isReplaced(pending);
  }

  /**
   * Notes deliveries that are in bronze; those known already stay as they are, but all stand anew.
   */
  public void arrived(String extract, Collection<Delivery> deliveries, Resupply resupply) {
    enter(extract, Book.arrived(List.copyOf(deliveries), resupply));
  }

  /** Notes that bronze no longer has the rows of these deliveries. */
  public void lost(String extract, Collection<String> ids) {
    enter(extract, Book.lost(List.copyOf(ids)));
  }

  /** Notes all that is in landing and not in bronze. */
  public void pending(String extract, List<Pending> found) {
    enter(extract, Book.waiting(List.copyOf(found)));
  }

  /** Notes why deliveries are refused, by id; an empty sentence says that one is not. */
  public void judged(String extract, Map<String, String> refusals) {
    enter(extract, Book.judged(Map.copyOf(refusals)));
  }

  /** Reads again if other runs have written meanwhile. */
  public void refresh() {
    if (known != null && tables.turn(TABLE) != turn) {
      reload();
    }
  }

  /** Reads again what other runs have written meanwhile. */
  public void reload() {
    known = null;
    load();
  }

  /** Writes what was found out, in one commit; none if nothing is new. */
  public Optional<TableState> save(Step step) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      load();
      List<String> changed =
          seen.keySet().stream()
              .filter(extract -> !seen.get(extract).equals(known.get(extract)))
              .toList();
      if (changed.isEmpty()) {
        entries.clear();
        return Optional.empty();
      }
      List<Row> rows = new ArrayList<>();
      changed.forEach(extract -> rows.addAll(DeliveryRows.of(seen.get(extract))));
      String where =
          "extract IN (%s)".formatted(changed.stream().map(e -> literal(e)).collect(joining(", ")));
      Optional<TableState> before = tables.state(TABLE);
      Optional<TableState> after =
          tables.replaceInTurn(
              TABLE, OpsContract.DELIVERIES.rows(spark, rows), where, step.note(), turn + 1);
      if (after.isPresent()) {
        step.wrote(before, after.get());
        entries.clear();
        known = new TreeMap<>(seen);
        turn++;
        return after;
      }
      known = null; // another run wrote first
    }
    throw new IllegalStateException(
        "%s could not be written: other runs wrote it each time.".formatted(TABLE));
  }

  private Book book(String extract) {
    load();
    return seen.getOrDefault(extract, Book.EMPTY);
  }

  private void enter(String extract, Book.Entry entry) {
    Book before = book(extract);
    Book after = entry.in(before);
    if (!after.equals(before)) {
      seen.put(extract, after);
      entries.computeIfAbsent(extract, name -> new ArrayList<>()).add(entry);
    }
  }

  private void load() {
    if (known == null) {
      turn = tables.turn(TABLE);
      known = tables.state(TABLE).isEmpty() ? Map.of() : read();
      seen = new TreeMap<>(known);
      entries.forEach(
          (extract, all) ->
              all.forEach(
                  entry -> seen.put(extract, entry.in(seen.getOrDefault(extract, Book.EMPTY)))));
    }
  }

  private Map<String, Book> read() {
    return DeliveryRows.books(tables.read(TABLE).collectAsList());
  }
}
