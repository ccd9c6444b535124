package org.assay.gold.glm;

import static org.apache.commons.numbers.gamma.LogGamma.value;

import org.assay.common.cells.Cell;

/**
 * A family with its canonical link, seen through cells: a cell of size m has y events with mean
 * m·μ, where μ = g⁻¹(η) is a risk or a rate.
 */
public enum Family {
  /** Binomial with logit link: m is the number of people, μ the risk. */
  BINOMIAL {
    @Override
    public double size(Cell cell) {
      return cell.n();
    }

    @Override
    public double mean(double eta) {
      return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
    }

    @Override
    public double variance(double mu) {
      return mu * (1 - mu);
    }

    @Override
    public double link(double mu) {
      return Math.log(mu / (1 - mu));
    }

    @Override
    public double logLik(double y, double size, double eta) {
      double logOnePlusExp = Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
      return y * eta - size * logOnePlusExp;
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

  /** Poisson with log link: m is the exposure, μ the rate. */
  POISSON {
    @Override
    public double size(Cell cell) {
      return cell.exposure();
    }

    @Override
    public double mean(double eta) {
      return Math.exp(eta);
    }

    @Override
    public double variance(double mu) {
      return mu;
    }

    @Override
    public double link(double mu) {
      return Math.log(mu);
    }

    @Override
    public double logLik(double y, double size, double eta) {
      return y * eta - size * Math.exp(eta);
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

  /** The size m of a cell. */
  public abstract double size(Cell cell);

  /** g⁻¹(η). */
  public abstract double mean(double eta);

  /** The variance of one unit of size, which for a canonical link is also dμ/dη. */
  public abstract double variance(double mu);

  /** g(μ). */
  public abstract double link(double mu);

  /** Log-likelihood of a cell, up to {@link #logMultiplicity}. */
  public abstract double logLik(double y, double size, double eta);

  /** What the log-likelihood of a cell has beyond that of its people: log C(m, y) for binomial. */
  public abstract double logMultiplicity(double y, double size);

  /** Twice the log-likelihood ratio of a cell against its own mean. */
  public abstract double deviance(double y, double size, double mu);

  /** observed · log(observed / expected), 0 for none observed. */
  private static double term(double observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }
}
