package org.assay.common.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assay.common.cells.DesignMatrix.Term;
import org.junit.jupiter.api.Test;

class DesignMatrixTest {
  private static final ModelFactor SEX = new ModelFactor("sex", "F", List.of("M", "F"));
  private static final ModelFactor AGE =
      new ModelFactor("age", "young", List.of("young", "middle", "old"));

  private static CellTable cells(String... patterns) {
    CellTable.Builder builder = CellTable.over(List.of("sex", "age"));
    for (String pattern : patterns) {
      builder.add(List.of(pattern.split(" ")), Cell.of(10, 3));
    }
    return builder.build();
  }

  @Test
  void columnsAreTheContrastsWithTheReference() {
    DesignMatrix design = DesignMatrix.of(cells("M old", "F young"), List.of(SEX, AGE));

    assertThat(design.terms())
        .extracting(Term::label)
        .containsExactly("(Intercept)", "sexM", "agemiddle", "ageold");
  }

  @Test
  void aRowHasAOneForEachLevelThatIsNotTheReference() {
    DesignMatrix design = DesignMatrix.of(cells("M old", "F young"), List.of(SEX, AGE));

    assertThat(design.dense(0)).containsExactly(1, 0, 0, 0);
    assertThat(design.dense(1)).containsExactly(1, 1, 0, 1);
    assertThat(design.dot(1, new double[] {0.5, 1, 10, 100})).isEqualTo(101.5);
  }

  @Test
  void aLevelOutsideTheDesignIsRefused() {
    assertThatThrownBy(() -> DesignMatrix.of(cells("X old"), List.of(SEX, AGE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Level \"X\" of sex is not in the design");
  }

  @Test
  void aReferenceMustBeALevel() {
    assertThatThrownBy(() -> new ModelFactor("sex", "X", List.of("M", "F")))
        .hasMessage("The reference \"X\" of sex is not one of [M, F]");
  }
}
