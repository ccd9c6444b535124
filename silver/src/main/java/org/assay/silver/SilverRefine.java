package org.assay.silver;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assay.common.cohort.Population;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.delivery.Shipment;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.RunContext;
import org.assay.common.run.Stage;
import org.assay.common.table.TableState;
import org.assay.expectations.history.ExpectationResults;
import org.assay.expectations.history.Instruments;
import org.assay.expectations.history.MetricHistory;
import org.assay.silver.cohort.RefinePopulation;
import org.assay.silver.conform.ExtractRules;
import org.assay.silver.history.Dimension;
import org.assay.silver.history.RefineDimension;
import org.assay.silver.quarantine.Judging;

/**
 * Silver's door. Raw rows are named, typed and judged once; the accepted ones are visible to SQL as
 * each extract's current state; each population is counted into cells in one scan; and each region
 * is judged on its cells before any model sees it.
 */
public final class SilverRefine implements Stage {
  private final SilverSettings settings;
  private final DeliveryRegister register;
  private final Instruments instruments;
  private final Optional<Pseudonyms> pseudonyms;
  private final boolean anew;

  /**
   * @param register the deliveries of the lake
   * @param instruments what measures deliveries and compares them
   * @param pseudonyms what identifiers become; needed where an extract has any
   * @param anew whether all rows and dimensions are made again from bronze, whatever they are made
   *     of
   */
  public SilverRefine(
      SilverSettings settings,
      DeliveryRegister register,
      Instruments instruments,
      Optional<Pseudonyms> pseudonyms,
      boolean anew) {
    this.settings = requireNonNull(settings, "settings is null");
    this.register = requireNonNull(register, "register is null");
    this.instruments = requireNonNull(instruments, "instruments is null");
    this.pseudonyms = requireNonNull(pseudonyms, "pseudonyms is null");
    this.anew = anew;
    if (settings.hasIdentifiers() && pseudonyms.isEmpty()) {
      throw new IllegalArgumentException("Extracts with identifiers need a key");
    }
  }

  @Override
  public void run(RunContext context) {
    MetricHistory history =
        new MetricHistory(context.spark(), context.tables(), context.journal().run());
    ExpectationResults results =
        new ExpectationResults(context.spark(), context.tables(), context.journal().run());
    Set<String> stopped = new TreeSet<>();
    Set<String> broken = new TreeSet<>();
    try {
      stopped.addAll(refine(context, history, results, broken));
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      keepAfter(e, context, history, results);
      throw e;
    }
    keep(context, history, results);
    stopped.addAll(broken);
    stopped.addAll(dimensions(context, broken));
    Map<String, LocalDate> complete = complete(context);
    for (Population population : settings.cohorts().populations()) {
      new RefinePopulation(context, population, settings.cohorts(), settings.sources())
          .run(stopped, complete);
    }
  }

  /**
   * Brings every extract up to date; which of them must not be used now.
   *
   * @param broken takes those whose rows do not add up
   */
  private Set<String> refine(
      RunContext context, MetricHistory history, ExpectationResults results, Set<String> broken) {
    Set<String> stopped = new TreeSet<>();
    Map<ExtractRules, String> fingerprints = new LinkedHashMap<>();
    for (ExtractRules rules : settings.extracts()) {
      Judging judging =
          new Judging(
              instruments,
              history,
              results,
              pseudonyms.filter(p -> rules.hasIdentifiers()),
              new References(context.tables(), settings));
      RefineExtract refine = new RefineExtract(context, rules, register, judging, anew);
      boolean isUsable = refine.run();
      if (!isUsable || rules.suite().references().stream().anyMatch(stopped::contains)) {
        stopped.add(rules.name()); // of a set of values that is not known, rows are held
      }
      fingerprints.put(rules, refine.fingerprint());
    }
    context.journal().quietStep("silver", "deliveries", step -> register.save(step));
    new Ledger(context, register)
        .run(fingerprints)
        .forEach(
            (extract, why) -> {
              context.journal().refused(why.getMessage());
              broken.add(extract);
            });
    return stopped;
  }

  /** Through which day each extract has come: the extract date of the last that is used. */
  private Map<String, LocalDate> complete(RunContext context) {
    Map<String, LocalDate> complete = new TreeMap<>();
    settings
        .extracts()
        .forEach(
            extract ->
                accepted(context, extract).stream()
                    .map(Shipment::extractDate)
                    .max(Comparator.naturalOrder())
                    .ifPresent(date -> complete.put(extract.name(), date)));
    return complete;
  }

  /** The deliveries of an extract whose rows are used. */
  private List<Shipment> accepted(RunContext context, ExtractRules extract) {
    Set<String> accepted =
        context.tables().state(extract.silver()).map(JudgedParts::in).orElse(Map.of()).keySet();
    return Shipment.of(
        register.of(extract.name()).stream()
            .filter(delivery -> accepted.contains(delivery.id()))
            .toList());
  }

  /**
   * Brings every dimension up to date; which of them must not be used now.
   *
   * @param broken extracts whose rows do not add up: whoever is not among them may never have left
   */
  private Set<String> dimensions(RunContext context, Set<String> broken) {
    Set<String> stopped = new TreeSet<>();
    for (Dimension dimension : settings.dimensions()) {
      if (broken.contains(dimension.from())) {
        stopped.add(dimension.name());
        continue;
      }
      ExtractRules extract = settings.extract(dimension.from());
      Optional<TableState> silver = context.tables().state(extract.silver());
      RefineDimension refine =
          new RefineDimension(
              context,
              dimension,
              extract,
              accepted(context, extract),
              ExtractTables.rulesOf(silver));
      if (!refine.run(anew)) {
        stopped.add(dimension.name());
      }
    }
    return stopped;
  }

  private static void keep(RunContext context, MetricHistory history, ExpectationResults results) {
    Instant now = context.clock().instant();
    context
        .journal()
        .quietStep(
            "silver",
            "verdicts",
            step -> {
              results.save(step, now);
              history.save(step, now);
            });
  }

  /** Verdicts that cannot be written must not hide why the run failed. */
  private static void keepAfter(
      Exception failure, RunContext context, MetricHistory history, ExpectationResults results) {
    try {
      keep(context, history, results);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
