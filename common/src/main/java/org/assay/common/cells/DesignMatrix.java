package org.assay.common.cells;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The design matrix of a main-effects model under treatment contrasts: one row per cell, an
 * intercept, and one 0/1 column for each level but the reference.
 *
 * <p>Kept sparse: a row is the list of its columns that are 1, the intercept first.
 */
public final class DesignMatrix {
  /** What a reference level has. */
  private static final int NO_COLUMN = -1;

  private final List<Term> terms;
  private final int[][] ones;
  private final List<Cell> cells;

  private DesignMatrix(List<Term> terms, int[][] ones, List<Cell> cells) {
    this.terms = List.copyOf(terms);
    this.ones = ones;
    this.cells = List.copyOf(cells);
  }

  /**
   * A column.
   *
   * @param factor the factor, empty for the intercept
   * @param level the level, empty for the intercept
   */
  public record Term(String factor, String level) {
    /** The column of ones. */
    public static final Term INTERCEPT = new Term("", "");

    /** The term's name as R and broom write it. */
    public String label() {
      return equals(INTERCEPT) ? "(Intercept)" : factor + level;
    }
  }

  /**
   * Builds the matrix.
   *
   * @param table cells over exactly these factors, in this order
   * @throws IllegalArgumentException if a cell has a level that its factor does not list
   */
  public static DesignMatrix of(CellTable table, List<ModelFactor> factors) {
    List<Term> terms = new ArrayList<>(List.of(Term.INTERCEPT));
    List<Map<String, Integer>> columns = new ArrayList<>();
    for (ModelFactor factor : factors) {
      Map<String, Integer> ofFactor = new HashMap<>(Map.of(factor.reference(), NO_COLUMN));
      for (String level : factor.contrasts()) {
        ofFactor.put(level, terms.size());
        terms.add(new Term(factor.name(), level));
      }
      columns.add(ofFactor);
    }
    int[][] rows = new int[table.size()][];
    List<Cell> cells = new ArrayList<>(table.size());
    table
        .cells()
        .forEach(
            (levels, cell) -> {
              rows[cells.size()] = row(levels, factors, columns);
              cells.add(cell);
            });
    return new DesignMatrix(terms, rows, cells);
  }

  private static int[] row(
      List<String> levels, List<ModelFactor> factors, List<Map<String, Integer>> columns) {
    int[] ones = new int[factors.size() + 1];
    int count = 1; // the intercept, column 0
    for (int i = 0; i < factors.size(); i++) {
      Integer column = columns.get(i).get(levels.get(i));
      if (column == null) {
        throw new IllegalArgumentException(
            "Level \"%s\" of %s is not in the design %s"
                .formatted(levels.get(i), factors.get(i).name(), factors.get(i)));
      }
      if (column != NO_COLUMN) {
        ones[count++] = column;
      }
    }
    return Arrays.copyOf(ones, count);
  }

  /** The columns, the intercept first. */
  public List<Term> terms() {
    return terms;
  }

  /** Number of rows: covariate patterns. */
  public int rows() {
    return ones.length;
  }

  /** Number of columns: coefficients. */
  public int columns() {
    return terms.size();
  }

  /** The cell of a row. */
  public Cell cell(int row) {
    return cells.get(row);
  }

  /** The columns that are 1 in a row; not to be changed. */
  public int[] ones(int row) {
    return ones[row];
  }

  /** The linear predictor x'β of a row. */
  public double dot(int row, double[] beta) {
    double sum = 0;
    for (int column : ones[row]) {
      sum += beta[column];
    }
    return sum;
  }

  /** A row of 0 and 1, of length {@link #columns}. */
  public double[] dense(int row) {
    double[] dense = new double[columns()];
    for (int column : ones[row]) {
      dense[column] = 1;
    }
    return dense;
  }
}
