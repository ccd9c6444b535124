package org.assay.expectations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assay.common.cells.Cell;
import org.assay.common.cells.CellTable;
import org.assay.common.cells.DesignMatrix;
import org.assay.common.cells.ModelFactor;

/** Rank and separation against arithmetic that cannot round and a search that cannot miss. */
class SeparationTest {
  private static final ModelFactor A = new ModelFactor("a", "1", List.of("1", "2", "3"));
  private static final ModelFactor B = new ModelFactor("b", "1", List.of("1", "2"));
  private static final ModelFactor C = new ModelFactor("c", "1", List.of("1", "2"));
  private static final List<ModelFactor> FACTORS = List.of(A, B, C);

  @Provide
  Arbitrary<CellTable> tables() {
    Arbitrary<Cell> cell =
        Arbitraries.integers()
            .between(1, 3)
            .flatMap(n -> Arbitraries.integers().between(0, n).map(k -> Cell.of(n, k)));
    return Combinators.combine(
            Arbitraries.of(A.levels()),
            Arbitraries.of(B.levels()),
            Arbitraries.of(C.levels()),
            cell)
        .as(
            (a, b, c, counts) ->
                CellTable.over(List.of("a", "b", "c")).add(List.of(a, b, c), counts).build())
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(
            parts ->
                parts.stream().reduce(CellTable.empty(List.of("a", "b", "c")), CellTable::plus));
  }

  @Property
  void rankIsExact(@ForAll("tables") CellTable cells) {
    DesignMatrix design = DesignMatrix.of(cells, FACTORS);
    DesignRank rank = DesignRank.of(design);

    assertThat(rank.rank()).isEqualTo(exactRank(design));
    for (double[] vector : rank.nullSpace()) {
      for (int row = 0; row < design.rows(); row++) {
        assertThat(design.dot(row, vector))
            .isCloseTo(0, org.assertj.core.api.Assertions.within(1e-9));
      }
    }
  }

  @Property
  void separationIsFoundWhereThereIsADirection(@ForAll("tables") CellTable cells) {
    DesignMatrix design = DesignMatrix.of(cells, FACTORS);
    if (!DesignRank.of(design).dependent().isEmpty()) {
      return; // judged before
    }
    Separation separation = Separation.of(design);

    assertThat(separation.direction().isPresent()).isEqualTo(searched(design).isPresent());
    separation.direction().ifPresent(b -> assertThat(separates(design, b)).isTrue());
  }

  /** Every direction of small whole numbers; extreme ones of so few 0/1 columns are among them. */
  private static Optional<double[]> searched(DesignMatrix design) {
    int p = design.columns();
    int[] b = new int[p];
    Arrays.fill(b, -2);
    while (true) {
      double[] direction = Arrays.stream(b).asDoubleStream().toArray();
      if (separates(design, direction)) {
        return Optional.of(direction);
      }
      int at = 0;
      while (at < p && b[at] == 2) {
        b[at++] = -2;
      }
      if (at == p) {
        return Optional.empty();
      }
      b[at]++;
    }
  }

  private static boolean separates(DesignMatrix design, double[] b) {
    boolean isStrict = false;
    for (int row = 0; row < design.rows(); row++) {
      Cell cell = design.cell(row);
      double product = design.dot(row, b);
      boolean allowed =
          cell.events() == 0
              ? product <= 1e-9
              : cell.events() == cell.n() ? product >= -1e-9 : Math.abs(product) <= 1e-9;
      if (!allowed) {
        return false;
      }
      isStrict |= Math.abs(product) > 1e-9;
    }
    return isStrict;
  }

  /** Bareiss's elimination, in whole numbers. */
  private static int exactRank(DesignMatrix design) {
    List<BigInteger[]> rows = new ArrayList<>();
    for (int row = 0; row < design.rows(); row++) {
      BigInteger[] dense = new BigInteger[design.columns()];
      for (int j = 0; j < dense.length; j++) {
        dense[j] = BigInteger.valueOf((long) design.dense(row)[j]);
      }
      rows.add(dense);
    }
    int rank = 0;
    for (int column = 0; column < design.columns(); column++) {
      int at = column;
      int from = rank;
      Optional<BigInteger[]> pivot =
          rows.subList(from, rows.size()).stream().filter(r -> r[at].signum() != 0).findFirst();
      if (pivot.isPresent()) {
        rows.remove(pivot.get());
        rows.add(rank, pivot.get());
        for (BigInteger[] other : rows.subList(rank + 1, rows.size())) {
          BigInteger factor = other[column];
          for (int j = 0; j < other.length; j++) {
            other[j] =
                other[j].multiply(pivot.get()[column]).subtract(pivot.get()[j].multiply(factor));
          }
        }
        rank++;
      }
    }
    return rank;
  }

  @Example
  void whatItTookIsTold() {
    DesignMatrix mixed =
        DesignMatrix.of(
            CellTable.over(List.of("b"))
                .add(List.of("1"), Cell.of(10, 3))
                .add(List.of("2"), Cell.of(10, 4))
                .build(),
            List.of(B));

    assertThat(Separation.of(mixed).how()).isEqualTo(Separation.How.RANK);
  }
}
