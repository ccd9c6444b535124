package org.assay.gold.glm;

import static org.apache.commons.numbers.gamma.LogGamma.value;

import org.assay.common.cells.Cell;

/**
 * A family, seen through cells: a cell of size m has y events with mean m·μ, where μ is a risk or a
 * rate.
 */
public enum Family {
  /** Binomial: m is the number of people, μ the risk. */
  BINOMIAL(Link.LOGIT) {
    @Override
    public double size(Cell cell) {
      return cell.n();
    }

    @Override
    public double variance(double mu) {
      return mu * (1 - mu);
    }

    @Override
    public double skewness(double mu) {
      return 1 - 2 * mu;
    }

    /** y(1 − μ) − (m − y)μ: where μ is 1 to the last digit, what is left still counts. */
    @Override
    public double residual(double y, double size, double eta, Link link) {
      return y * link.complement(eta) - (size - y) * link.mean(eta);
    }

    @Override
    public double logLik(double y, double size, double eta, Link link) {
      return (y == 0 ? 0 : y * link.logMean(eta))
          + (y == size ? 0 : (size - y) * link.logComplement(eta));
    }

    @Override
    public double logMultiplicity(double y, double size) {
      return value(size + 1) - value(y + 1) - value(size - y + 1);
    }

    @Override
    public double deviance(double y, double size, double mu) {
      return 2 * (term(y, size * mu) + term(size - y, size * (1 - mu)));
    }
  },

  /** Poisson: m is the exposure, μ the rate. */
  POISSON(Link.LOG) {
    @Override
    public double size(Cell cell) {
      return cell.exposure();
    }

    @Override
    public double variance(double mu) {
      return mu;
    }

    @Override
    public double skewness(double mu) {
      return 1;
    }

    @Override
    public double residual(double y, double size, double eta, Link link) {
      return y - size * link.mean(eta);
    }

    @Override
    public double logLik(double y, double size, double eta, Link link) {
      return (y == 0 ? 0 : y * link.logMean(eta)) - size * link.mean(eta);
    }

    @Override
    public double logMultiplicity(double y, double size) {
      return (y == 0 ? 0 : y * Math.log(size)) - value(y + 1);
    }

    @Override
    public double deviance(double y, double size, double mu) {
      return 2 * (term(y, size * mu) - (y - size * mu));
    }
  };

  private final Link canonical;

  Family(Link canonical) {
    this.canonical = canonical;
  }

  /** The canonical link. */
  public Link canonical() {
    return canonical;
  }

  /** The size m of a cell. */
  public abstract double size(Cell cell);

  /** The variance V(μ) of one unit of size. */
  public abstract double variance(double mu);

  /** The third cumulant of one unit of size, over V(μ). */
  public abstract double skewness(double mu);

  /** y − mμ. */
  public abstract double residual(double y, double size, double eta, Link link);

  /** Log-likelihood of a cell, up to {@link #logMultiplicity}. */
  public abstract double logLik(double y, double size, double eta, Link link);

  /** What the log-likelihood of a cell has beyond that of its people: log C(m, y) for binomial. */
  public abstract double logMultiplicity(double y, double size);

  /** Twice the log-likelihood ratio of a cell against its own mean. */
  public abstract double deviance(double y, double size, double mu);

  /** observed · log(observed / expected), 0 for none observed. */
  private static double term(double observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }
}
