package org.assay.common.cells;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The design matrix of a model on cells: one row per cell, an intercept, and the columns of each
 * {@link DesignTerm}.
 *
 * <p>Kept sparse: a row is the list of its columns that are not 0, the intercept first.
 */
public final class DesignMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Term> terms;
  private final int[][] columns;
  private final double[][] values;
  private final List<Cell> cells;

  private DesignMatrix(List<Term> terms, int[][] columns, double[][] values, List<Cell> cells) {
    this.terms = List.copyOf(terms);
    this.columns = columns;
    this.values = values;
    this.cells = List.copyOf(cells);
  }

  /**
   * A column.
   *
   * @param factor the factor, or two joined by a colon; empty for the intercept
   * @param level the level, or two joined by a colon; empty for the intercept and for a score
   * @param label the term's name as R and broom write it
   */
  public record Term(String factor, String level, String label) implements Serializable {
    /** The column of ones. */
    public static final Term INTERCEPT = new Term("", "", "(Intercept)");

    /** The contrast of a level with its factor's reference. */
    public Term(String factor, String level) {
      this(factor, level, factor + level);
    }
  }

  /**
   * Builds the matrix of main effects.
   *
   * @param table cells over exactly these factors, in this order
   * @throws IllegalArgumentException if a cell has a level that its factor does not list
   */
  public static DesignMatrix of(CellTable table, List<ModelFactor> factors) {
    return ofTerms(table, factors.stream().map(DesignTerm.Main::new).toList());
  }

  /**
   * Builds the matrix of any terms.
   *
   * @param table cells over all factors of the terms
   * @throws IllegalArgumentException if a cell has a level that a term does not list
   */
  public static DesignMatrix ofTerms(CellTable table, List<? extends DesignTerm> formula) {
    List<Term> terms = new ArrayList<>(List.of(Term.INTERCEPT));
    formula.forEach(term -> terms.addAll(term.columns()));
    Map<Term, Integer> positions = new HashMap<>();
    for (Term term : terms) {
      positions.put(term, positions.size());
    }
    List<Lookup> lookups =
        formula.stream().map(term -> new Lookup(term, places(table, term), positions)).toList();
    int[][] columns = new int[table.size()][];
    double[][] values = new double[table.size()][];
    List<Cell> cells = new ArrayList<>(table.size());
    table
        .cells()
        .forEach(
            (levels, cell) -> {
              int row = cells.size();
              columns[row] = new int[formula.size() + 1];
              values[row] = new double[formula.size() + 1];
              values[row][0] = 1; // the intercept, column 0
              int count = 1;
              for (Lookup lookup : lookups) {
                Place place = lookup.of(levels);
                if (place != Place.NONE) {
                  columns[row][count] = place.column();
                  values[row][count++] = place.value();
                }
              }
              columns[row] = Arrays.copyOf(columns[row], count);
              cells.add(cell);
            });
    return new DesignMatrix(terms, columns, values, cells);
  }

  private static int[] places(CellTable table, DesignTerm term) {
    return term.factors().stream().mapToInt(table.factors()::indexOf).toArray();
  }

  /** A value of a row; {@link #NONE} where a term gives it none. */
  private record Place(int column, double value) {
    static final Place NONE = new Place(-1, 0);
  }

  /** What a term gives a pattern, found once for each combination of its levels. */
  private static final class Lookup {
    private final DesignTerm term;
    private final int[] places;
    private final Map<Term, Integer> positions;
    private final Map<Object, Place> known = new HashMap<>();

    Lookup(DesignTerm term, int[] places, Map<Term, Integer> positions) {
      this.term = term;
      this.places = places;
      this.positions = positions;
    }

    Place of(List<String> pattern) {
      Object key = places.length == 1 ? pattern.get(places[0]) : levels(pattern);
      Place place = known.get(key);
      if (place == null) {
        place =
            term.entry(levels(pattern))
                .map(entry -> new Place(positions.get(entry.column()), entry.value()))
                .orElse(Place.NONE);
        known.put(key, place);
      }
      return place;
    }

    private List<String> levels(List<String> pattern) {
      return IntStream.of(places).mapToObj(pattern::get).toList();
    }
  }

  /** The columns, the intercept first. */
  public List<Term> terms() {
    return terms;
  }

  /** Number of rows: covariate patterns. */
  public int rows() {
    return columns.length;
  }

  /** Number of columns: coefficients. */
  public int columns() {
    return terms.size();
  }

  /** The cell of a row. */
  public Cell cell(int row) {
    return cells.get(row);
  }

  /** The columns that are not 0 in a row; not to be changed. */
  public int[] nonZero(int row) {
    return columns[row];
  }

  /** The value of the k-th column that is not 0 in a row: 1 but for scores. */
  public double value(int row, int k) {
    return values[row][k];
  }

  /** The linear predictor x'β of a row. */
  public double dot(int row, double[] beta) {
    double sum = 0;
    for (int k = 0; k < columns[row].length; k++) {
      sum += values[row][k] * beta[columns[row][k]];
    }
    return sum;
  }

  /** Adds a multiple of a row to a vector of length {@link #columns}. */
  public void addTo(double[] sum, int row, double factor) {
    for (int k = 0; k < columns[row].length; k++) {
      sum[columns[row][k]] += factor * values[row][k];
    }
  }

  /** A whole row, of length {@link #columns}. */
  public double[] dense(int row) {
    double[] dense = new double[columns()];
    addTo(dense, row, 1);
    return dense;
  }
}
