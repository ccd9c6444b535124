package org.assay.gold.glm;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * A link g, seen through its inverse μ = g⁻¹(η). Logarithms of μ and 1 − μ are computed without
 * cancellation, so that likelihoods far in a tail are still right.
 */
public enum Link {
  /** g(μ) = log(μ / (1 − μ)). */
  LOGIT {
    @Override
    public double mean(double eta) {
      return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
    }

    @Override
    public double derivative(double eta) {
      return mean(eta) * mean(-eta);
    }

    @Override
    public double of(double mu) {
      return Math.log(mu / (1 - mu));
    }

    @Override
    public double logMean(double eta) {
      return -logOnePlusExp(-eta);
    }

    @Override
    public double logComplement(double eta) {
      return -logOnePlusExp(eta);
    }
  },

  /** g(μ) = Φ⁻¹(μ). */
  PROBIT {
    @Override
    public double mean(double eta) {
      return Erfc.value(-eta / ROOT_2) / 2;
    }

    @Override
    public double derivative(double eta) {
      return Math.exp(-eta * eta / 2) / Math.sqrt(2 * Math.PI);
    }

    @Override
    public double of(double mu) {
      return STANDARD_NORMAL.inverseCumulativeProbability(mu);
    }

    @Override
    public double logMean(double eta) {
      return Math.log(mean(eta));
    }

    @Override
    public double logComplement(double eta) {
      return Math.log(mean(-eta));
    }
  },

  /** The complementary log-log link g(μ) = log(−log(1 − μ)). */
  CLOGLOG {
    @Override
    public double mean(double eta) {
      return -Math.expm1(-Math.exp(eta));
    }

    @Override
    public double derivative(double eta) {
      return Math.exp(eta - Math.exp(eta));
    }

    @Override
    public double of(double mu) {
      return Math.log(-Math.log1p(-mu));
    }

    @Override
    public double logMean(double eta) {
      return Math.log(mean(eta));
    }

    @Override
    public double logComplement(double eta) {
      return -Math.exp(eta);
    }
  },

  /** g(μ) = log μ. */
  LOG {
    @Override
    public double mean(double eta) {
      return Math.exp(eta);
    }

    @Override
    public double derivative(double eta) {
      return Math.exp(eta);
    }

    @Override
    public double of(double mu) {
      return Math.log(mu);
    }

    @Override
    public double logMean(double eta) {
      return eta;
    }

    @Override
    public double logComplement(double eta) {
      return Math.log1p(-Math.exp(eta));
    }
  };

  private static final double ROOT_2 = Math.sqrt(2);
  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);

  /** μ = g⁻¹(η). */
  public abstract double mean(double eta);

  /** dμ/dη. */
  public abstract double derivative(double eta);

  /** g(μ). */
  public abstract double of(double mu);

  /** 1 − μ, without cancellation. */
  public double complement(double eta) {
    return Math.exp(logComplement(eta));
  }

  /** log μ. */
  public abstract double logMean(double eta);

  /** log(1 − μ). */
  public abstract double logComplement(double eta);

  private static double logOnePlusExp(double eta) {
    return Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
  }
}
