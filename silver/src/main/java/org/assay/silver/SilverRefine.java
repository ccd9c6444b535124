package org.assay.silver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.assay.common.delivery.DeliveryRegister;
import org.assay.common.privacy.Pseudonyms;
import org.assay.common.run.RunContext;
import org.assay.common.run.Stage;
import org.assay.expectations.Verifier;
import org.assay.silver.cohort.RefinePopulation;

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
    settings
        .extracts()
        .forEach(rules -> new RefineExtract(context, rules, register, verifier, pseudonyms).run());
    settings
        .cohorts()
        .populations()
        .forEach(
            population ->
                new RefinePopulation(
                        context, population, settings.cohorts().on(population), settings.extracts())
                    .run());
  }
}
