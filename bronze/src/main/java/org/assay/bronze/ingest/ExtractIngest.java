package org.assay.bronze.ingest;

import static org.assay.common.run.Sentences.count;
import static org.assay.common.run.Sentences.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.extract.ExtractReader;
import org.assay.bronze.extract.FileFault;
import org.assay.bronze.extract.Format;
import org.assay.bronze.extract.Tally;
import org.assay.bronze.landing.Arrival;
import org.assay.bronze.landing.Arrivals;
import org.assay.bronze.landing.Plan;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.Delivery.Receipt;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.State;
import org.assay.common.run.RunContext;
import org.assay.common.run.Step;
import org.assay.common.table.CommitNote;
import org.assay.common.table.TableState;

/**
 * Ingests what is ready of one extract in one commit. Deliveries are appended in turn: of two runs
 * that found the same files one appends them, and the other looks again.
 */
public final class ExtractIngest {
  private static final int ATTEMPTS = 5;

  private final RunContext context;
  private final Extract extract;
  private final DeliveryRegister register;
  private long turn;
  private long version;

  public ExtractIngest(RunContext context, Extract extract, DeliveryRegister register) {
    this.context = context;
    this.extract = extract;
    this.register = register;
  }

  /** What is in landing now, after the register and the table have been brought together. */
  public Plan plan(Predicate<String> isNew) {
    turn = context.tables().turn(extract.table()) + 1; // before anything is looked at
    version = context.tables().state(extract.table()).map(TableState::dataVersion).orElse(-1L);
    boolean isWhole = new BronzeAudit(context, extract, register).run();
    return new Arrivals(context.spark(), context.clock(), extract, columns())
        .plan(
            register.of(extract.name()),
            register.pending(extract.name()),
            isWhole ? isNew : path -> true); // what is lost may be anywhere in landing
  }

  private BronzeColumns columns() {
    return new BronzeColumns(
        extract,
        context
            .tables()
            .state(extract.table())
            .map(state -> context.tables().read(extract.table()).schema()));
  }

  /** Notes what a plan says of files that are not ready. */
  public void note(Plan plan) {
    register.pending(extract.name(), plan.pending());
    register.arrived(extract.name(), plan.told(), extract.resupply()); // all stand anew
  }

  /**
   * Appends what is ready, and notes it. A file that turns out not to be what was announced stays
   * in landing; the others are appended without it.
   *
   * @return the plan as it turned out
   */
  public Plan ingest(Plan first, Predicate<String> isNew, Step step) {
    Plan plan = first;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      boolean isDone = false;
      while (!isDone && !plan.ready().isEmpty()) {
        try {
          if (append(plan.ready(), step)) {
            note(plan);
            return plan;
          }
          isDone = true;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
          plan = withoutFaulty(plan, e);
        }
      }
      if (plan.ready().isEmpty()) {
        note(plan);
        return plan;
      }
      register.reload(); // another run was first
      plan = plan(isNew);
    }
    throw new IllegalStateException(
        "%s could not be written: other runs wrote it each time.".formatted(extract.table()));
  }

  private Plan withoutFaulty(Plan plan, Exception e) {
    Optional<FileFault> fault =
        FileFault.behind(e)
            .or(
                () ->
                    extract.format() == Format.PARQUET
                        ? ParquetFault.among(context.spark(), plan.ready(), e)
                        : Optional.empty());
    Optional<Arrival> faulty =
        fault.flatMap(
            f -> plan.ready().stream().filter(a -> a.file().path().equals(f.path())).findFirst());
    if (faulty.isEmpty()) {
      throw this.<RuntimeException>same(e);
    }
    State state = fault.get().mayMend() ? State.INCOMPLETE : State.REFUSED;
    Instant now = context.clock().instant();
    return plan.without(faulty.get(), faulty.get().stays(state, fault.get().getMessage(), now));
  }

  @SuppressWarnings("unchecked")
  private <E extends Exception> E same(Exception e) throws E {
    throw (E) e;
  }

  private boolean append(List<Arrival> arrivals, Step step) {
    Instant now = context.clock().instant();
    Optional<TableState> before = context.tables().state(extract.table());
    boolean isEmpty = arrivals.stream().noneMatch(arrival -> arrival.head().hasRows());
    ExtractReader reader = new ExtractReader(context.spark(), extract, columns());
    if (isEmpty && before.isPresent()) {
      register(arrivals, Map.of(), version, now, step); // Delta makes no commit of nothing
      return true;
    }
    Dataset<Row> rows = reader.rows(arrivals.stream().map(Arrival::input).toList(), now);
    CommitNote note =
        step.note().with(DeliveryNote.PART, DeliveryNote.write(arrivals, columns(), now));
    Optional<TableState> after =
        Progress.during(
            context,
            extract.name(),
            new RowsRead(reader.rowsReadId()),
            () -> context.tables().appendInTurn(extract.table(), rows, note, turn));
    if (after.isEmpty()) {
      return false;
    }
    step.wrote(before, after.get());
    register(
        arrivals, tallies(arrivals, reader, after.get()), after.get().dataVersion(), now, step);
    return true;
  }

  /** What the tasks counted; where that is not all that was written, what bronze has. */
  private Map<String, Tally> tallies(
      List<Arrival> arrivals, ExtractReader reader, TableState after) {
    Map<String, Tally> tallies = new HashMap<>();
    reader.tallies().forEach(tally -> tallies.put(tally.deliveryId(), tally));
    long counted = tallies.values().stream().mapToLong(Tally::rows).sum();
    if (counted != after.rows() || tallies.size() != arrivals.size()) {
      BronzeAudit.rows(
              context.tables().read(extract.table(), after.dataVersion()),
              arrivals.stream().map(Arrival::id).toList())
          .forEach((id, rows) -> tallies.put(id, new Tally(id, rows.rows(), rows.malformed(), 0)));
    }
    return tallies;
  }

  private void register(
      List<Arrival> arrivals,
      Map<String, Tally> tallies,
      long bronzeVersion,
      Instant now,
      Step step) {
    BronzeColumns kept = columns();
    List<Delivery> deliveries = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      Tally tally = tallies.getOrDefault(arrival.id(), new Tally(arrival.id(), 0, 0, 0));
      deliveries.add(
          arrival.delivery(
              new Receipt(
                  tally.rows(),
                  tally.malformed(),
                  kept.kept(arrival.head()),
                  bronzeVersion,
                  now,
                  context.journal().run())));
      step.detail(line(arrival, tally));
    }
    register.arrived(extract.name(), deliveries, extract.resupply());
    long rows = deliveries.stream().mapToLong(Delivery::rows).sum();
    step.say("%s", count(deliveries.size(), "delivery", "deliveries"));
    step.say("%s", count(rows, "row", "rows"));
    long malformed = deliveries.stream().mapToLong(d -> d.receipt().malformed()).sum();
    if (malformed > 0) {
      step.say("%,d malformed", malformed);
    }
  }

  private static String line(Arrival arrival, Tally tally) {
    String speed =
        tally.nanos() > 0 ? format("%,.0f rows/s", tally.rows() / (tally.nanos() / 1e9)) : "";
    boolean isProven = arrival.terms().rows().isPresent() || arrival.terms().sha256().isPresent();
    String proof = isProven ? "as its manifest says" : "checksum computed";
    return format(
        "%-40s %14s  %-20s %s",
        arrival.file().name(), count(tally.rows(), "row", "rows"), proof, speed);
  }
}
