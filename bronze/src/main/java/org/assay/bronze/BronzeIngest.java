package org.assay.bronze;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.assay.bronze.extract.BronzeColumns;
import org.assay.bronze.extract.DateRule;
import org.assay.bronze.extract.Extract;
import org.assay.bronze.ingest.ExtractIngest;
import org.assay.bronze.ingest.SchemaRecorder;
import org.assay.bronze.landing.Arrivals;
import org.assay.bronze.landing.Plan;
import org.assay.bronze.landing.StreamedFiles;
import org.assay.common.delivery.Delivery;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Pending;
import org.assay.common.delivery.Standings;
import org.assay.common.delivery.State;
import org.assay.common.run.DataRefusedException;
import org.assay.common.run.Remark;
import org.assay.common.run.RunContext;
import org.assay.common.run.Stage;

/**
 * Bronze's door. Of each extract, what landing has and bronze has not is looked at; what is
 * complete is appended as it came, in one commit; what is not stays in landing, with why. One
 * commit registers it all.
 */
public final class BronzeIngest implements Stage {
  private final BronzeSettings settings;
  private final DeliveryRegister register;
  private final String checkpoints;
  private final Set<String> nothingIn = new HashSet<>();

  /**
   * @param register the deliveries of the lake
   * @param lake the lake, where streams remember what they have seen
   */
  public BronzeIngest(BronzeSettings settings, DeliveryRegister register, Path lake) {
    this.settings = requireNonNull(settings, "settings is null");
    this.register = requireNonNull(register, "register is null");
    this.checkpoints = new Path(lake, "checkpoints").toString();
  }

  @Override
  public void run(RunContext context) {
    for (Extract extract : settings.extracts()) {
      switch (extract.ingest()) {
        case BATCH -> ingest(context, extract, path -> true);
        case STREAM -> stream(context, extract);
      }
    }
    save(context);
    settings.extracts().forEach(extract -> tell(context, extract));
  }

  private void stream(RunContext context, Extract extract) {
    if (!ingest(context, extract, path -> false)) { // what waited before
      return;
    }
    try {
      streamed(context, extract);
    } catch (DataRefusedException e) {
      context.journal().refused(e.getMessage()); // the batch is told again by the next run
    }
  }

  private void streamed(RunContext context, Extract extract) {
    new StreamedFiles(context.spark(), checkpoints + "/" + extract.name(), settings.filesPerBatch())
        .next(
            extract.path(),
            paths -> {
              ingestOrThrow(context, extract, paths::contains);
              save(context); // the stream will not tell these files again
            });
  }

  private boolean ingest(RunContext context, Extract extract, Predicate<String> isNew) {
    try {
      ingestOrThrow(context, extract, isNew);
      return true;
    } catch (DataRefusedException e) {
      context.journal().refused(e.getMessage());
      return false;
    }
  }

  private void ingestOrThrow(RunContext context, Extract extract, Predicate<String> isNew) {
    ExtractIngest ingest = new ExtractIngest(context, extract, register);
    Plan plan = ingest.plan(isNew);
    if (plan.found() == 0) {
      nothingIn.add(extract.name());
    }
    if (plan.ready().isEmpty()) {
      ingest.note(plan);
    } else {
      context.journal().step("bronze", extract.name(), step -> ingest.ingest(plan, isNew, step));
    }
  }

  /** One commit for what was found out about all extracts, and one if a column came or went. */
  private void save(RunContext context) {
    context
        .journal()
        .quietStep(
            "bronze",
            "deliveries",
            step -> {
              register.save(step);
              new SchemaRecorder(context, register).record(settings.extracts(), step);
            });
  }

