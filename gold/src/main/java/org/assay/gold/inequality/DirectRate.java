package org.assay.gold.inequality;

import java.util.List;
import java.util.Optional;

/**
 * A directly standardised rate Σwr / Σw, the rate that a standard population would have.
 *
 * @param value per unit of exposure
 * @param variance of the value
 * @param events behind it
 */
public record DirectRate(double value, double variance, double events) {

  /**
   * A stratum, such as an age band.
   *
   * @param events in it
   * @param exposure people or time at risk, positive
   * @param weight of the stratum in the standard population
   * @param variance of the number of events; the events themselves where they are independent
   */
  public record Stratum(double events, double exposure, double weight, double variance) {

    /** A stratum of independent events. */
    public static Stratum of(double events, double exposure, double weight) {
      return new Stratum(events, exposure, weight, events);
    }

    /**
     * A stratum in which people have several events: the variance is Σ f² over people with f events
     * each.
     */
    public static Stratum ofRepeated(
        double events, double exposure, double weight, double eventsSquared) {
      return new Stratum(events, exposure, weight, eventsSquared);
    }
  }

  /** The rate; empty below 10 events, of which no interval is sound (Morris et al. 2018). */
  public static Optional<DirectRate> of(List<Stratum> strata) {
    double weights = 0;
    double sum = 0;
    double variance = 0;
    double events = 0;
    for (Stratum s : strata) {
      weights += s.weight();
      sum += s.weight() * s.events() / s.exposure();
      variance += Math.pow(s.weight() / s.exposure(), 2) * s.variance();
      events += s.events();
    }
    return events < Limits.FEWEST_FOR_BYAR
        ? Optional.empty()
        : Optional.of(new DirectRate(sum / weights, variance / (weights * weights), events));
  }

  /** Dobson's limits: those of the number of events, on the scale of the rate (1991). */
  public Limits limits(double confidence) {
    Limits count = Limits.ofCount(events, confidence);
    double scale = Math.sqrt(variance / events);
    return new Limits(
        Limits.Method.DOBSON,
        value + scale * (count.low() - events),
        value + scale * (count.high() - events));
  }
}
