package org.assay.gold.inference;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * The test and the 95 % limits of a coefficient.
 *
 * @param method where they come from
 * @param pValue two-sided
 * @param low lower limit; empty if it is infinite
 * @param high upper limit; empty if it is infinite
 */
public record TermLimits(Method method, double pValue, OptionalDouble low, OptionalDouble high) {

  /** Where limits come from. */
  public enum Method {
    /** The normal distribution of the estimate. */
    WALD,
    /** The profile of the likelihood, or of the penalised one. */
    PROFILE
  }

  public TermLimits {
    requireNonNull(method, "method is null");
  }

  /** Wald's. */
  public static TermLimits wald(WaldInference inference, int term) {
    return new TermLimits(
        Method.WALD,
        inference.pValue(term),
        OptionalDouble.of(inference.confLow(term)),
        OptionalDouble.of(inference.confHigh(term)));
  }

  /** Those of the profile, with Wald's p. */
  public static TermLimits profile(ProfileLimits profile, WaldInference inference, int term) {
    return ofProfile(profile, inference, term, inference.pValue(term));
  }

  /** Those of the profile, with the p of the likelihood ratio. */
  public static TermLimits ratio(ProfileLimits profile, WaldInference inference, int term) {
    return ofProfile(
        profile, inference, term, ChiSquared.upperTail(profile.ratioStatistic(term, 0), 1));
  }

  private static TermLimits ofProfile(
      ProfileLimits profile, WaldInference inference, int term, double pValue) {
    return new TermLimits(
        Method.PROFILE,
        pValue,
        profile.low(term, inference.stdError(term)),
        profile.high(term, inference.stdError(term)));
  }
}