  /** Tells what waits, what was refused and what is overdue. */
  private void tell(RunContext context, Extract extract) {
    for (Pending pending : register.pending(extract.name())) {
      if (pending.isWaiting()) {
        boolean isPast = pending.extractDate().isPresent() && register.isReplaced(pending);
        context
            .journal()
            .remark(
                isPast ? Remark.Kind.WARNING : Remark.Kind.WAITING,
                extract.name(),
                pending.reason());
      } else if (pending.state() == State.REFUSED && !pending.isGone()) {
        tellRefused(context, extract, pending.reason(), register.isReplaced(pending));
      }
    }
    for (Delivery delivery : register.of(extract.name())) {
      if (Standings.isRefusedUnread(delivery) && delivery.state() == State.REFUSED) {
        tellRefused(context, extract, delivery.reason(), register.isReplaced(delivery));
      }
    }
    if (nothingIn.contains(extract.name())) {
      context
          .journal()
          .remark(
              isAwaited(extract) ? Remark.Kind.WAITING : Remark.Kind.WARNING,
              extract.name(),
              Arrivals.nothing(extract));
    }
    overdue(extract, register, today(context.clock()))
        .ifPresent(
            sentence -> context.journal().remark(Remark.Kind.WARNING, extract.name(), sentence));
  }

  /** Whether nothing has come yet, or not of the day that the configuration names. */
  private boolean isAwaited(Extract extract) {
    List<Delivery> known = register.of(extract.name());
    return known.isEmpty()
        || extract.extractDate() instanceof DateRule.Fixed fixed
            && known.stream().noneMatch(d -> d.extractDate().equals(fixed.date()));
  }

  /** What is refused stops its extract, unless something else has taken its place. */
  private static void tellRefused(
      RunContext context, Extract extract, String reason, boolean isReplaced) {
    if (isReplaced) {
      context.journal().remark(Remark.Kind.WARNING, extract.name(), reason);
    } else {
      context.journal().refused(reason);
    }
  }

  private static LocalDate today(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Optional<String> overdue(
      Extract extract, DeliveryRegister register, LocalDate today) {
    Optional<LocalDate> last = last(extract, register);
    return extract
        .rhythm()
        .filter(rhythm -> last.map(rhythm::due).filter(due -> !today.isAfter(due)).isEmpty())
        .map(
            rhythm ->
                last.map(
                        date ->
                            "Overdue: its last delivery is of %s, and the next was due by %s."
                                .formatted(date, rhythm.due(date)))
                    .orElse("Overdue: it has never been delivered."));
  }

  private static Optional<LocalDate> last(Extract extract, DeliveryRegister register) {
    return register.of(extract.name()).stream()
        .filter(delivery -> delivery.state() == State.COMPLETE)
        .map(Delivery::extractDate)
        .max(LocalDate::compareTo);
  }

  /**
   * How fresh an extract is.
   *
   * @param extract its name
   * @param last the extract date of its last complete delivery, if there was one
   * @param due the day after which the next is overdue, if that is known
   * @param isOverdue whether that day has passed
   */
  public record Freshness(
      String extract, Optional<LocalDate> last, Optional<LocalDate> due, boolean isOverdue) {}

  /** How fresh each extract is. Reads the register alone. */
  public static List<Freshness> freshness(
      BronzeSettings settings, DeliveryRegister register, Clock clock) {
    return settings.extracts().stream()
        .map(
            extract -> {
              Optional<LocalDate> last = last(extract, register);
              return new Freshness(
                  extract.name(),
                  last,
                  extract.rhythm().flatMap(rhythm -> last.map(rhythm::due)),
                  overdue(extract, register, today(clock)).isPresent());
            })
        .toList();
  }

  /**
   * Looks at the header of each file in landing; reads no row and writes nothing.
   *
   * @throws DataRefusedException for files that could not be ingested
   */
  public static void checkHeaders(BronzeSettings settings, SparkSession spark, Clock clock) {
    List<String> refused = new ArrayList<>();
    for (Extract extract : settings.extracts()) {
      BronzeColumns none = new BronzeColumns(extract, Optional.empty());
      refused.addAll(new Arrivals(spark, clock, extract, none).refusedHeads());
    }
    if (!refused.isEmpty()) {
      throw new DataRefusedException(String.join("\n", refused));
    }
  }
}
