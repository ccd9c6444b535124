package org.assay.silver;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assay.common.cohort.Population;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.RunContext;
import org.assay.common.run.Stage;
import org.assay.expectations.Verifier;
import org.assay.silver.cohort.RefinePopulation;
import org.assay.silver.conform.ExtractRules;

/**
 * Silver's door. Raw rows are named, typed and judged once; the accepted ones are visible to SQL as
 * each extract's current state; each population is counted into cells in one scan; and each region
 * is judged on its cells before any model sees it.
 */
public final class SilverRefine implements Stage {
  private final SilverSettings settings;
  private final DeliveryRegister register;
  private final Verifier verifier;
  private final Optional<Pseudonyms> pseudonyms;

  /**
   * @param register the deliveries of the lake
   * @param verifier what measures expectations
   * @param pseudonyms what identifiers become; needed where an extract has any
   */
  public SilverRefine(
      SilverSettings settings,
      DeliveryRegister register,
      Verifier verifier,
      Optional<Pseudonyms> pseudonyms) {
    this.settings = requireNonNull(settings, "settings is null");
    this.register = requireNonNull(register, "register is null");
    this.verifier = requireNonNull(verifier, "verifier is null");
    this.pseudonyms = requireNonNull(pseudonyms, "pseudonyms is null");
    if (settings.hasIdentifiers() && pseudonyms.isEmpty()) {
      throw new IllegalArgumentException("Extracts with identifiers need a key");
    }
  }

  @Override
  public void run(RunContext context) {
    Set<String> stopped = new TreeSet<>();
    Map<ExtractRules, String> fingerprints = new LinkedHashMap<>();
    for (ExtractRules rules : settings.extracts()) {
      RefineExtract refine = new RefineExtract(context, rules, register, verifier, pseudonyms);
      if (!refine.run()) {
        stopped.add(rules.name());
      }
      fingerprints.put(rules, refine.fingerprint());
    }
    context.journal().quietStep("silver", "deliveries", step -> register.save(step));
    new Ledger(context, register)
        .run(fingerprints)
        .forEach(
            (extract, broken) -> {
              context.journal().refused(broken.getMessage());
              stopped.add(extract);
            });
    for (Population population : settings.cohorts().populations()) {
      new RefinePopulation(
              context, population, settings.cohorts().on(population), settings.extracts())
          .run(stopped);
    }
  }
}
