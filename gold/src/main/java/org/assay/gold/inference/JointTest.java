package org.assay.gold.inference;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A test of several coefficients at once.
 *
 * @param statistic χ² where all of them are 0
 * @param df how many they are
 */
public record JointTest(double statistic, int df) {

  /** Wald's test β_F'(V_FF)⁻¹β_F of some coefficients. */
  public static JointTest wald(WaldInference inference, int... terms) {
    int k = terms.length;
    DMatrixRMaj v = new DMatrixRMaj(k, k);
    DMatrixRMaj b = new DMatrixRMaj(k, 1);
    for (int i = 0; i < k; i++) {
      b.set(i, 0, inference.beta()[terms[i]]);
      for (int j = 0; j < k; j++) {
        v.set(i, j, inference.covariance()[terms[i]][terms[j]]);
      }
    }
    DMatrixRMaj solved = new DMatrixRMaj(k, 1);
    return new JointTest(
        CommonOps_DDRM.solve(v, b, solved) ? CommonOps_DDRM.dot(b, solved) : Double.NaN, k);
  }

  /** The likelihood-ratio test of the same, which holds where Wald's misleads (Hauck-Donner). */
  public static JointTest likelihoodRatio(ProfileLimits profile, int... terms) {
    return new JointTest(profile.ratioStatistic(terms), terms.length);
  }

  /** The upper tail of χ². */
  public double pValue() {
    return ChiSquared.upperTail(statistic, df);
  }
}
