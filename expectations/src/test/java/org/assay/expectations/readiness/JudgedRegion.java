package org.assay.expectations.readiness;

import java.util.List;
import java.util.Optional;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Sparse;
import org.assay.common.cohort.Thresholds;

/** Regions of two factors, and how they are judged. */
final class JudgedRegion {
  static final List<String> NAMES = List.of("ethnicity", "age_band");
  static final Sparse LEFT_OUT = new Sparse.LeftOut();
  static final Thresholds SMALL = Thresholds.LEAST;

  static Factor factor(String name, Sparse sparse, boolean interest, String... levels) {
    Factor factor = Factor.of(name, levels[0], List.of(levels)).withSparse(sparse);
    return interest ? factor.ofInterest() : factor;
  }

  static final Factor ETHNICITY = factor("ethnicity", LEFT_OUT, true, "White", "Asian", "Black");
  static final Factor AGE = factor("age_band", LEFT_OUT, false, "young", "middle", "old");

  static final class Region {
    final CellTable.Builder cells = CellTable.over(NAMES);

    Region with(String ethnicity, String age, long n, long events) {
      cells.add(List.of(ethnicity, age), Cell.of(n, events));
      return this;
    }

    RegionReadiness judged(String region, Thresholds thresholds, Factor... factors) {
      return ReadinessGuards.judge(
          RegionCells.of(Optional.ofNullable(region), cells.build()), List.of(factors), thresholds);
    }
  }

  static Region sound() {
    Region region = new Region();
    for (String ethnicity : ETHNICITY.levels()) {
      AGE.levels().forEach(age -> region.with(ethnicity, age, 100, 10));
    }
    return region;
  }

  static List<String> sentences(RegionReadiness readiness) {
    return readiness.reasons().stream().map(Reason::sentence).toList();
  }

  static List<ReasonCode> codes(RegionReadiness readiness) {
    return readiness.reasons().stream().map(Reason::code).toList();
  }

  private JudgedRegion() {}
}
