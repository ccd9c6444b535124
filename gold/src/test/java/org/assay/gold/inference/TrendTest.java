package org.assay.gold.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.DesignTerm;
import org.assay.common.cells.ModelFactor;
import org.assay.gold.glm.Family;
import org.assay.gold.glm.GlmProblem;
import org.assay.gold.glm.Irls;
import org.junit.jupiter.api.Test;

/** A trend over quintiles, where some people have none. */
class TrendTest {
  private static final List<String> QUINTILES = List.of("1", "2", "3", "4", "5");

  @Test
  void peopleOfNoQuintileSayNothingOfTheTrend() {
    Trend among = trend(cells());
    Trend withUnknown = trend(cells().plus(unknown()));

    assertThat(among.estimate()).isPositive();
    assertThat(withUnknown.estimate()).isCloseTo(among.estimate(), within(1e-9));
    assertThat(withUnknown.stdError()).isCloseTo(among.stdError(), within(1e-9));
    assertThat(withUnknown.test().df()).isEqualTo(1);
    assertThat(withUnknown.test().statistic()).isCloseTo(among.test().statistic(), within(1e-7));
  }

  private static CellTable cells() {
    CellTable.Builder cells = CellTable.over(List.of("imd"));
    for (String quintile : QUINTILES) {
      cells.add(List.of(quintile), Cell.of(300, 20 + 7L * Integer.parseInt(quintile)));
    }
    return cells.build();
  }

  private static CellTable unknown() {
    return CellTable.over(List.of("imd")).add(List.of("Not known"), Cell.of(250, 240)).build();
  }

  private static Trend trend(CellTable cells) {
    List<DesignTerm> formula =
        List.of(
            new DesignTerm.Main(
                new ModelFactor("imd", "5", List.copyOf(cells.margin("imd").keySet()))));
    GlmProblem problem = new GlmProblem(Family.BINOMIAL, DesignMatrix.ofTerms(cells, formula));
    return Trend.of(problem, new Irls(), cells, formula, "imd", QUINTILES).orElseThrow();
  }
}
