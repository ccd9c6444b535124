package org.assay.gold.inequality;

import java.util.List;

/**
 * How far the most deprived are from the least deprived.
 *
 * @param quantiles from the most to the least deprived, with independent values
 */
public record Gap(List<SlopeIndex.Quantile> quantiles) {
  public Gap {
    quantiles = List.copyOf(quantiles);
    if (quantiles.size() < 2) {
      throw new IllegalArgumentException("A gap needs two quantiles.");
    }
  }

  private SlopeIndex.Quantile most() {
    return quantiles.get(0);
  }

  private SlopeIndex.Quantile least() {
    return quantiles.get(quantiles.size() - 1);
  }

  /** The value of the most deprived less that of the least. */
  public double absolute() {
    return most().value() - least().value();
  }

  /** Its standard error. */
  public double absoluteStdError() {
    return Math.hypot(most().stdError(), least().stdError());
  }

  /** The value of the most deprived over that of the least. */
  public double relative() {
    return most().value() / least().value();
  }

  /** Standard error of its logarithm, by the delta method. */
  public double logRelativeStdError() {
    return Math.hypot(most().stdError() / most().value(), least().stdError() / least().value());
  }

  /** 1 − π_least / π_all: the share that would not be if all were as the least deprived. */
  public double attributable() {
    return 1 - least().value() / all();
  }

  /** Its standard error, by the delta method. */
  public double attributableStdError() {
    double population = population();
    double variance = 0;
    for (int i = 0; i < quantiles.size(); i++) {
      SlopeIndex.Quantile quantile = quantiles.get(i);
      double share = quantile.population() / population;
      double derivative =
          least().value() * share / (all() * all()) - (i == quantiles.size() - 1 ? 1 / all() : 0);
      variance += Math.pow(derivative * quantile.stdError(), 2);
    }
    return Math.sqrt(variance);
  }

  private double population() {
    return quantiles.stream().mapToDouble(SlopeIndex.Quantile::population).sum();
  }

  private double all() {
    return quantiles.stream().mapToDouble(q -> q.population() * q.value()).sum() / population();
  }
}
