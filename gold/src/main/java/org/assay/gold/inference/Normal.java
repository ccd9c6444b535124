package org.assay.gold.inference;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal distribution, accurate in its tails. */
public final class Normal {
  private Normal() {}

  /** Two-sided p-value 2(1 − Φ(|z|)) = erfc(|z|/√2). */
  public static double twoSided(double z) {
    return Erfc.value(Math.abs(z) / Math.sqrt(2));
  }

  /** The z with which an interval of this confidence reaches to both sides: 1.96 for 0.95. */
  public static double z(double confidence) {
    return Math.sqrt(2) * InverseErfc.value(1 - confidence);
  }
}
