package org.assay.common.cohort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assay.common.cohort.Model.Engine;
import org.assay.common.cohort.Model.Family;
import org.assay.common.cohort.Model.Interaction;
import org.assay.common.cohort.Model.Link;
import org.assay.common.cohort.Model.Method;
import org.assay.common.cohort.Model.Stratum;
import org.assay.common.config.Section;

/** Reads {@code cohorts.<name>.models.<name>}: one model, or one for each of its strata. */
final class ModelReader {
  private final Section section;
  private final Collection<Factor> factors;
  private final List<String> terms = new ArrayList<>();
  private final List<Interaction> interactions = new ArrayList<>();

  private ModelReader(Section section, Collection<Factor> factors) {
    this.section = section;
    this.factors = factors;
  }

  /**
   * The models; what is wrong is recorded in the section.
   *
   * @param factors of the population; empty where they could not be read
   */
  static List<Optional<Model>> read(Section section, Collection<Factor> factors) {
    return new ModelReader(section, factors).read();
  }

  private List<Optional<Model>> read() {
    Arrays.stream(section.text("terms").split("\\+"))
        .map(String::strip)
        .filter(term -> !term.isEmpty())
        .forEach(this::term);
    boolean primary = section.flag("primary", false);
    Method method = section.choice("method", Method.class, Method.ML);
    Engine engine =
        section.choice(
            "engine", Engine.class, primary && method == Method.ML ? Engine.MLLIB : Engine.CELLS);
    Family family = section.choice("family", Family.class, Family.BINOMIAL);
    Link link = section.choice("link", Link.class, family.links().get(0));
    if (!family.links().contains(link)) {
      section.problem(
          "link",
          "a %s model has the link %s."
              .formatted(
                  name(family),
                  family.links().stream()
                      .map(ModelReader::name)
                      .collect(Collectors.joining(" or "))));
    }
    List<List<Stratum>> strata = strata(section.textOrTexts("strata"));
    if (primary && strata.size() > 1) {
      section.problem("strata", "a primary model is about everybody; leave strata away.");
    }
    return strata.stream()
        .map(
            stratum ->
                section.build(
                    () ->
                        new Model(
                            named(stratum),
                            terms,
                            interactions,
                            stratum,
                            primary,
                            engine,
                            method,
                            family,
                            link)))
        .toList();
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** {@code a}, {@code a:b}, or {@code a*b} for both and their interaction. */
  private void term(String term) {
    String[] parts = term.split("\\s*[:*]\\s*");
    for (String part : parts) {
      factor("terms", part);
    }
    if (parts.length > 2) {
      section.problem("terms", "\"%s\": two factors can interact, not more.".formatted(term));
    } else if (parts.length == 1) {
      terms.add(term);
    } else {
      if (term.contains("*")) {
        Arrays.stream(parts).filter(part -> !terms.contains(part)).forEach(terms::add);
      } else if (!terms.containsAll(List.of(parts))) {
        section.problem(
            "terms",
            "\"%s\" needs its factors before it; write %s*%s for both and their interaction."
                .formatted(term, parts[0], parts[1]));
      }
      interactions.add(new Interaction(parts[0], parts[1]));
    }
  }

  private Optional<Factor> factor(String key, String name) {
    Optional<Factor> found = factors.stream().filter(f -> f.name().equals(name)).findFirst();
    if (found.isEmpty() && !factors.isEmpty()) {
      section.problem(
          key,
          "\"%s\" is not a factor of the population; it has %s."
              .formatted(
                  name, factors.stream().map(Factor::name).collect(Collectors.joining(", "))));
    }
    return found;
  }

  /** Every combination of the levels of some factors; one without any if there are none. */
  private List<List<Stratum>> strata(List<String> names) {
    List<List<Stratum>> strata = new ArrayList<>(List.of(List.of()));
    for (String name : names) {
      Optional<Factor> factor = factor("strata", name);
      if (terms.contains(name)) {
        section.problem("strata", "\"%s\" is a term of the model already.".formatted(name));
      }
      if (factor.filter(f -> f.levels().isEmpty()).isPresent()) {
        section.problem("strata", "\"%s\" must list its levels.".formatted(name));
      }
      List<List<Stratum>> more = new ArrayList<>();
      for (List<Stratum> stratum : strata) {
        for (String level : factor.map(Factor::levels).orElse(List.of())) {
          List<Stratum> finer = new ArrayList<>(stratum);
          finer.add(new Stratum(name, level));
          more.add(finer);
        }
      }
      strata = more;
    }
    return strata;
  }

  private String named(List<Stratum> stratum) {
    return stratum.isEmpty()
        ? section.name()
        : stratum.stream()
            .map(Stratum::label)
            .collect(Collectors.joining(",", section.name() + "[", "]"));
  }
}
