package org.assay.gold.disclosure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as everybody sees them: no more digits than they need. */
public final class PublicNumber {
  /** Smaller p-values are shown as this. */
  public static final double LEAST_P = 0.0001;

  private PublicNumber() {}

  /** To two decimals; null stays null. */
  public static Double twoDecimals(Double value) {
    return value == null || !Double.isFinite(value)
        ? null
        : (Double) BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** To some significant figures; null stays null. */
  public static Double figures(Double value, int figures) {
    return value == null || !Double.isFinite(value)
        ? null
        : (Double)
            BigDecimal.valueOf(value)
                .round(new MathContext(figures, RoundingMode.HALF_EVEN))
                .doubleValue();
  }

  /** A p-value to two figures, at least {@link #LEAST_P}; null stays null. */
  public static Double pValue(Double value) {
    return value == null ? null : (Double) Math.max(LEAST_P, figures(value, 2));
  }
}
