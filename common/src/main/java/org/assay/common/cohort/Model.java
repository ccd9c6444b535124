package org.assay.common.cohort;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assay.common.cells.CellTable;
import org.assay.common.config.Lists;

/**
 * A generalized linear model of a cohort's outcome.
 *
 * @param name names it in gold
 * @param terms its factors, in order
 * @param interactions pairs of them whose contrasts differ by each other
 * @param strata the levels of other factors to whose people it is fitted; none for everybody
 * @param primary whether this is the model people are shown first
 * @param engine what finds its coefficients
 * @param method what the coefficients maximise
 * @param family what its outcome is
 * @param link what the linear predictor predicts
 */
public record Model(
    String name,
    List<String> terms,
    List<Interaction> interactions,
    List<Stratum> strata,
    boolean primary,
    Engine engine,
    Method method,
    Family family,
    Link link) {

  /** What finds the coefficients of a model. */
  public enum Engine {
    /** Spark MLlib's GeneralizedLinearRegression, checked against {@link #CELLS}. */
    MLLIB,
    /** Newton's method on the cells, in plain Java. */
    CELLS
  }

  /** What the coefficients maximise. */
  public enum Method {
    /** The likelihood. */
    ML,
    /** Firth's penalised likelihood, which has a maximum even where levels have no events. */
    FIRTH
  }

  /** The family that can be fitted. */
  public enum Family {
    /** Events among people. */
    BINOMIAL(List.of(Link.LOGIT, Link.PROBIT, Link.CLOGLOG)),
    /** Events over time at risk. */
    POISSON(List.of(Link.LOG));

    private final List<Link> links;

    Family(List<Link> links) {
      this.links = links;
    }

    /** The links it can have, the canonical one first. */
    public List<Link> links() {
      return links;
    }
  }

  /** The link that can be fitted. */
  public enum Link {
    /** Ratios of odds. */
    LOGIT,
    /** Differences on the scale of the normal distribution. */
    PROBIT,
    /** Ratios of hazards. */
    CLOGLOG,
    /** Ratios of rates. */
    LOG
  }

  /** Two factors whose contrasts differ by each other. */
  public record Interaction(String first, String second) {
    /** As R writes it. */
    public String label() {
      return first + ":" + second;
    }
  }

  /** The people in one level of a factor. */
  public record Stratum(String factor, String level) {
    /** Names the stratum. */
    public String label() {
      return factor + "=" + level;
    }
  }

  public Model {
    requireNonNull(method, "method is null");
    terms = List.copyOf(terms);
    interactions = List.copyOf(interactions);
    strata = List.copyOf(strata);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException(
          "terms is empty; name factors, such as \"ethnicity + age\".");
    }
    if (!Lists.repeated(terms).isEmpty()) {
      throw new IllegalArgumentException(
          "terms names %s more than once.".formatted(String.join(", ", Lists.repeated(terms))));
    }
    if (method == Method.FIRTH && (engine == Engine.MLLIB || link != family.links().get(0))) {
      throw new IllegalArgumentException(
          "method = firth needs engine = cells and the link %s."
              .formatted(family.links().get(0).name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Its terms as R writes them. */
  public String formula() {
    return Stream.concat(terms.stream(), interactions.stream().map(Interaction::label))
        .collect(joining(" + "));
  }

  /** Of a region's cells those that the model is about, over its factors. */
  public CellTable cells(CellTable region) {
    return stratum(region).collapseTo(terms);
  }

  /** Of a region's cells those of the model's strata. */
  public CellTable stratum(CellTable region) {
    CellTable cells = region;
    for (Stratum stratum : strata) {
      cells = cells.only(stratum.factor(), stratum.level());
    }
    return cells;
  }
}
