package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assay.common.config.Section;

/**
 * A population, one outcome, and the models fitted on it.
 *
 * @param name names it in gold
 * @param title for display
 * @param population who is counted
 * @param outcome what is measured
 * @param thresholds how many people a model needs
 * @param polarity whether more of the outcome is good
 * @param models in alphabetical order; exactly one is primary
 */
public record Cohort(
    String name,
    String title,
    Population population,
    Outcome outcome,
    Thresholds thresholds,
    Polarity polarity,
    List<Model> models) {
  public Cohort {
    requireNonNull(outcome, "outcome is null");
    models = List.copyOf(models);
    long primaries = models.stream().filter(Model::primary).count();
    if (primaries != 1) {
      throw new IllegalArgumentException(
          "models has %d primary models; exactly one needs primary = true.".formatted(primaries));
    }
    boolean counts = population.count().isPresent();
    if (!outcome.isRate() && counts != outcome instanceof Outcome.Events) {
      throw new IllegalArgumentException(
          counts
              ? "the population's rows are counts, so the outcome must name its column of events."
              : "the population's rows are people, so the outcome needs column, event and non_event; or events and exposure.");
    }
    for (Model model : models) {
      if (outcome.isRate() != (model.family() == Model.Family.POISSON)) {
        throw new IllegalArgumentException(
            outcome.isRate()
                ? "the outcome is a rate (events over exposure), so models.%s needs family = poisson."
                    .formatted(model.name())
                : "models.%s has family = poisson, so the outcome must name events and exposure."
                    .formatted(model.name()));
      }
    }
  }

  /** A model by its name; it must exist. */
  public Model model(String modelName) {
    return models.stream()
        .filter(model -> model.name().equals(modelName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No model " + modelName + " in " + name));
  }

  /**
   * Reads {@code cohorts.<name>}; what is wrong is recorded in the section.
   *
   * @param declared names of all populations, those with problems included
   * @param populations the populations without problems
   * @param projects thresholds where the cohort has none of its own
   */
  public static Optional<Cohort> from(
      Section section,
      Collection<String> declared,
      Map<String, Population> populations,
      Thresholds projects) {
    String title = section.text("title", section.name());
    String name = section.reference("population", declared);
    Optional<Population> population = Optional.ofNullable(populations.get(name));
    Polarity polarity = section.choice("polarity", Polarity.class, Polarity.NONE);
    Optional<Outcome> outcome = Outcome.from(section.section("outcome"));
    Thresholds thresholds =
        section
            .optionalSection("readiness")
            .map(s -> Thresholds.from(s, projects))
            .orElse(projects);
    Collection<Factor> factors = population.map(Population::factors).orElse(List.of());
    List<Optional<Model>> models =
        section.sections("models").values().stream()
            .flatMap(s -> ModelReader.read(s, factors).stream())
            .toList();
    return section.build(
        () ->
            new Cohort(
                section.name(),
                title,
                population.orElseThrow(),
                outcome.orElseThrow(),
                thresholds,
                polarity,
                models.stream().map(Optional::orElseThrow).toList()));
  }
}
