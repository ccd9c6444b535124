package org.assay.common.cohort;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assay.common.config.Lists;
import org.assay.common.config.Section;

/**
 * A main-effects model with the canonical link of its family.
 *
 * @param name names it in gold
 * @param terms its factors, in order
 * @param primary whether this is the model people are shown first
 * @param engine what finds its coefficients
 * @param family what its outcome is
 */
public record Model(
    String name, List<String> terms, boolean primary, Engine engine, Family family) {

  /** What finds the coefficients of a model. */
  public enum Engine {
    /** Spark MLlib's GeneralizedLinearRegression, checked against {@link #CELLS}. */
    MLLIB,
    /** Newton's method on the cells, in plain Java. */
    CELLS
  }

  /** The family that can be fitted. */
  public enum Family {
    /** Events among people, with logit link: ratios of odds. */
    BINOMIAL,
    /** Events over time at risk, with log link: ratios of rates. */
    POISSON
  }

  /** The link that can be fitted. */
  private enum Link {
    LOGIT,
    LOG
  }

  public Model {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException(
          "terms is empty; name factors, such as \"ethnicity + age\".");
    }
    if (!Lists.repeated(terms).isEmpty()) {
      throw new IllegalArgumentException(
          "terms names %s more than once.".formatted(String.join(", ", Lists.repeated(terms))));
    }
  }

  static Optional<Model> from(Section section, Collection<String> factors) {
    List<String> terms =
        Arrays.stream(section.text("terms").split("\\+"))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
    for (String term : terms) {
      if (!factors.isEmpty() && !factors.contains(term)) {
        section.problem(
            "terms",
            "\"%s\" is not a factor of the population; it has %s."
                .formatted(term, String.join(", ", factors)));
      }
    }
    boolean primary = section.flag("primary", false);
    Engine engine = section.choice("engine", Engine.class, primary ? Engine.MLLIB : Engine.CELLS);
    Family family = section.choice("family", Family.class, Family.BINOMIAL);
    Link canonical = family == Family.BINOMIAL ? Link.LOGIT : Link.LOG;
    if (section.choice("link", Link.class, canonical) != canonical) {
      section.problem(
          "link",
          "a %s model has the link %s."
              .formatted(
                  family.name().toLowerCase(Locale.ROOT),
                  canonical.name().toLowerCase(Locale.ROOT)));
    }
    return section.build(() -> new Model(section.name(), terms, primary, engine, family));
  }
}
