package org.assay.gold.inference;

import java.util.OptionalDouble;
import org.assay.common.cells.DesignMatrix;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmProblem;

/**
 * How well a model fits, for the people and for the cells. The two differ by constants of the data:
 * person-level figures compare models, cell-level ones tell goodness of fit.
 *
 * @param n people
 * @param events events among them
 * @param cells covariate patterns
 * @param rank coefficients
 * @param logLik log-likelihood of the people; of rates up to a constant of the data, as nobody's
 *     own events and time at risk are known
 * @param logLikCells log-likelihood of the cells, multiplicities included
 * @param deviance deviance of the people; empty of rates, as it needs everybody's own
 * @param nullDeviance the same under the intercept alone
 * @param devianceCells deviance of the cells
 * @param nullDevianceCells deviance of the cells under the intercept alone
 * @param pearsonCells Pearson's X² of the cells
 */
public record GoodnessOfFit(
    long n,
    double events,
    int cells,
    int rank,
    double logLik,
    double logLikCells,
    OptionalDouble deviance,
    OptionalDouble nullDeviance,
    double devianceCells,
    double nullDevianceCells,
    double pearsonCells) {

  /** Computes all figures at these coefficients. */
  public static GoodnessOfFit at(GlmProblem problem, double[] beta) {
    DesignMatrix design = problem.design();
    Family family = problem.family();
    double size = problem.totalSize();
    double events = problem.totalEvents();
    double pooled = events / size;
    long n = 0;
    double multiplicity = 0;
    double deviance = 0;
    double nullDeviance = 0;
    double pearson = 0;
    for (int row = 0; row < design.rows(); row++) {
      double y = problem.events(row);
      double m = problem.size(row);
      double mu = problem.mean(row, beta);
      n += design.cell(row).n();
      multiplicity += family.logMultiplicity(y, m);
      deviance += family.deviance(y, m, mu);
      nullDeviance += family.deviance(y, m, pooled);
      pearson += Math.pow(y - m * mu, 2) / (m * family.variance(mu));
    }
    double logLik = problem.logLik(beta);
    double nullLogLik = family.logLik(events, size, problem.link().of(pooled), problem.link());
    boolean isOfPeople = family == Family.BINOMIAL; // whose saturated likelihood is 1 each
    return new GoodnessOfFit(
        n,
        events,
        design.rows(),
        design.columns(),
        logLik,
        logLik + multiplicity,
        isOfPeople ? OptionalDouble.of(-2 * logLik) : OptionalDouble.empty(),
        isOfPeople ? OptionalDouble.of(-2 * nullLogLik) : OptionalDouble.empty(),
        deviance,
        nullDeviance,
        pearson);
  }

  /** Akaike's criterion of the people. */
  public double aic() {
    return -2 * logLik + 2.0 * rank;
  }

  /** Bayes's criterion of the people, with log n. */
  public double bic() {
    return -2 * logLik + rank * Math.log(n);
  }

  /** Akaike's criterion of the cells, as R's glm gives it for grouped data. */
  public double aicCells() {
    return -2 * logLikCells + 2.0 * rank;
  }

  /** Residual degrees of freedom of the cells. */
  public int dfResidualCells() {
    return cells - rank;
  }

  /** X² over its degrees of freedom; empty for a saturated model. */
  public OptionalDouble dispersion() {
    return dfResidualCells() > 0
        ? OptionalDouble.of(pearsonCells / dfResidualCells())
        : OptionalDouble.empty();
  }
}
