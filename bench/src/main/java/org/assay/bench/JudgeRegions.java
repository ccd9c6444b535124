package org.assay.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assay.common.cells.Adjustment;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;
import org.assay.common.cohort.Factor;
import org.assay.common.cohort.Thresholds;
import org.assay.expectations.readiness.Profile;
import org.assay.expectations.readiness.ReadinessGuards;
import org.assay.expectations.readiness.RegionCells;
import org.assay.expectations.readiness.RegionReadiness;
import org.assay.expectations.readiness.RegionReadiness.Status;
import org.assay.expectations.readiness.Separation;

/**
 * All guards before a fit for 6,500 generated regions of up to 1,000 cells each, about as many as
 * there are general practices; tells seconds, what was decided, and how separation was.
 */
public final class JudgeRegions {
  private static final int REGIONS = 6_500;
  private static final List<Factor> FACTORS =
      List.of(
          Factor.of("ethnicity", "e0", levels("e", 5)).ofInterest(),
          Factor.of("deprivation", "d0", levels("d", 10)),
          Factor.of("age", "a0", levels("a", 20)));

  private JudgeRegions() {}

  /** Runs it three times; the last is warm. */
  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(2026);
    List<RegionCells> regions = new ArrayList<>();
    long cells = 0;
    for (int i = 0; i < REGIONS; i++) {
      CellTable before = region(random);
      CellTable now = region(random);
      cells += now.size();
      regions.add(RegionCells.of(Optional.of("r" + i), now).comparedWith(Profile.of(before)));
    }
    Thresholds thresholds = Thresholds.LEAST.withPeople(100, 20);
    List<RegionReadiness> judged = List.of();
    for (int round = 1; round <= 3; round++) {
      long begin = System.nanoTime();
      judged =
          regions.stream()
              .map(region -> ReadinessGuards.judge(region, FACTORS, thresholds))
              .toList();
      System.out.printf(
          "RESULT round %d: %,d regions, %,d cells, %.2f s%n",
          round, REGIONS, cells, (System.nanoTime() - begin) / 1e9);
    }
    Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    Map<Separation.How, Integer> how = new EnumMap<>(Separation.How.class);
    for (int i = 0; i < REGIONS; i++) {
      RegionReadiness readiness = judged.get(i);
      statuses.merge(readiness.status(), 1, Integer::sum);
      if (readiness.status() != Status.HELD) {
        how.merge(Separation.of(design(regions.get(i), readiness)).how(), 1, Integer::sum);
      }
    }
    System.out.printf("RESULT decided %s, separation by %s%n", statuses, how);
  }

  private static DesignMatrix design(RegionCells region, RegionReadiness readiness) {
    List<String> names = readiness.factors().stream().map(ModelFactor::name).toList();
    return DesignMatrix.of(
        Adjustment.applyAll(region.cells(), readiness.adjustments()).collapseTo(names),
        readiness.factors());
  }

  /** About 8,000 people, some groups much larger than others, an outcome of 2 to 20 %. */
  private static CellTable region(SplittableRandom random) {
    CellTable.Builder cells = CellTable.over(FACTORS.stream().map(Factor::name).toList());
    double rate = 0.02 + 0.18 * random.nextDouble();
    double[] share = {0.8, 0.1, 0.05, 0.03, 0.02};
    for (int e = 0; e < share.length; e++) {
      for (String deprivation : FACTORS.get(1).levels()) {
        for (String age : FACTORS.get(2).levels()) {
          long n = 1 + random.nextLong(1 + (long) (80 * share[e]));
          long events = 0;
          for (long person = 0; person < n; person++) {
            events += random.nextDouble() < rate ? 1 : 0;
          }
          cells.add(List.of("e" + e, deprivation, age), Cell.of(n, events));
        }
      }
    }
    return cells.build();
  }

  private static List<String> levels(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + i).toList();
  }
}
